"""Open conversations, prove whose they are, read them back."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.enquiries.errors import ConversationNotFoundError, EnquiryNotFoundError
from assistant.enquiries.models import Conversation, Enquiry, Message, Reason
from assistant.enquiries.queueing import queue_enquiry
from assistant.enquiries.references import REFERENCE_PATTERN
from assistant.enquiries.shown_offers import note_useful
from assistant.tokens import hash_token, is_token, new_token


def open_conversation(session: Session, channel: str) -> tuple[str, str]:
    """Start a conversation. Returns its id and the secret that goes with it; the secret itself is not stored."""
    conversation, token = new_token(), new_token()
    session.add(Conversation(id=conversation, channel=channel, token_hash=hash_token(token), choices={}))
    return conversation, token


def get_own_conversation(session: Session, conversation: str, token: str) -> Conversation:
    """The conversation, if the secret is its own. Raises ConversationNotFoundError for unknown and foreign alike."""
    found = session.get(Conversation, conversation) if conversation.isascii() and "\0" not in conversation else None
    # The comparison is made in either case, so that the time taken tells nothing.
    if not is_token(token, found.token_hash if found else "") or found is None:
        raise ConversationNotFoundError
    return found


def list_messages(session: Session, conversation: str) -> list[dict[str, Any]]:
    """The conversation so far, oldest first: what the asker sent and what was answered."""
    messages = session.scalars(select(Message).where(Message.conversation_id == conversation).order_by(Message.id))
    entries: list[dict[str, Any]] = []
    for message in messages:
        entries.append({"from": "asker", "text": message.text, "at": message.received_at.isoformat()})
        if message.reply is not None and message.replied_at is not None:
            entries.append({"from": "assistant", "at": message.replied_at.isoformat(), **message.reply})
    return entries


def get_own_enquiry(session: Session, conversation: str, reference: str) -> Enquiry:
    """The enquiry, if it is of this conversation. Raises EnquiryNotFoundError for any other."""
    # What cannot be a reference never reaches the database, which refuses some of it.
    enquiry = session.get(Enquiry, reference) if REFERENCE_PATTERN.fullmatch(reference) else None
    if enquiry is None or enquiry.conversation_id != conversation:
        raise EnquiryNotFoundError
    return enquiry


def mark_useful(session: Session, conversation: str, reference: str, *, useful: bool) -> None:
    """Keep whether the answer was useful. Raises EnquiryNotFoundError when it is not of this conversation."""
    enquiry = get_own_enquiry(session, conversation, reference)
    enquiry.useful = useful
    note_useful(session, enquiry)
    if not useful:
        queue_enquiry(session, enquiry, Reason.NOT_USEFUL)

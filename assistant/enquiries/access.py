"""A person's copy of everything held about them."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from assistant.db.base import Base
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.erasure import find_conversation
from assistant.enquiries.models import DialogueState, Enquiry, FollowUp, Message, OutboxLetter

# Hashes that prove a secret or find a repeat. They tell a person nothing, and the first would help a forger.
LEFT_OUT = frozenset({"token_hash", "fingerprint"})
ENCRYPTED = "_encrypted"


def copy_of(session: Session, name: str, cipher: Cipher) -> dict[str, Any]:
    """Everything held about the asker of a reference or conversation id, ready for JSON; nothing of others.

    The consent is told by the follow-ups: wording, time and channel. Raises NothingHeldError, and ContactKeyError when
    contact details were encrypted with another key.
    """
    conversation = find_conversation(session, name)
    enquiries = session.scalars(
        select(Enquiry).where(Enquiry.conversation_id == conversation.id).order_by(Enquiry.received_at)
    ).all()
    messages = select(Message).where(Message.conversation_id == conversation.id).order_by(Message.id)
    references = [enquiry.reference for enquiry in enquiries]
    follow_ups = select(FollowUp).where(FollowUp.reference.in_(references)).order_by(FollowUp.consent_at)
    letters = select(OutboxLetter).where(OutboxLetter.reference.in_(references)).order_by(OutboxLetter.id)
    state = session.get(DialogueState, conversation.id)
    return {
        "conversation": _values(conversation, cipher),
        "messages": [_values(message, cipher) for message in session.scalars(messages)],
        "enquiries": [_values(enquiry, cipher) for enquiry in enquiries],
        "follow_ups": [_values(follow_up, cipher) for follow_up in session.scalars(follow_ups)],
        "letters": [_values(letter, cipher) for letter in session.scalars(letters)],
        "dialogue_state": None if state is None else {**_values(state, cipher), "events": json.loads(state.events)},
    }


def _values(row: Base, cipher: Cipher) -> dict[str, Any]:
    """Every column of a row: whatever a table gains later is part of the copy by itself."""
    return {
        column.key.removesuffix(ENCRYPTED): _readable(getattr(row, column.key), cipher)
        for column in inspect(type(row)).column_attrs
        if column.key not in LEFT_OUT
    }


def _readable(value: Any, cipher: Cipher) -> Any:
    if isinstance(value, bytes):  # all that is kept as bytes is encrypted
        return cipher.decrypt(value)
    return value.isoformat() if isinstance(value, datetime) else value

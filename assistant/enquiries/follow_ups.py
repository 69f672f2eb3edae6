"""Keep an asker's address to be answered later, with consent only."""

from collections.abc import Callable

from sqlalchemy import update
from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.enquiries.conversations import get_own_enquiry
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.errors import EnquiryNotFoundError
from assistant.enquiries.grouping import groups_of, mend_groups
from assistant.enquiries.models import Conversation, Enquiry, FollowUp, FollowUpState, Message, Reason
from assistant.enquiries.outbox import drop_letters
from assistant.enquiries.queueing import queue_enquiry

CONSENT_WORDING = "2026-11-27"  # utter_ask_consent and utter_ask_words in domain.yml; change it with their words

Drop = Callable[[Session, str], None]
"""Drops what waits about the enquiry of this reference in the rooms above, inside the transaction that withdraws."""


def leave_question(session: Session, enquiry: Enquiry, draft: dict[str, str], cipher: Cipher) -> FollowUp:
    """Keep the question with the enquiry and who asked it, encrypted. Call only after the asker said yes.

    Where racism was told of there is no question: see `keep_words`.
    """
    enquiry.text = draft.get("question")
    follow_up = FollowUp(
        reference=enquiry.reference,
        name_encrypted=cipher.encrypt(draft["name"]),
        email_encrypted=cipher.encrypt(draft["email"]),
        consent_wording=CONSENT_WORDING,
        consent_at=now(),
        channel=enquiry.channel,
    )
    session.add(follow_up)
    queue_enquiry(session, enquiry, Reason.HANDOFF)
    return follow_up


def is_left(session: Session, reference: str | None) -> bool:
    """Whether the question of this reference was left, and waits for an answer."""
    left = session.get(FollowUp, reference) if reference else None
    return left is not None and left.state == FollowUpState.OPEN


def keep_words(follow_up: FollowUp, words: str, cipher: Cipher) -> None:
    """Keep what racism was told of, encrypted, for whoever answers. Call only after the asker said yes to that too."""
    follow_up.words_encrypted = cipher.encrypt(words)
    follow_up.words_consent_at = now()


def withdraw_consent(session: Session, conversation: str, reference: str, drop: Drop) -> None:
    """Withdraw as below. Raises EnquiryNotFoundError when this conversation left no such question."""
    enquiry = get_own_enquiry(session, conversation, reference)
    if session.get(FollowUp, enquiry.reference) is None:
        raise EnquiryNotFoundError
    withdraw_left_question(session, enquiry.reference, drop)


def withdraw_left_question(session: Session, reference: str, drop: Drop) -> None:
    """Forget name, address and the words kept with the question, and drop the letters and answers that wait.

    Whoever calls this has proved that the question is theirs. Does nothing when none was left.
    """
    follow_up = session.get(FollowUp, reference)
    if follow_up is None:
        return
    forget_contact(follow_up)
    follow_up.state = FollowUpState.WITHDRAWN.value
    follow_up.closed_at = follow_up.closed_at or now()
    # Words that wait for a yes to keep them go as well.
    session.execute(update(Conversation).where(Conversation.handoff_reference == reference).values(draft=None))
    session.execute(update(Enquiry).where(Enquiry.reference == reference).values(text=None))
    session.execute(update(Message).where(Message.reference == reference).values(text=None))
    # Last: writing the state waited for a reviewer who was answering meanwhile, and what they queued goes too.
    drop_letters(session, reference)
    drop(session, reference)
    mend_groups(session, groups_of(session, [reference]))


def forget_contact(follow_up: FollowUp) -> None:
    """Forget whoever asked; that and when they consented stays."""
    follow_up.name_encrypted = follow_up.email_encrypted = follow_up.words_encrypted = None

"""Erase everything held about an asker: one way for the API's DELETE and for `assistant erase`."""

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from assistant.db.base import Base
from assistant.db.engine import Database
from assistant.db.scrubbing import checkpoint
from assistant.enquiries.errors import NothingHeldError
from assistant.enquiries.grouping import mend_groups
from assistant.enquiries.models import (
    CONVERSATION_LENGTH,
    Conversation,
    DialogueState,
    Enquiry,
    FollowUp,
    Group,
    Message,
    OutboxLetter,
    QueuedEnquiry,
)
from assistant.enquiries.quoting import QUOTING_TABLES, unquote
from assistant.enquiries.references import find_references

# In this order: what hangs on another goes first. Each table names the conversation, or a reference of it.
PERSONAL: tuple[type[Base], ...] = (
    DialogueState,
    OutboxLetter,
    FollowUp,
    QueuedEnquiry,
    Enquiry,
    Message,
    Conversation,
)
PERSONAL_TABLES = tuple(table.__tablename__ for table in PERSONAL)
# Written anew so that no bytes are left: a group's vector is made of the words of the enquiry that leads it,
# and a written answer may quote them.
SCRUBBED_TABLES = (*PERSONAL_TABLES, Group.__tablename__, *QUOTING_TABLES)


def find_conversation(session: Session, name: str) -> Conversation:
    """The conversation of an id, or of a reference as people write it. Raises NothingHeldError."""
    if name.isascii() and "\0" not in name and len(name) <= CONVERSATION_LENGTH:
        found = session.get(Conversation, name)
        if found is not None:
            return found
    references = find_references(name)
    enquiry = session.get(Enquiry, references[0]) if len(references) == 1 else None
    if enquiry is None:
        raise NothingHeldError
    return session.get_one(Conversation, enquiry.conversation_id)


def count_held(session: Session, conversation: str) -> dict[str, int]:
    """How many rows of each table are about this conversation."""
    return {
        table.__tablename__: session.scalar(select(func.count()).select_from(table).where(_is_of(table, conversation)))
        or 0
        for table in PERSONAL
    }


def erase(database: Database, conversation: str) -> dict[str, int]:
    """Delete everything said, logged or left in the conversation. Returns how many rows of each table went.

    On SQLite nothing of it is left in the files, bar what other rows were moved over; `scrub` takes that too, and what
    PostgreSQL leaves.
    """
    with database.write() as session:
        erased = erase_conversation(session, conversation)
    checkpoint(database)
    return erased


def erase_conversation(session: Session, conversation: str) -> dict[str, int]:
    """The rows of it, inside the caller's transaction."""
    erased = count_held(session, conversation)
    queued = session.scalars(select(QueuedEnquiry.group_id).where(_is_of(QueuedEnquiry, conversation)).distinct())
    groups = [number for number in queued if number is not None]
    unquote(session, conversation)
    for table in PERSONAL:
        session.execute(delete(table).where(_is_of(table, conversation)))
    mend_groups(session, groups)
    return erased


def _is_of(table: type[Base], conversation: str) -> ColumnElement[bool]:
    """Rows that name the conversation, or an enquiry of it."""
    if table is Conversation:
        return Conversation.id == conversation
    columns = table.__table__.columns
    if "conversation_id" in columns:
        return columns["conversation_id"] == conversation
    return columns["reference"].in_(select(Enquiry.reference).where(Enquiry.conversation_id == conversation))

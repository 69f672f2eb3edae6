"""What is held about askers, written straight into the tables with the times that a test sets."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from assistant.db.base import Base
from assistant.db.engine import Database
from assistant.enquiries.models import Conversation, DialogueState, Enquiry, FollowUp, Message, QueuedEnquiry

NOW = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


def days_ago(days: float) -> datetime:
    """That many days before NOW."""
    return NOW - timedelta(days=days)


def hold(database: Database, conversation: str, at: datetime, reference: str, **follow_up: Any) -> None:
    """A conversation of one message with its enquiry and dialogue state; with `follow_up`, a question left too."""
    with database.write() as session:
        session.add(
            Conversation(id=conversation, channel="web", token_hash="h", created_at=at, choices={"x": ["y", "z"]})
        )
        session.flush()
        session.add(
            Message(
                conversation_id=conversation,
                fingerprint="f",
                text=f"words of {conversation}",
                payload="/payload",
                reference=reference,
                reply={"enquiry": reference, "replies": [{"text": f"answer to {conversation}"}]},
                received_at=at,
                replied_at=at,
            )
        )
        session.add(
            Enquiry(
                reference=reference,
                conversation_id=conversation,
                channel="web",
                text=f"words of {conversation}",
                outcome="offer",
                offers=["lfhii"],
                received_at=at,
                answered_at=at,
            )
        )
        session.add(DialogueState(conversation_id=conversation, events="[]", updated_at=at))
        session.flush()
        session.add(QueuedEnquiry(reference=reference, reasons=["unanswered"], channel="web", received_at=at))
        if follow_up:
            kept = {"name_encrypted": b"n", "email_encrypted": b"e", "consent_wording": "w", "consent_at": at}
            session.add(FollowUp(**{"reference": reference, "channel": "web", **kept, **follow_up}))


def change(database: Database, table: type[Base], key: str | int, **values: Any) -> None:
    """Set columns of one row."""
    with database.write() as session:
        row = session.get_one(table, key)
        for name, value in values.items():
            setattr(row, name, value)


def count(database: Database, table: type[Base]) -> int:
    """How many rows a table has."""
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def row(database: Database, table: type[Base], key: str | int) -> Any:
    """One row, as it is read back."""
    with database.read() as session:
        return session.get_one(table, key)

"""Many enquiries at once, written straight into the tables, with groups and decisions where a test needs them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from assistant.db.base import Base
from assistant.db.engine import Database
from assistant.enquiries.models import Conversation, Enquiry, Group, QueuedEnquiry
from assistant.enquiries.references import new_reference


def ask(
    database: Database, at: datetime, count: int = 1, *, channel: str = "web", group: int | None = None, **values: Any
) -> list[str]:
    """Enquiries of as many askers at one time; `values` are other columns of theirs. Returns their references."""
    defaults = {"outcome": "offer", "offers": [], "text": "Is there help with recruitment?"}
    references = [new_reference() for _ in range(count)]
    with database.write() as session:
        for reference in references:
            session.add(Conversation(id=reference, channel=channel, token_hash="", created_at=at))
        session.flush()
        for reference in references:
            given = {**defaults, **values}
            session.add(
                Enquiry(reference=reference, conversation_id=reference, channel=channel, received_at=at, **given)
            )
        session.flush()
        for reference in references if group else []:
            session.add(
                QueuedEnquiry(
                    reference=reference, group_id=group, reasons=["unanswered"], channel=channel, received_at=at
                )
            )
    return references


def add_group(database: Database, at: datetime, **values: Any) -> int:
    """A group that was first asked at this time. Returns its number."""
    group = Group(**{"first_at": at, "last_at": at, **values})
    add(database, [group])
    return group.id


def add(database: Database, rows: Sequence[Base]) -> None:
    """Write rows."""
    with database.write() as session:
        session.add_all(rows)


def change(database: Database, table: type[Base], keys: Sequence[Any], **values: Any) -> None:
    """Set columns of some rows."""
    with database.write() as session:
        for key in keys:
            row = session.get_one(table, key)
            for name, value in values.items():
                setattr(row, name, value)

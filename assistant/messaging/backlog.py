"""How much waits between channels and the desk."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.messaging.models import InboxMessage, Post

LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class Backlog:
    """Counts of one table: what waits, what has waited for five minutes, what was given up and is still on record."""

    waiting: int
    late: int
    given_up: int


def count_backlog(session: Session, table: type[InboxMessage] | type[Post], moment: datetime) -> Backlog:
    """Of messages that came in, or of posts that go out, in all channels."""
    waits, late = table.next_try_at.is_not(None), table.created_at <= moment - LATE
    waiting, old, given_up = session.execute(
        select(
            func.count().filter(waits), func.count().filter(waits & late), func.count().filter(table.is_given_up)
        ).select_from(table)
    ).one()
    return Backlog(waiting, old, given_up)

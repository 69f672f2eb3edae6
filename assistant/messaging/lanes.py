"""Claim what waits, a lane's oldest first, put it off, give it up. The same for what came in and what goes out."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import CursorResult, Update, exists, select, update
from sqlalchemy.orm import Session, aliased

from assistant.messaging.models import ERROR_LENGTH, InboxMessage, Post

CLAIM = timedelta(seconds=10)  # what a killed process keeps its lanes waiting; while it lives it renews its claims
FIRST_DELAY, LONGEST_DELAY = timedelta(seconds=1), timedelta(hours=1)
MOST_DOUBLINGS = 12  # a second doubled so often is more than an hour
LONGEST_WAIT = timedelta(hours=24)
NOT_IN_SESSION = {"synchronize_session": False}

Row = TypeVar("Row", InboxMessage, Post)


def claim(session: Session, table: type[Row], channels: Collection[str], moment: datetime, most: int) -> list[Row]:
    """Claim what is due in these channels, the oldest of each lane. Commit before dealing with it."""
    older = aliased(table)
    rows = list(
        session.scalars(
            select(table)
            .where(
                table.next_try_at <= moment,
                table.channel.in_(channels),
                ~exists().where(older.lane == table.lane, older.id < table.id, older.next_try_at.is_not(None)),
            )
            .order_by(table.next_try_at, table.id)
            .limit(most)
            .with_for_update(skip_locked=True)  # SQLite, which knows no such lock, lets one writer in at a time
        )
    )
    for row in rows:
        row.attempts += 1
        row.next_try_at = moment + CLAIM
    return rows


def renew(session: Session, rows: Sequence[Row], moment: datetime) -> None:
    """Claim them for longer, as far as they are still ours."""
    for row in rows:
        table = type(row)
        # What was put off for longer meanwhile stays so.
        is_claimed = (table.id == row.id, table.attempts == row.attempts, table.next_try_at <= moment + CLAIM)
        session.execute(
            update(table).where(*is_claimed).values(next_try_at=moment + CLAIM), execution_options=NOT_IN_SESSION
        )


def next_delay(attempts: int) -> timedelta:
    """How long to wait after so many tries: twice as long each time."""
    doublings = min(max(attempts - 1, 0), MOST_DOUBLINGS)
    return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)


def put_off(session: Session, row: InboxMessage | Post, fault: str, until: datetime, **values: object) -> bool:
    """Try it again then. Whether it was still ours: it may have been erased, or claimed anew."""
    return note_of_claim(session, row, next_try_at=until, last_error=fault[:ERROR_LENGTH], **values)


def give_up(session: Session, row: InboxMessage | Post, fault: str) -> bool:
    """Try it no more; what it said is no longer kept. Staff see that it failed. Whether it was still ours."""
    contents = ("arrival_encrypted",) if isinstance(row, InboxMessage) else ("content_encrypted", "address_encrypted")
    gone = dict.fromkeys(contents)
    return note_of_claim(session, row, next_try_at=None, last_error=fault[:ERROR_LENGTH], is_given_up=True, **gone)


def note(session: Session, row: InboxMessage | Post, **values: object) -> bool:
    """Change columns of it by number and not through the object. Whether it is still there: it may have been erased."""
    table = type(row)
    return _is_one(session, update(table).where(table.id == row.id).values(**values))


def note_of_claim(session: Session, row: InboxMessage | Post, **values: object) -> bool:
    """The same, unless the claim ended meanwhile: then whoever claimed it next has the last word.

    What was done is noted in any case; that it was not done only by who claimed it last.
    """
    table = type(row)
    is_ours = (table.id == row.id, table.attempts == row.attempts, table.next_try_at.is_not(None))
    return _is_one(session, update(table).where(*is_ours).values(**values))


def _is_one(session: Session, change: Update) -> bool:
    result = session.execute(change, execution_options=NOT_IN_SESSION)
    return isinstance(result, CursorResult) and result.rowcount == 1

"""What only one process may do at a time. On PostgreSQL each such thing has a lock, which ends with the transaction.

SQLite lets one writer in at a time by itself, so there nothing is to be waited for.
"""

from enum import IntEnum, unique

from sqlalchemy import text
from sqlalchemy.orm import Session


@unique
class Lock(IntEnum):
    """Any numbers that nobody else on the server uses, and no two alike."""

    RECORD = 7_411_906
    """Adding to the record of acts."""
    ATTEMPTS = 7_411_907
    """Counting attempts to sign in."""
    DIGEST = 7_411_908
    """Sending the digest."""
    DAYS = 7_411_909
    """Counting the enquiries of a day."""
    SORTING = 7_411_910
    """Sorting the queue."""
    RUNS = 7_411_911
    """Asking for a training or judging."""
    MODELS = 7_411_912
    """Putting the first model live."""
    CARDS = 7_411_913
    """Showing the queue in channels."""
    INBOX = 7_411_914
    """Writing into the inbox of channels."""


def wait_for_turn(session: Session, lock: Lock) -> None:
    """Wait until nobody else holds the lock, and hold it until the transaction ends."""
    if _has_locks(session):
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": lock.value})


def take_turn(session: Session, lock: Lock) -> bool:
    """Hold the lock until the transaction ends, unless somebody else does. Whether it was taken."""
    if not _has_locks(session):
        return True
    return bool(session.scalar(text("SELECT pg_try_advisory_xact_lock(:number)"), {"number": lock.value}))


def _has_locks(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"

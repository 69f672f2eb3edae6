"""After abuse for the third time in ten minutes a conversation pauses. It is never closed."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.enquiries.models import Enquiry
from assistant.enquiries.outcomes import Outcome

TIMES, WITHIN = 3, timedelta(minutes=10)
PAUSE = timedelta(minutes=15)


def is_third_abuse(session: Session, conversation: str, at: datetime) -> bool:
    """Whether abuse at this moment would be the third."""
    times = _list_times(session, conversation, TIMES - 1)
    return len(times) == TIMES - 1 and at - times[-1] <= WITHIN


def is_paused(session: Session, conversation: str, at: datetime) -> bool:
    """Whether the third abuse came less than a quarter of an hour ago."""
    times = _list_times(session, conversation, TIMES)
    return len(times) == TIMES and times[0] - times[-1] <= WITHIN and at < times[0] + PAUSE


def _list_times(session: Session, conversation: str, count: int) -> list[datetime]:
    """When the last answers to abuse were called for, the latest first."""
    called = (
        select(Enquiry.received_at)
        .where(Enquiry.conversation_id == conversation, Enquiry.outcome == Outcome.ABUSE)
        .order_by(Enquiry.received_at.desc())
        .limit(count)
    )
    return list(session.scalars(called))

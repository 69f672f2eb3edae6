"""Count the enquiries of each day once, for the dashboards. Days not long past are counted again: marks come late."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, case, delete, func, insert, literal, select
from sqlalchemy.orm import Session

from assistant.db.engine import Database
from assistant.db.locks import Lock, take_turn
from assistant.enquiries.models import Enquiry
from assistant.enquiries.outcomes import Outcome
from assistant.review.models import CountedDay, DailyCount
from assistant.review.weeks import day_of, start_of

DAY = timedelta(days=1)
SETTLED = timedelta(days=7)  # after a day's end; whether an answer was useful is seldom said later
FRESH = timedelta(minutes=1)
OUTCOME, OFFER, USEFUL = "outcome", "offer", "useful"
YES, NO = "yes", "no"


def count_days(database: Database, moment: datetime) -> None:
    """Bring the counts up to date, a day a transaction. What another process counts just now is left to it."""
    with database.read() as session:
        days = _due_days(session, moment)
    for day in days:
        with database.write() as session:
            if not take_turn(session, Lock.DAYS):
                return
            _count(session, day, moment)


def counted_at(session: Session) -> datetime | None:
    """When enquiries were last counted."""
    return session.scalar(select(func.max(CountedDay.counted_at)))


def _due_days(session: Session, moment: datetime) -> list[date]:
    """The days that were never counted, or not since they settled, newest first; none that is fresh."""
    first = session.scalar(select(func.min(Enquiry.received_at)))
    if first is None:
        return []
    counted = {each.day: each.counted_at for each in session.scalars(select(CountedDay))}
    return [day for day in _days(day_of(first), day_of(moment)) if _is_due(day, counted.get(day), moment)]


def _days(first: date, last: date) -> Iterator[date]:
    while last >= first:
        yield last
        last -= DAY


def _is_due(day: date, counted: datetime | None, moment: datetime) -> bool:
    return counted is None or (counted < start_of(day + DAY) + SETTLED and moment - counted >= FRESH)


def _count(session: Session, day: date, moment: datetime) -> None:
    session.execute(delete(DailyCount).where(DailyCount.day == day))
    session.execute(delete(CountedDay).where(CountedDay.day == day))
    columns = ["day", "channel", "measure", "value", "count"]
    for query in _queries(session, day):
        session.execute(insert(DailyCount).from_select(columns, query))
    session.add(CountedDay(day=day, counted_at=moment))


def _queries(session: Session, day: date) -> Iterator[Select[tuple[date, str, str, str, int]]]:
    """Who only turned an answer down asked nothing, and is not counted."""
    asked = (Enquiry.received_at >= start_of(day), Enquiry.received_at < start_of(day + DAY), ~Enquiry.rejects)

    def grouped(measure: str, value: ColumnElement[str]) -> Select[tuple[date, str, str, str, int]]:
        what = (literal(day), Enquiry.channel, literal(measure), value, func.count())
        return select(*what).where(*asked).group_by(Enquiry.channel, value)

    # An enquiry that never came to an end was not answered.
    yield grouped(OUTCOME, func.coalesce(Enquiry.outcome, Outcome.UNANSWERED.value))
    yield grouped(USEFUL, case((Enquiry.useful.is_(True), YES), else_=NO)).where(Enquiry.useful.is_not(None))
    offer = _each_offer(session)
    yield grouped(OFFER, offer.c.value).join_from(Enquiry, offer, literal(True)).where(_shows_offers())


def _shows_offers() -> ColumnElement[bool]:
    return Enquiry.outcome.in_([Outcome.OFFER.value, Outcome.LIST.value])


def _each_offer(session: Session):  # type: ignore[no-untyped-def]
    """The offers of an enquiry as rows of one column, `value`."""
    if session.get_bind().dialect.name == "postgresql":
        return func.json_array_elements_text(Enquiry.offers).table_valued("value")
    return func.json_each(Enquiry.offers).table_valued("value")

"""Files that staff take out: the figures as shown, and the questions of a period. Contact details are in none."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import Session

from assistant.db.base import LONDON
from assistant.db.engine import Database
from assistant.enquiries.models import Enquiry, Group, QueuedEnquiry
from assistant.errors import AssistantError
from assistant.review.figures import Breakdown, Figures
from assistant.review.suppression import Protected
from assistant.review.weeks import start_of
from assistant.staff.audit import Act, Details, record

DAY = timedelta(days=1)
CHUNK = 1000  # rows that are read at a time, in a unit of work of their own: no download holds the database
HIDDEN = "hidden"
HEAD = ("reference", "date", "channel", "outcome", "offers", "confidence", "useful", "group", "group state")
REASON_LENGTH = 200

Cells = tuple[object, ...]


class ExportRefusedError(AssistantError):
    """The file cannot be made as it was asked for."""


@dataclass(frozen=True)
class Questions:
    """Which questions to take out: of the days from `first` to `last` in London, with their redacted text or not."""

    first: date
    last: date
    with_text: bool = False
    reason: str = ""

    def __post_init__(self) -> None:
        """Raises ExportRefusedError."""
        if self.last < self.first:
            raise ExportRefusedError("The last day must not be before the first.")
        if self.with_text and not self.reason.strip():
            raise ExportRefusedError("Say why you need what members wrote.")

    @property
    def file_name(self) -> str:
        """Made of dates only, so that it is safe in a header."""
        return f"questions-{self.first}-to-{self.last}{'-with-text' if self.with_text else ''}.csv"


def record_questions(session: Session, staff_id: int, wanted: Questions) -> int:
    """Write into the record what is taken out, and return how many questions that is. Comes before `read_questions`."""
    count = session.scalar(select(func.count()).select_from(Enquiry).where(*_asked_in(wanted))) or 0
    subject = f"questions:{wanted.first}:{wanted.last}"
    reason = wanted.reason.strip()[:REASON_LENGTH]
    details: Details = {"count": count, "with_text": wanted.with_text, "reason": reason}
    record(session, Act.EXPORTED, staff_id, subject, details)
    return count


def record_figures(session: Session, staff_id: int, weeks: int) -> None:
    """Write into the record that the figures of so many weeks were taken out."""
    record(session, Act.EXPORTED, staff_id, f"figures:{weeks}", {"weeks": weeks})


def read_questions(database: Database, wanted: Questions) -> Iterator[Cells]:
    """The rows of the file, oldest question first, its head before them."""
    yield (*HEAD, "text") if wanted.with_text else HEAD
    after: tuple[datetime, str] | None = None
    while True:
        with database.read() as session:
            rows = _read_chunk(session, wanted, after)
        for enquiry, group, state in rows:
            yield _cells(enquiry, group, state, wanted)
        if len(rows) < CHUNK:
            return
        after = (rows[-1][0].received_at, rows[-1][0].reference)


def read_figure_rows(figures: Figures) -> Iterator[Cells]:
    """The figures as rows of one long table: what small numbers hide on the page is hidden here."""
    yield ("figure", "week beginning", "part", "value")
    parts = (("enquiries by channel", figures.channels), ("results", figures.results), ("usefulness", figures.useful))
    for name, breakdown in parts:
        yield from _breakdown_rows(name, breakdown)
    for slug, count in figures.offers:
        yield ("offers shown, in fives", "", slug, count)
    times = figures.decisions
    yield ("groups decided", "", "", HIDDEN if times.groups is None else times.groups)
    for part, time in (("median", times.median), ("9 in 10", times.nine_in_ten)):
        yield ("hours to first decision", "", part, None if time is None else round(time / timedelta(hours=1), 1))
    for each in figures.rising:
        yield ("askers this week", "", f"group {each.group}", each.askers)
        yield ("askers in the four weeks before", "", f"group {each.group}", _shown(each.before))


def _breakdown_rows(name: str, breakdown: Breakdown) -> Iterator[Cells]:
    for monday, week in breakdown.weeks:
        for part, count in zip((*breakdown.names, "all"), _cells_and_total(week), strict=True):
            yield (name, monday.isoformat(), part, _shown(count))


def _cells_and_total(week: Protected) -> tuple[int | None, ...]:
    return (*week.cells, week.total)


def _shown(count: int | None) -> int | str:
    return HIDDEN if count is None else count


def _asked_in(wanted: Questions) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (Enquiry.received_at >= start_of(wanted.first), Enquiry.received_at < start_of(wanted.last + DAY))


def _read_chunk(
    session: Session, wanted: Questions, after: tuple[datetime, str] | None
) -> list[tuple[Enquiry, int | None, str | None]]:
    query = (
        select(Enquiry, QueuedEnquiry.group_id, Group.state)
        .outerjoin(QueuedEnquiry, QueuedEnquiry.reference == Enquiry.reference)
        .outerjoin(Group, Group.id == QueuedEnquiry.group_id)
        .where(*_asked_in(wanted))
        .order_by(Enquiry.received_at, Enquiry.reference)
        .limit(CHUNK)
    )
    if after is not None:
        query = query.where(tuple_(Enquiry.received_at, Enquiry.reference) > after)
    return [(enquiry, group, state) for enquiry, group, state in session.execute(query)]


def _cells(enquiry: Enquiry, group: int | None, state: str | None, wanted: Questions) -> Cells:
    cells = (
        enquiry.reference,
        enquiry.received_at.astimezone(LONDON).isoformat(timespec="seconds"),
        enquiry.channel,
        enquiry.outcome,
        " ".join(enquiry.offers),
        None if enquiry.confidence is None else round(enquiry.confidence, 2),
        {True: "yes", False: "no", None: ""}[enquiry.useful],
        group,
        state,
    )
    return (*cells, enquiry.text) if wanted.with_text else cells

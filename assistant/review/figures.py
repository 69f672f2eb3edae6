"""The figures of the dashboards: what was asked, what came of it, how long decisions took, what rises.

Small numbers are hidden week by week (suppression.py), and sums are of what is shown, so that no longer period, no
other table and no difference of two tells more.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from assistant.enquiries.models import Enquiry, Group, QueuedEnquiry
from assistant.enquiries.outcomes import Outcome
from assistant.review.counting import NO, OFFER, OUTCOME, USEFUL, YES, counted_at
from assistant.review.models import DailyCount, Decision
from assistant.review.suppression import FEWEST, Protected, hide_small, protect, round_down
from assistant.review.weeks import WEEK, last_weeks, monday_of, start_of

PERIODS = (4, 12, 26)  # weeks
TOP = 10
WEEKS_BEFORE = 4
RISE = 2  # times the mean of the weeks before
ANSWERED = "Answered"
# What can come of an enquiry, as the dashboards tell it; together these are all outcomes that are kept.
RESULTS: Mapping[str, tuple[Outcome, ...]] = {
    ANSWERED: (Outcome.OFFER, Outcome.LIST, Outcome.PERSON, Outcome.INFO),
    "Asked which is meant": (Outcome.CLARIFY,),
    "Not understood": (Outcome.UNANSWERED,),
    "Out of scope": (Outcome.OUT_OF_SCOPE,),
    "Left for a person": (Outcome.HANDOFF,),
    "Met with care": (Outcome.DISCLOSURE, Outcome.CRISIS, Outcome.ABUSE),
}
CHANNELS = {"web": "Website", "slack": "Slack", "teams": "Teams"}
VERDICTS = {YES: "Useful", NO: "Not useful"}


@dataclass(frozen=True)
class Sum:
    """What is shown of a part added up over the weeks; where a week hides it, there were at least so many."""

    name: str
    count: int
    is_exact: bool


@dataclass(frozen=True)
class Breakdown:
    """Enquiries by week and by something else; every week is protected by itself."""

    names: tuple[str, ...]
    weeks: tuple[tuple[date, Protected], ...]

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """Each part over all weeks."""
        columns = zip(*(week.cells for _, week in self.weeks), strict=True)
        return tuple(_add(name, column) for name, column in zip(self.names, columns, strict=True))

    @cached_property
    def total(self) -> Sum:
        """All parts over all weeks."""
        return _add("All", [week.total for _, week in self.weeks])

    @property
    def is_all_shown(self) -> bool:
        """Whether nothing is hidden."""
        return self.total.is_exact and all(each.is_exact for each in self.sums)


@dataclass(frozen=True)
class DecisionTimes:
    """How long groups waited for their first decision by staff. None where too few were decided."""

    groups: int | None
    median: timedelta | None
    nine_in_ten: timedelta | None


@dataclass(frozen=True)
class Rising:
    """A group that many more ask this week; `before` is of the four weeks before together, None where it is small."""

    group: int
    askers: int
    before: int | None


@dataclass(frozen=True)
class Figures:
    """Everything that the dashboards show of a period."""

    channels: Breakdown
    results: Breakdown
    useful: Breakdown
    offers: tuple[tuple[str, int], ...]
    decisions: DecisionTimes
    rising: tuple[Rising, ...]
    counted_at: datetime | None


def read_figures(session: Session, weeks: int, moment: datetime) -> Figures:
    """The figures of so many weeks, the present one among them, from the counts of each day."""
    mondays = last_weeks(weeks, moment)
    channels = _count_by_week(session, OUTCOME, mondays, by_channel=True)
    known = [*CHANNELS, *sorted({name for counts in channels.values() for name in counts} - set(CHANNELS))]
    outcomes = {outcome.value: name for name, kinds in RESULTS.items() for outcome in kinds}
    return Figures(
        channels=_break_down(channels, mondays, {each: CHANNELS.get(each, each) for each in known}),
        results=_break_down(_count_by_week(session, OUTCOME, mondays), mondays, outcomes),
        useful=_break_down(_count_by_week(session, USEFUL, mondays), mondays, VERDICTS),
        offers=_top_offers(session, mondays[0]),
        decisions=_decision_times(session, start_of(mondays[0])),
        rising=_find_rising(session, mondays[-1]),
        counted_at=counted_at(session),
    )


def _add(name: str, counts: Sequence[int | None]) -> Sum:
    return Sum(name, sum(count or 0 for count in counts), None not in counts)


def _count_by_week(
    session: Session, measure: str, mondays: Sequence[date], *, by_channel: bool = False
) -> dict[date, dict[str, int]]:
    """How many there were of each value, or of each channel, in each week that had any."""
    what = DailyCount.channel if by_channel else DailyCount.value
    query = (
        select(DailyCount.day, what, func.sum(DailyCount.count))
        .where(DailyCount.measure == measure, DailyCount.day >= mondays[0])
        .group_by(DailyCount.day, what)
    )
    weeks: dict[date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for day, name, count in session.execute(query):
        weeks[monday_of(day)][name] += count
    return weeks


def _break_down(
    weeks: Mapping[date, Mapping[str, int]], mondays: Sequence[date], names: Mapping[str, str]
) -> Breakdown:
    """Put together what has the same name, and protect each week."""
    shown = tuple(dict.fromkeys(names.values()))

    def protected(week: Mapping[str, int]) -> Protected:
        parts = dict.fromkeys(shown, 0)
        for value, count in week.items():
            parts[names[value]] += count
        return protect(list(parts.values()))

    return Breakdown(shown, tuple((monday, protected(weeks.get(monday, {}))) for monday in mondays))


def _top_offers(session: Session, since: date) -> tuple[tuple[str, int], ...]:
    """The offers that answers showed most, rounded down to fives."""
    count = func.sum(DailyCount.count)
    query = (
        select(DailyCount.value, count)
        .where(DailyCount.measure == OFFER, DailyCount.day >= since)
        .group_by(DailyCount.value)
        .having(count >= FEWEST)
        .order_by(count.desc(), DailyCount.value)
        .limit(TOP)
    )
    return tuple((slug, round_down(count)) for slug, count in session.execute(query))


def _decision_times(session: Session, since: datetime) -> DecisionTimes:
    first = (
        select(Decision.group_id, func.min(Decision.at).label("at"))
        .where(Decision.staff_id.is_not(None), Decision.undone_at.is_(None))
        .group_by(Decision.group_id)
        .subquery()
    )
    query = select(Group.first_at, first.c.at).join(first, first.c.group_id == Group.id).where(first.c.at >= since)
    times = sorted(at - asked for asked, at in session.execute(query))
    if len(times) < FEWEST:
        return DecisionTimes(hide_small(len(times)), None, None)
    return DecisionTimes(len(times), _quantile(times, 0.5), _quantile(times, 0.9))


def _quantile(times: Sequence[timedelta], share: float) -> timedelta:
    """The time within which this share of them lies."""
    return times[math.ceil(share * len(times)) - 1]


def _find_rising(session: Session, monday: date) -> tuple[Rising, ...]:
    """The groups whose askers of this week are more than twice the mean of the four weeks before, most first."""
    askers = func.count(Enquiry.conversation_id.distinct())
    this_week = (
        select(QueuedEnquiry.group_id, askers)
        .join(Enquiry, Enquiry.reference == QueuedEnquiry.reference)
        .join(Group, Group.id == QueuedEnquiry.group_id)
        .where(Enquiry.received_at >= start_of(monday), Group.kind == "question")
        .group_by(QueuedEnquiry.group_id)
        .having(askers >= FEWEST)
    )
    now = {group: count for group, count in session.execute(this_week) if group is not None}
    before = _askers_before(session, list(now), monday)
    rising = [
        Rising(group, count, hide_small(before[group]))
        for group, count in now.items()
        if count * WEEKS_BEFORE > RISE * before[group]
    ]
    return tuple(sorted(rising, key=lambda each: (-each.askers, each.group))[:TOP])


def _askers_before(session: Session, groups: list[int], monday: date) -> dict[int, int]:
    """The askers of each of the four weeks before, added up."""
    starts = [start_of(monday - WEEK * back) for back in range(1, WEEKS_BEFORE + 1)]
    week = case(*((QueuedEnquiry.received_at >= start, number) for number, start in enumerate(starts)))
    query = (
        select(QueuedEnquiry.group_id, func.count(Enquiry.conversation_id.distinct()))
        .join(Enquiry, Enquiry.reference == QueuedEnquiry.reference)
        .where(
            QueuedEnquiry.group_id.in_(groups),
            QueuedEnquiry.received_at >= starts[-1],
            QueuedEnquiry.received_at < start_of(monday),
        )
        .group_by(QueuedEnquiry.group_id, week)
    )
    before = dict.fromkeys(groups, 0)
    for group, count in session.execute(query):
        before[group or 0] += count
    return before

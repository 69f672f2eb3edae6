"""The figures of the dashboards, on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.enquiries.models import Enquiry
from assistant.review.counting import FRESH, count_days
from assistant.review.figures import DecisionTimes, Figures, Rising, Sum, read_figures
from assistant.review.models import DailyCount, Decision
from assistant.review.suppression import Protected
from assistant.staff.models import Staff
from tests.support.many_asked import add, add_group, ask, change

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)  # a Thursday
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
MONDAY = date(2026, 11, 23)


@pytest.fixture
def tables(database: Database) -> Database:
    """A database with every table, empty."""
    upgrade(database.engine)
    return database


def figures_of(database: Database, weeks: int = 4, moment: datetime = NOW) -> Figures:
    count_days(database, moment)
    with database.read() as session:
        return read_figures(session, weeks, moment)


class TestWeeks:
    def test_nothing_asked_is_nothing_hidden(self, tables: Database) -> None:
        figures = figures_of(tables)
        assert [monday for monday, _ in figures.channels.weeks][-1] == MONDAY
        assert figures.channels.total == Sum("All", 0, True)
        assert figures.channels.is_all_shown and figures.counted_at is None

    def test_they_begin_on_monday_in_london(self, tables: Database) -> None:
        midnight_in_summer = datetime(2026, 6, 28, 23, 0, tzinfo=UTC)  # Monday the 29th has begun in London
        ask(tables, midnight_in_summer, 6)
        ask(tables, midnight_in_summer - timedelta(seconds=1), 7)
        weeks = dict(figures_of(tables, moment=midnight_in_summer + DAY).channels.weeks)
        assert (weeks[date(2026, 6, 29)].total, weeks[date(2026, 6, 22)].total) == (6, 7)

    def test_it_counts_by_channel(self, tables: Database) -> None:
        ask(tables, NOW - HOUR, 8)
        ask(tables, NOW - HOUR, 5, channel="slack")
        figures = figures_of(tables)
        assert figures.channels.names == ("Website", "Slack", "Teams")
        assert figures.channels.weeks[-1] == (MONDAY, Protected((8, 5, 0), 13))

    def test_it_hides_small_numbers_and_sums_what_is_shown(self, tables: Database) -> None:
        ask(tables, NOW - HOUR, 8)
        ask(tables, NOW - HOUR, 3, channel="slack")
        ask(tables, NOW - WEEK, 9)
        ask(tables, NOW - 2 * WEEK, 2, channel="teams")
        channels = figures_of(tables).channels
        assert channels.weeks[-1][1] == Protected((8, None, None), 11)
        assert channels.weeks[-3][1] == Protected((None, None, None), None)
        assert channels.sums == (Sum("Website", 17, False), Sum("Slack", 0, False), Sum("Teams", 0, False))
        assert channels.total == Sum("All", 20, False)

    def test_it_knows_every_outcome(self, tables: Database) -> None:
        for outcome in ("offer", "list", "person", "info"):
            ask(tables, NOW - HOUR, 2, outcome=outcome)
        ask(tables, NOW - HOUR, 3, outcome=None)
        ask(tables, NOW - HOUR, 3, outcome="unanswered")
        ask(tables, NOW - HOUR, 9, outcome="unanswered", rejects=True)
        for outcome in ("clarify", "out_of_scope", "handoff"):
            ask(tables, NOW - HOUR, 5, outcome=outcome)
        for outcome in ("disclosure", "crisis", "abuse"):
            ask(tables, NOW - HOUR, 2, outcome=outcome)
        assert figures_of(tables).results.weeks[-1][1] == Protected((8, 5, 6, 5, 5, 6), 35)

    def test_it_counts_what_was_useful(self, tables: Database) -> None:
        ask(tables, NOW - HOUR, 7, useful=True)
        ask(tables, NOW - HOUR, 5, useful=False)
        ask(tables, NOW - HOUR, 9)
        assert figures_of(tables).useful.weeks[-1][1] == Protected((7, 5), 12)


class TestOffers:
    def test_the_most_shown_come_first_in_fives(self, tables: Database) -> None:
        ask(tables, NOW - HOUR, 7, offers=["lfhii", "population-health"], outcome="list")
        ask(tables, NOW - HOUR, 6, offers=["population-health"])
        ask(tables, NOW - HOUR, 4, offers=["race-health-observatory"])
        ask(tables, NOW - HOUR, 9, offers=["welsh-confederation"], outcome="clarify")
        assert figures_of(tables).offers == (("population-health", 10), ("lfhii", 5))


class TestCounting:
    def test_a_mark_that_comes_later_is_counted(self, tables: Database) -> None:
        references = ask(tables, NOW - 3 * DAY, 6)
        figures_of(tables)
        change(tables, Enquiry, references, useful=True)
        assert figures_of(tables, moment=NOW + FRESH / 2).useful.total.count == 0
        assert figures_of(tables, moment=NOW + FRESH).useful.total.count == 6

    def test_what_settled_is_left_alone(self, tables: Database) -> None:
        references = ask(tables, NOW - 9 * DAY, 6)
        figures_of(tables)
        change(tables, Enquiry, references, useful=True)
        assert figures_of(tables, moment=NOW + DAY).useful.total.count == 0

    def test_it_may_be_done_again(self, tables: Database) -> None:
        ask(tables, NOW - HOUR, 6)
        for minutes in range(3):
            figures = figures_of(tables, moment=NOW + timedelta(minutes=minutes))
        assert figures.channels.total.count == 6
        with tables.read() as session:
            assert len(session.scalars(select(DailyCount)).all()) == 1


class TestDecisions:
    def test_it_tells_how_long_they_took(self, tables: Database) -> None:
        staff = Staff(email="a@example.org", name="A", role="reviewer")
        add(tables, [staff])
        for hours in (1, 2, 3, 4, 50):
            group = add_group(tables, NOW - 3 * DAY)
            first = NOW - 3 * DAY + hours * HOUR
            add(
                tables,
                [
                    Decision(group_id=group, staff_id=staff.id, kind="wait", at=first),
                    Decision(group_id=group, staff_id=staff.id, kind="label", at=first + DAY),
                    Decision(group_id=group, kind="known", at=first - HOUR / 2),
                    Decision(group_id=group, staff_id=staff.id, kind="label", at=first - HOUR / 2, undone_at=first),
                ],
            )
        assert figures_of(tables).decisions == DecisionTimes(5, 3 * HOUR, 50 * HOUR)

    def test_few_are_hidden(self, tables: Database) -> None:
        assert figures_of(tables).decisions == DecisionTimes(0, None, None)


class TestRising:
    def test_it_finds_what_twice_as_many_ask(self, tables: Database) -> None:
        groups = [add_group(tables, NOW - 30 * DAY) for _ in range(4)]
        for group, now, before in zip(groups, (5, 6, 4, 6), (8, 12, 0, 9), strict=True):
            ask(tables, NOW - HOUR, now, group=group)
            for week in range(4):
                ask(tables, NOW - (week + 1) * WEEK, before // 4 + (week < before % 4), group=group)
        assert figures_of(tables).rising == (Rising(groups[3], 6, 9), Rising(groups[0], 5, 8))

    def test_few_before_are_hidden(self, tables: Database) -> None:
        group = add_group(tables, NOW - 30 * DAY)
        ask(tables, NOW - HOUR, 9, group=group)
        ask(tables, NOW - WEEK, 2, group=group)
        assert figures_of(tables).rising == (Rising(group, 9, None),)

    def test_nothing_rises_out_of_what_was_met_with_care(self, tables: Database) -> None:
        ask(tables, NOW - HOUR, 9, group=add_group(tables, NOW - HOUR, kind="disclosure"))
        assert figures_of(tables).rising == ()

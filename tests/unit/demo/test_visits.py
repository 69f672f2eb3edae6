"""The month that is made up: its rhythm, and that the same seed makes up the same."""

from collections import Counter
from datetime import timedelta
from random import Random

from assistant.demo.month import draw_moments, working_moment
from assistant.demo.script import Script
from assistant.demo.visits import Visit, make_visits
from tests.unit.demo.conftest import MOMENT


def make(script: Script, seed: int = 1, enquiries: int = 900) -> list[Visit]:
    return make_visits(Random(seed), script.asks, script.askers, MOMENT, enquiries)


class TestMoments:
    def test_they_are_of_the_last_thirty_days(self) -> None:
        moments = draw_moments(Random(1), MOMENT, 500)
        assert moments == sorted(moments)
        assert MOMENT - timedelta(days=30) <= moments[0] <= moments[-1] <= MOMENT

    def test_working_days_are_busier_than_weekends_and_days_than_nights(self) -> None:
        moments = draw_moments(Random(1), MOMENT, 2000)
        by_day = Counter(at.weekday() for at in moments)
        assert min(by_day[day] for day in range(5)) > 3 * max(by_day[5], by_day[6])
        assert sum(9 <= at.hour < 17 for at in moments) > 5 * sum(at.hour < 7 for at in moments)

    def test_staff_work_on_working_days_and_never_later_than_now(self) -> None:
        for days_ago in range(30):
            at = working_moment(Random(days_ago), MOMENT, days_ago)
            assert at.weekday() < 5 and at < MOMENT


class TestVisits:
    def test_the_same_seed_makes_up_the_same(self, script: Script) -> None:
        assert make(script) == make(script)
        assert make(script) != make(script, seed=2)

    def test_there_are_about_as_many_enquiries_as_wanted(self, script: Script) -> None:
        count = sum(len(visit.questions) + (visit.left is not None) for visit in make(script))
        assert 800 < count < 1000

    def test_they_come_by_each_channel(self, script: Script) -> None:
        assert {visit.channel for visit in make(script)} == {"web", "teams", "slack"}

    def test_what_rises_is_asked_in_the_last_week_above_all(self, script: Script) -> None:
        rising = [question.at for visit in make(script) for question in visit.questions if question.ask.rising]
        new = sum(at > MOMENT - timedelta(days=7) for at in rising)
        assert new > len(rising) / 2

    def test_addresses_are_nobodys(self, script: Script) -> None:
        left = [visit.left for visit in make(script) if visit.left]
        assert left and all(each.email.endswith("@example.org") for each in left)

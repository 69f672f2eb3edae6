"""The training at night: when it is due, and for what."""

from datetime import UTC, datetime, timedelta

import pytest

from assistant.db.engine import Database
from assistant.registry.models import Run, RunKind, RunOutcome, TrainedModel
from assistant.registry.runs import ask_for_run, find_unfinished, finish_run
from assistant.settings import NightlyTraining, Settings
from assistant.web import nightly
from assistant.web.nightly import NightlyRun

WINTER, SUMMER = datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC)
FORWARD, BACK = datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)  # at 01:00 in UTC
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def made_of(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a model would be made of now: the last of these."""
    made_of = ["a" * 64]
    monkeypatch.setattr(nightly, "fingerprint", lambda session, settings: made_of[-1])
    return made_of


class Night:
    """Looks at the time that was set, and asks at that time."""

    def __init__(self, database: Database, settings: Settings, hour: int = 2) -> None:
        changes = {"nightly_training": NightlyTraining.PROPOSE, "nightly_hour": hour}
        self._database = database
        self.time = WINTER
        self.run = NightlyRun(settings.model_copy(update=changes), lambda: self.time)

    def look(self, time: datetime) -> bool:
        """Whether a training was asked for at this time; if so, it is over."""
        self.time = time
        run = self.run.look(self._database)
        if run is not None:
            with self._database.write() as session:
                session.get_one(Run, run.id).asked_at = time
                finish_run(session, run.id, RunOutcome.FAILED)
        return run is not None


@pytest.fixture
def night(database: Database, settings: Settings) -> Night:
    return Night(database, settings)


def add_model(database: Database, made_of: str) -> None:
    with database.write() as session:
        session.add(TrainedModel(name=f"{made_of[0]}.tar.gz", sha256="", size=1, fingerprint=made_of, seconds=1.0))


@pytest.mark.parametrize(
    ("day", "hour", "due"),
    [
        (WINTER, 2, timedelta(hours=2)),
        (SUMMER, 2, timedelta(hours=1)),
        (SUMMER, 0, timedelta(hours=-1)),
        (FORWARD, 2, timedelta(hours=1)),
        (FORWARD, 1, timedelta(hours=1)),  # there is no such hour
        (BACK, 1, timedelta(hours=0)),  # there are two
        (BACK, 2, timedelta(hours=2)),
    ],
    ids=["winter", "summer", "midnight", "forward", "hour that is left out", "hour that comes twice", "back"],
)
def test_it_is_due_at_the_hour_in_london_and_once_a_night(
    database: Database, settings: Settings, day: datetime, hour: int, due: timedelta
) -> None:
    night = Night(database, settings, hour)
    night.look(day - DAY + due + 2 * HOUR)  # the night before
    looks = [day + due + minutes * MINUTE for minutes in range(-120, 22 * 60, 10)]
    assert [time for time in looks if night.look(time)] == [day + due]


def test_a_server_that_was_off_at_the_hour_asks_when_it_is_on_again(night: Night) -> None:
    assert night.look(WINTER + 15 * HOUR)
    assert not night.look(WINTER + 23 * HOUR) and night.look(WINTER + DAY + 2 * HOUR)


def test_it_asks_for_a_training_in_nobodys_name(night: Night, database: Database) -> None:
    night.time = WINTER + 3 * HOUR
    run = night.run.look(database)
    assert run is not None and (run.kind, run.staff_id, run.is_nightly) == (RunKind.TRAIN, None, True)
    with database.read() as session:
        waiting = find_unfinished(session)
        assert waiting is not None and waiting.id == run.id


def test_without_anything_new_there_is_none(night: Night, database: Database, made_of: list[str]) -> None:
    add_model(database, "b" * 64)
    add_model(database, made_of[-1])
    assert not night.look(WINTER + 3 * HOUR)
    made_of.append("c" * 64)
    assert night.look(WINTER + 3 * HOUR + 10 * MINUTE)


def test_the_newest_model_counts(night: Night, database: Database, made_of: list[str]) -> None:
    add_model(database, made_of[-1])
    add_model(database, "b" * 64)
    assert night.look(WINTER + 3 * HOUR)


def test_while_another_run_is_under_way_it_waits(night: Night, database: Database) -> None:
    with database.write() as session:
        other = ask_for_run(session, RunKind.JUDGE, None)
    assert not night.look(WINTER + 3 * HOUR)
    with database.write() as session:
        finish_run(session, other.id, RunOutcome.DONE)
    assert night.look(WINTER + 3 * HOUR + 10 * MINUTE)


def test_a_training_by_day_takes_no_nights_place(night: Night, database: Database) -> None:
    with database.write() as session:
        run = ask_for_run(session, RunKind.TRAIN, None)
        run.asked_at = WINTER + 2 * HOUR + MINUTE
        finish_run(session, run.id, RunOutcome.FAILED)
    assert night.look(WINTER + 3 * HOUR)


def test_it_is_off_unless_it_is_set(database: Database, settings: Settings) -> None:
    assert settings.nightly_training is NightlyTraining.OFF
    assert NightlyRun(settings, lambda: WINTER + 3 * HOUR).look(database) is None

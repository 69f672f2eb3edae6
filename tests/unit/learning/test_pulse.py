"""A run says that it is alive while it works, and hears that it was cancelled."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

import pytest
from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.db.engine import Database, DatabaseUnavailableError
from assistant.learning import pulse
from assistant.learning.pulse import Pulse
from assistant.registry.models import Run, RunKind
from assistant.registry.runs import ask_for_run, cancel_run, claim_run, get_run

SECONDS = 10  # that nothing here takes


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """With beats that follow one another at once."""
    monkeypatch.setattr(pulse, "BEAT_SECONDS", 0.001)


@pytest.fixture(autouse=True)
def handler() -> Iterator[None]:
    """Give the signal's handler back."""
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def run_id(database: Database) -> int:
    with database.write() as session:
        ask_for_run(session, RunKind.TRAIN, None)
        run = claim_run(session, now())
        assert run is not None
        return run.id


class Beats:
    """A database that tells of each beat once that is kept; some of the first may fail."""

    def __init__(self, database: Database, failing: int = 0) -> None:
        self._database = database
        self._beats = threading.Semaphore(0)
        self.failing = failing

    @contextmanager
    def write(self) -> Iterator[Session]:
        if self.failing:
            self.failing -= 1
            self._beats.release()
            raise DatabaseUnavailableError("The database refused: it is asleep.")
        with self._database.write() as session:
            yield session
        self._beats.release()

    def wait(self) -> None:
        assert self._beats.acquire(timeout=SECONDS)

    def wait_for(self, condition: Callable[[], bool]) -> None:
        while not condition():
            self.wait()


def begin(beats: Beats, run_id: int) -> Pulse:
    return Pulse(beats, run_id)  # type: ignore[arg-type]  # it needs no more of a database


def cancel(database: Database, run_id: int) -> None:
    with database.write() as session:
        cancel_run(session, run_id, None)


def read(database: Database, run_id: int) -> Run:
    with database.read() as session:
        return get_run(session, run_id)


def is_beating() -> bool:
    return any(thread.name == "pulse" for thread in threading.enumerate())


def test_it_says_again_and_again_how_far_the_work_is(database: Database, run_id: int) -> None:
    beats = Beats(database)
    with begin(beats, run_id) as heart:
        beats.wait()
        first = read(database, run_id)
        heart.tell("Learning", 0.5)
        beats.wait_for(lambda: read(database, run_id).stage == "Learning")
        second = read(database, run_id)
    assert (first.stage, first.done) == ("Starting", 0.0)
    assert (second.stage, second.done) == ("Learning", 0.5)
    assert first.seen_at is not None and second.seen_at is not None and second.seen_at > first.seen_at


@pytest.mark.parametrize("ignored", [False, True], ids=["by itself", "in a shell's background"])
def test_cancelling_interrupts_the_main_thread_even_while_it_waits(
    database: Database, run_id: int, ignored: bool
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN if ignored else signal.default_int_handler)
    beats, started = Beats(database), perf_counter()
    with pytest.raises(KeyboardInterrupt), begin(beats, run_id):
        beats.wait()
        cancel(database, run_id)
        threading.Event().wait(SECONDS)
    assert perf_counter() - started < SECONDS
    assert not is_beating() and read(database, run_id).outcome is None  # whoever works notes how it ended


def test_a_run_that_was_given_up_is_interrupted_too(database: Database, run_id: int) -> None:
    with database.write() as session:
        get_run(session, run_id).finished_at = now()
    with pytest.raises(KeyboardInterrupt), begin(Beats(database), run_id):
        threading.Event().wait(SECONDS)


def test_a_database_that_does_not_answer_stops_no_work(
    database: Database, run_id: int, caplog: pytest.LogCaptureFixture
) -> None:
    beats = Beats(database, failing=3)
    with begin(beats, run_id) as heart:
        heart.tell("Learning", 0.5)
        beats.wait_for(lambda: read(database, run_id).stage == "Learning")
    assert caplog.text.count("could not say that it is alive: The database refused: it is asleep.") == 3


@pytest.mark.parametrize("fault", [None, ValueError()], ids=["well", "badly"])
def test_it_stops_when_the_work_does(database: Database, run_id: int, fault: ValueError | None) -> None:
    beats = Beats(database)
    try:
        with begin(beats, run_id):
            beats.wait()
            if fault:
                raise fault
    except ValueError as error:
        assert error is fault
    assert not is_beating()
    cancel(database, run_id)  # of which nobody hears any more

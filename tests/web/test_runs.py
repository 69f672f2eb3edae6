"""Trainings and judgings in a process of their own: claimed once, and each end is noted."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from fastapi import FastAPI

from assistant.db.base import now
from assistant.db.engine import Database, DatabaseUnavailableError
from assistant.registry.models import Run, RunKind
from assistant.registry.runs import FAILED, GONE, SILENT, ask_for_run, claim_run, get_run
from assistant.settings import Settings
from assistant.web import effects, processes, runs
from assistant.web.runs import carry_out_next, carry_out_runs
from tests.support.run_process import BADLY, DEAF, DOES, TELLS, WAITS, WELL

SECONDS = 20  # that no process takes to begin


class Begun:
    """Hears of the process that waits, and knows its number."""

    def __init__(self, pipe: Path) -> None:
        os.mkfifo(pipe)
        self._pipe = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    async def number(self) -> int:
        heard, loop = asyncio.Event(), asyncio.get_running_loop()
        loop.add_reader(self._pipe, heard.set)
        try:
            async with asyncio.timeout(SECONDS):
                await heard.wait()
        finally:
            loop.remove_reader(self._pipe)
        return int(os.read(self._pipe, 20))

    def close(self) -> None:
        os.close(self._pipe)


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Begun]:
    monkeypatch.setenv(TELLS, str(tmp_path / "begun"))
    begun = Begun(tmp_path / "begun")
    yield begun
    begun.close()


@pytest.fixture(autouse=True)
def process(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A small process in place of the real one; `setenv(DOES, ...)` says what it does."""
    monkeypatch.setattr(runs, "MODULE", "tests.support.run_process")
    monkeypatch.setenv(DOES, WELL)
    return monkeypatch


def ask(database: Database) -> int:
    with database.write() as session:
        return ask_for_run(session, RunKind.TRAIN, None).id


def read(database: Database, run_id: int) -> Run:
    with database.read() as session:
        return get_run(session, run_id)


class TestClaiming:
    async def test_without_a_run_no_process_begins(
        self, database: Database, settings: Settings, process: pytest.MonkeyPatch
    ) -> None:
        process.setattr(runs, "run_module", None)
        assert not await carry_out_next(database, settings)

    async def test_of_several_servers_one_carries_it_out(self, database: Database, settings: Settings) -> None:
        run_id = ask(database)
        found = await asyncio.gather(*(carry_out_next(database, settings) for _ in range(3)))
        assert sorted(found) == [False, False, True]
        run = read(database, run_id)
        assert (run.outcome, run.error) == ("done", None) and run.started_at is not None

    async def test_a_run_whose_process_is_gone_is_given_up(self, database: Database, settings: Settings) -> None:
        run_id = ask(database)
        with database.write() as session:
            claim_run(session, now() - 2 * SILENT)
        assert not await carry_out_next(database, settings)
        run = read(database, run_id)
        assert (run.outcome, run.error) == ("failed", GONE)


class TestEnds:
    async def test_a_process_that_ends_badly_is_a_failure(
        self, database: Database, settings: Settings, process: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        process.setenv(DOES, BADLY)
        run_id = ask(database)
        assert await carry_out_next(database, settings)
        run = read(database, run_id)
        assert (run.outcome, run.error) == ("failed", FAILED)
        assert f"Run {run_id}: its process ended with 3" in caplog.text
        assert ask(database) != run_id

    async def test_one_that_takes_too_long_is_ended_and_a_failure(
        self, database: Database, settings: Settings, process: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        process.setenv(DOES, WAITS)
        process.setattr(runs, "LONGEST_SECONDS", 0.01)
        run_id = ask(database)
        assert await carry_out_next(database, settings)
        run = read(database, run_id)
        assert (run.outcome, run.error) == ("failed", FAILED) and "it took too long" in caplog.text

    @pytest.mark.parametrize("does", [WAITS, DEAF])
    async def test_when_the_server_stops_so_does_the_process_and_the_run_is_cancelled(
        self, database: Database, settings: Settings, begun: Begun, process: pytest.MonkeyPatch, does: str
    ) -> None:
        process.setenv(DOES, does)
        process.setattr(processes, "KILL_SECONDS", 0.05 if does == DEAF else SECONDS)
        run_id = ask(database)
        working = asyncio.create_task(carry_out_next(database, settings))
        number = await begun.number()
        working.cancel()
        with pytest.raises(asyncio.CancelledError):
            await working
        assert read(database, run_id).outcome == "cancelled"
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)


@pytest.mark.parametrize("module", [runs, effects])
async def test_a_database_that_does_not_answer_keeps_no_server_from_stopping(
    database: Database, settings: Settings, process: pytest.MonkeyPatch, module: object
) -> None:
    began = asyncio.Event()

    async def wait(*_: object) -> None:
        began.set()
        await asyncio.Event().wait()

    def fail(*_: object) -> None:
        raise DatabaseUnavailableError("The database refused: it is asleep.")

    process.setattr(module, "_claim", lambda database: 1)
    process.setattr(module, "run_module", wait)
    process.setattr(module, "finish_run" if module is runs else "release_effect", fail)
    work = carry_out_next if module is runs else effects.work_out_next
    working = asyncio.create_task(work(database, settings))
    await began.wait()
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working


async def test_whatever_goes_wrong_the_next_run_is_looked_for(
    app: FastAPI, settings: Settings, process: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    faults = [DatabaseUnavailableError("The database refused: it is asleep."), ValueError("a member's words")]
    looked = asyncio.Event()

    async def fail(*_: object) -> bool:
        if faults:
            raise faults.pop(0)
        looked.set()
        return False

    process.setattr(runs, "carry_out_next", fail)
    process.setattr(runs, "LOOK_SECONDS", 0.0)
    looking = asyncio.create_task(carry_out_runs(app, settings))
    await looked.wait()
    looking.cancel()
    with suppress(asyncio.CancelledError):
        await looking
    assert "waits: The database refused: it is asleep." in caplog.text and "waits: ValueError" in caplog.text
    assert "words" not in caplog.text

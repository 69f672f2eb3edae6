from datetime import timedelta

import pytest
from sqlalchemy import select

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.registry.errors import RunInProgressError, RunNotFoundError
from assistant.registry.models import Run, RunKind, RunOutcome
from assistant.registry.runs import (
    SILENT,
    ask_for_run,
    cancel_run,
    claim_run,
    find_unfinished,
    finish_run,
    get_run,
    give_up_silent,
    note_progress,
)
from assistant.staff.models import AuditEntry


def ask(database: Database) -> int:
    with database.write() as session:
        return ask_for_run(session, RunKind.TRAIN, None).id


def claim(database: Database) -> int | None:
    with database.write() as session:
        run = claim_run(session, now())
        return run.id if run else None


def cancel(database: Database, run_id: int) -> None:
    with database.write() as session:
        cancel_run(session, run_id, None)


def progress(database: Database, run_id: int) -> bool:
    with database.write() as session:
        return note_progress(session, run_id, "Learning", 0.5)


def finish(database: Database, run_id: int, outcome: RunOutcome, error: str | None = None) -> None:
    with database.write() as session:
        finish_run(session, run_id, outcome, error)


def outcome(database: Database, run_id: int) -> str | None:
    with database.read() as session:
        return get_run(session, run_id).outcome


def fall_silent(database: Database, run_id: int) -> None:
    with database.write() as session:
        get_run(session, run_id).seen_at = now() - SILENT - timedelta(seconds=1)


class TestAsking:
    def test_a_run_waits_to_be_claimed(self, database: Database) -> None:
        run_id = ask(database)
        with database.read() as session:
            run = find_unfinished(session)
            assert run is not None and (run.id, run.started_at, run.outcome) == (run_id, None, None)

    def test_there_is_one_at_a_time(self, database: Database) -> None:
        run_id = ask(database)
        with pytest.raises(RunInProgressError):
            ask(database)
        claim(database)
        with pytest.raises(RunInProgressError):
            ask(database)
        finish(database, run_id, RunOutcome.DONE)
        assert ask(database) != run_id

    def test_no_run_has_a_number_that_was_not_given(self, database: Database) -> None:
        with pytest.raises(RunNotFoundError), database.read() as session:
            get_run(session, 1)
        with pytest.raises(RunNotFoundError):
            cancel(database, 1)


class TestClaiming:
    def test_a_run_is_claimed_once(self, database: Database) -> None:
        assert claim(database) is None
        run_id = ask(database)
        assert (claim(database), claim(database)) == (run_id, None)

    def test_whoever_claimed_it_says_how_far_it_is(self, database: Database) -> None:
        run_id = ask(database)
        claim(database)
        assert progress(database, run_id)
        with database.read() as session:
            run = get_run(session, run_id)
            assert (run.stage, run.done) == ("Learning", 0.5)

    def test_the_first_end_counts(self, database: Database) -> None:
        run_id = ask(database)
        claim(database)
        finish(database, run_id, RunOutcome.FAILED, "No disk.")
        finish(database, run_id, RunOutcome.DONE)
        with database.read() as session:
            run = get_run(session, run_id)
            assert (run.outcome, run.error) == (RunOutcome.FAILED, "No disk.")


class TestSilence:
    def test_a_run_whose_process_is_gone_holds_nobody_up(self, database: Database) -> None:
        gone = ask(database)
        claim(database)
        fall_silent(database, gone)
        assert ask(database) != gone
        assert outcome(database, gone) == RunOutcome.FAILED

    def test_one_that_comes_back_to_life_hears_that_it_was_given_up(self, database: Database) -> None:
        gone = ask(database)
        claim(database)
        fall_silent(database, gone)
        ask(database)
        assert not progress(database, gone)
        finish(database, gone, RunOutcome.DONE)
        assert outcome(database, gone) == RunOutcome.FAILED

    def test_one_that_waits_or_is_alive_is_not_given_up(self, database: Database) -> None:
        run_id = ask(database)
        for _ in range(2):
            with database.write() as session:
                give_up_silent(session, now())
            assert outcome(database, run_id) is None
            claim(database)


class TestCancelling:
    def test_one_that_nobody_began_ends_at_once(self, database: Database) -> None:
        run_id = ask(database)
        cancel(database, run_id)
        assert outcome(database, run_id) == RunOutcome.CANCELLED
        assert claim(database) is None
        ask(database)

    def test_one_that_is_under_way_ends_when_its_process_hears_of_it(self, database: Database) -> None:
        run_id = ask(database)
        claim(database)
        cancel(database, run_id)
        assert outcome(database, run_id) is None
        with pytest.raises(RunInProgressError):
            ask(database)
        assert not progress(database, run_id)
        finish(database, run_id, RunOutcome.CANCELLED)
        assert outcome(database, run_id) == RunOutcome.CANCELLED

    def test_one_that_has_ended_stays_as_it_is(self, database: Database) -> None:
        run_id = ask(database)
        claim(database)
        finish(database, run_id, RunOutcome.DONE)
        cancel(database, run_id)
        assert outcome(database, run_id) == RunOutcome.DONE

    def test_cancelling_twice_is_recorded_once(self, database: Database) -> None:
        run_id = ask(database)
        claim(database)
        cancel(database, run_id)
        cancel(database, run_id)
        with database.read() as session:
            acts = session.scalars(select(AuditEntry.act).where(AuditEntry.subject == f"run:{run_id}")).all()
            assert list(acts) == ["decided", "undone"]
            assert session.get_one(Run, run_id).cancel_at is not None

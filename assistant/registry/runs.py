"""Runs, one at a time: asked for, claimed by a process that says it is alive, ended or cancelled."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.db.locks import Lock, wait_for_turn
from assistant.registry.errors import RunInProgressError, RunNotFoundError
from assistant.registry.models import Run, RunKind, RunOutcome
from assistant.staff.audit import Act, record

SILENT = timedelta(minutes=1)  # a process that did not say for so long that it is alive is gone
FAILED = "It could not be done. Start it again; if that does not help, tell whoever runs this server."
GONE = "The process that worked on it is gone. Start it again."


def ask_for_run(
    session: Session, kind: RunKind, staff_id: int | None, *, model_id: int | None = None, is_nightly: bool = False
) -> Run:
    """Have a run begun by whichever process claims it first. Raises RunInProgressError."""
    wait_for_turn(session, Lock.RUNS)
    give_up_silent(session, now())
    if find_unfinished(session) is not None:
        raise RunInProgressError("A training or judging is under way. Wait until it has ended, or cancel it.")
    run = Run(kind=kind.value, staff_id=staff_id, model_id=model_id, is_nightly=is_nightly)
    session.add(run)
    session.flush()
    record(session, Act.DECIDED, staff_id, f"run:{run.id}", {"kind": kind.value})
    return run


def find_unfinished(session: Session) -> Run | None:
    """The run that waits or is under way."""
    return session.scalars(select(Run).where(Run.finished_at.is_(None)).order_by(Run.id)).first()


def get_run(session: Session, run_id: int) -> Run:
    """The run. Raises RunNotFoundError."""
    run = session.get(Run, run_id)
    if run is None:
        raise RunNotFoundError
    return run


def claim_run(session: Session, moment: datetime) -> Run | None:
    """The run that waits, now claimed, or None. Commit before working on it."""
    free = select(Run).where(Run.finished_at.is_(None), Run.started_at.is_(None)).order_by(Run.id).limit(1)
    run = session.scalars(free.with_for_update(skip_locked=True)).first()
    if run is not None:
        run.started_at = run.seen_at = moment
    return run


def note_progress(session: Session, run_id: int, stage: str, done: float) -> bool:
    """Say that the run's process is alive, and how far; whether it should go on."""
    alive = update(Run).where(Run.id == run_id, Run.finished_at.is_(None))
    session.execute(alive.values(seen_at=now(), stage=stage, done=done))
    run = get_run(session, run_id)
    session.refresh(run)
    return run.cancel_at is None and run.finished_at is None


def cancel_run(session: Session, run_id: int, staff_id: int | None) -> None:
    """Have a run end; one that nobody began ends at once. Raises RunNotFoundError."""
    # Held, so that no process claims it between the look and the end.
    run = session.get(Run, run_id, with_for_update=True, populate_existing=True)
    if run is None:
        raise RunNotFoundError
    if run.finished_at is not None or run.cancel_at is not None:
        return
    run.cancel_at = now()
    session.flush()
    record(session, Act.UNDONE, staff_id, f"run:{run.id}")
    if run.started_at is None:
        finish_run(session, run_id, RunOutcome.CANCELLED)


def finish_run(session: Session, run_id: int, outcome: RunOutcome, error: str | None = None) -> None:
    """Note how a run ended, unless that is known already."""
    unfinished = update(Run).where(Run.id == run_id, Run.finished_at.is_(None))
    session.execute(unfinished.values(finished_at=now(), outcome=outcome.value, error=error))


def give_up_silent(session: Session, moment: datetime) -> None:
    """End runs whose process is gone."""
    silent = update(Run).where(Run.finished_at.is_(None), Run.seen_at < moment - SILENT)
    session.execute(silent.values(finished_at=moment, outcome=RunOutcome.FAILED.value, error=GONE))

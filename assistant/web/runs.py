"""Carries out the trainings and judgings that were asked for, one at a time, in a process of its own."""

import asyncio
import logging
from contextlib import suppress

from fastapi import FastAPI

from assistant.db.base import now
from assistant.db.engine import Database, DatabaseUnavailableError
from assistant.enquiries.desk import EnquiryDesk
from assistant.registry.models import RunOutcome
from assistant.registry.runs import FAILED, claim_run, find_unfinished, finish_run, give_up_silent
from assistant.settings import Settings
from assistant.web.processes import run_module
from assistant.web.rounds import go_rounds

logger = logging.getLogger(__name__)

LOOK_SECONDS = 2.0  # somebody waits at their screen
LONGEST_SECONDS = 3600.0
MODULE = "assistant.learning.running"


async def carry_out_runs(app: FastAPI, settings: Settings) -> None:
    """Carry out each run that is asked for, until cancelled."""

    async def look(desk: EnquiryDesk) -> None:
        await carry_out_next(desk.database, settings)

    await go_rounds(app, LOOK_SECONDS, look, "A training or judging waits")


async def carry_out_next(database: Database, settings: Settings) -> bool:
    """Carry out the run that waits; whether there was one. When cancelled, so is the run."""
    number = await asyncio.to_thread(_claim, database)
    if number is None:
        return False
    outcome: RunOutcome | None = RunOutcome.CANCELLED
    try:
        fault = await run_module(MODULE, number, database, settings, LONGEST_SECONDS)
        outcome = RunOutcome.FAILED if fault else None  # what went well the process notes by itself
        if fault:
            logger.error("Run %s: %s", number, fault)
    finally:
        if outcome is not None:
            _finish(database, number, outcome)
    return True


def _claim(database: Database) -> int | None:
    with database.read() as session:  # nearly always there is none, and nobody who writes has to wait for this look
        if find_unfinished(session) is None:
            return None
    with database.write() as session:
        give_up_silent(session, now())
        run = claim_run(session, now())
        return run.id if run else None


def _finish(database: Database, number: int, outcome: RunOutcome) -> None:
    """Unless the process noted how it ended. Where the database does not answer, the run is given up as silent."""
    with suppress(DatabaseUnavailableError), database.write() as session:
        finish_run(session, number, outcome, FAILED if outcome is RunOutcome.FAILED else None)

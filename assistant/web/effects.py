"""Works out what proposed examples would change, one effect at a time, in a process of its own."""

import asyncio
import logging
from contextlib import suppress

from fastapi import FastAPI

from assistant.db.base import now
from assistant.db.engine import Database, DatabaseUnavailableError
from assistant.enquiries.desk import EnquiryDesk
from assistant.review.effects import LONGEST, claim_effect, finish_effect, is_effect_free, release_effect
from assistant.settings import Settings
from assistant.web.processes import run_module
from assistant.web.rounds import go_rounds

logger = logging.getLogger(__name__)

LOOK_SECONDS = 2.0  # somebody waits at their screen
MODULE = "assistant.learning.effect"
FAILED = "It could not be worked out. Ask for it again; if that does not help, tell whoever runs this server."


async def work_out_effects(app: FastAPI, settings: Settings) -> None:
    """Work out each effect that is asked for, until cancelled."""

    async def look(desk: EnquiryDesk) -> None:
        while await work_out_next(desk.database, settings):
            pass

    await go_rounds(app, LOOK_SECONDS, look, "An effect waits")


async def work_out_next(database: Database, settings: Settings) -> bool:
    """Work out the effect that has waited longest; whether there was one. When cancelled, its claim is given back."""
    number = await asyncio.to_thread(_claim, database)
    if number is None:
        return False
    is_over = False
    try:
        fault = await run_module(MODULE, number, database, settings, LONGEST.total_seconds())
        is_over = True
    finally:
        if not is_over:
            _release(database, number)
    if fault is not None:
        logger.error("Effect %s could not be worked out: %s", number, fault)
        await asyncio.to_thread(_fail, database, number)
    return True


def _claim(database: Database) -> int | None:
    moment = now()
    with database.read() as session:  # nearly always there is none, and nobody who writes has to wait for this look
        if not is_effect_free(session, moment):
            return None
    with database.write() as session:
        effect = claim_effect(session, moment)
        return effect.id if effect else None


def _release(database: Database, number: int) -> None:
    # A claim that stays ends by itself; nothing may keep the server from stopping.
    with suppress(DatabaseUnavailableError), database.write() as session:
        release_effect(session, number)


def _fail(database: Database, number: int) -> None:
    with database.write() as session:
        finish_effect(session, number, None, FAILED)

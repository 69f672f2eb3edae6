"""What the server sees to again and again: the counts of days, the anchor of the record of acts, the digest."""

import asyncio
import logging
from collections.abc import Callable, Mapping

from fastapi import FastAPI

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from assistant.errors import AssistantError
from assistant.mail.digests import Digests
from assistant.mail.sender import Sender
from assistant.review.counting import count_days
from assistant.settings import Settings
from assistant.staff.anchor import move_anchor
from assistant.web.nightly import NightlyRun

ROUND_SECONDS = 600.0
# None holds anything up: each does only what is due.
Job = Callable[[Database], object]

logger = logging.getLogger(__name__)


async def keep_up(app: FastAPI, jobs: Mapping[str, Job]) -> None:
    """Go a round every ten minutes, once the assistant is ready, until cancelled."""
    while True:
        desk: EnquiryDesk | None = app.state.desk
        if desk is not None:
            await do_round(jobs, desk.database)
        await asyncio.sleep(ROUND_SECONDS)


def upkeep_jobs(settings: Settings, sender: Sender | None) -> Mapping[str, Job]:
    """What is seen to, by name. Raises SettingError."""

    def anchor(database: Database) -> None:
        with database.read() as session:
            move_anchor(session, settings.var_folder, now())

    return {
        "counting days": lambda database: count_days(database, now()),
        "the record of acts": anchor,
        "the digest": Digests(settings, sender).look,
        "the nightly training": NightlyRun(settings).look,
    }


async def do_round(jobs: Mapping[str, Job], database: Database) -> None:
    """Do each job. What goes wrong with one is logged, keeps none from the next, and is tried again."""
    for name, job in jobs.items():
        try:
            await asyncio.to_thread(job, database)
        except Exception as error:  # whatever it is, answering goes on
            # Only our own errors are known to hold nobody's words.
            detail = str(error) if isinstance(error, AssistantError) else type(error).__name__
            logger.error("Something went wrong with %s: %s", name, detail)

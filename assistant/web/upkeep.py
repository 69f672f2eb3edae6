"""What the server sees to again and again: the counts of days, the anchor of the record of acts, the digest."""

import asyncio
import logging
from collections.abc import Callable, Mapping

from fastapi import FastAPI

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.errors import detail_of
from assistant.mail.digests import Digests
from assistant.mail.sender import Sender
from assistant.review.counting import count_days
from assistant.settings import Settings
from assistant.staff.anchor import move_anchor
from assistant.web.nightly import NightlyRun
from assistant.web.rounds import go_rounds

ROUND_SECONDS = 600.0
# None holds anything up: each does only what is due.
Job = Callable[[Database], object]

logger = logging.getLogger(__name__)


async def keep_up(app: FastAPI, jobs: Mapping[str, Job]) -> None:
    """Go a round every ten minutes, until cancelled."""
    await go_rounds(app, ROUND_SECONDS, lambda desk: do_round(jobs, desk.database), "A round was not finished")


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
            logger.error("Something went wrong with %s: %s", name, detail_of(error))

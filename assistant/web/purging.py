"""Purge every few hours while the server runs, and know when that was last done."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.retention import Periods, Tell, count_waiting, last_purge, tell_nobody
from assistant.errors import detail_of
from assistant.messaging.keeping import purge

logger = logging.getLogger(__name__)

EVERY = timedelta(hours=6)
LATE = timedelta(hours=26)  # a day, and time to notice a night's failure in the morning
LOOK_SECONDS = 600.0  # between two looks at whether a purge is due, by this process or another


class Purging:
    """The purges of this service, by whichever process: when the last one finished and what it left for staff."""

    def __init__(self, periods: Periods, clock: Callable[[], datetime] = now) -> None:
        self._periods = periods
        self._clock = clock
        self._started = clock()
        self.finished: datetime | None = None
        self.waiting = 0  # questions left that staff should look at

    @property
    def is_late(self) -> bool:
        """Whether none has finished for 26 hours; before the first ever, since the service started."""
        return self._clock() - (self.finished or self._started) > LATE

    async def run(self, database: Database, tell: Tell = tell_nobody) -> None:
        """Purge when it is due, until cancelled. The event loop is never held up. `tell` writes to those who waited."""
        while True:
            await self.look(database, tell)
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self, database: Database, tell: Tell = tell_nobody) -> None:
        """Purge if none finished in the last six hours. What goes wrong is logged, and tried again at the next look."""
        try:
            await asyncio.to_thread(self._look, database, tell)
        except Exception as error:  # whatever it is, answering goes on; the metric tells when it lasts
            logger.error("The purge did not finish: %s", detail_of(error))

    def _look(self, database: Database, tell: Tell) -> None:
        self._read(database)
        if self.finished is not None and self._clock() - self.finished < EVERY:
            return
        counts = purge(database, self._clock(), self._periods, tell)
        logger.info("Purged: %s", ", ".join(f"{name} {count}" for name, count in counts.items()))
        self._read(database)
        if self.waiting:
            logger.warning("Questions left that have waited for more than %s: %d", self._periods.warn, self.waiting)

    def _read(self, database: Database) -> None:
        with database.read() as session:
            self.finished = last_purge(session)
            self.waiting = count_waiting(session, self._clock(), self._periods)

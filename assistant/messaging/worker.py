"""Deals with what waits in a table, several lanes at a time, until it is stopped."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

from assistant.errors import detail_of

logger = logging.getLogger(__name__)

POLL_SECONDS = 1.0  # after which it looks by itself: what waited may be due, or another process may have left some
RENEW_SECONDS = 3.0  # a third of a claim
STOP_SECONDS = 15.0  # what is under way when the server stops may take

Row = TypeVar("Row")


class Worker(Generic[Row]):
    """Claims rows and deals with each in a task of its own."""

    def __init__(
        self,
        name: str,
        claim: Callable[[int], Sequence[Row]],
        renew: Callable[[Sequence[Row]], None],
        deal_with: Callable[[Row], Awaitable[None]],
        at_once: int = 8,
    ) -> None:
        """`claim` is called in a thread with how many it may take, `renew` with what is under way for a while.

        `deal_with` must note what became of the row.
        """
        self._name = name
        self._claim = claim
        self._renew = renew
        self._deal_with = deal_with
        self._at_once = at_once
        self._news = asyncio.Event()
        self._under_way: dict[asyncio.Task[None], Row] = {}
        self._taking: asyncio.Task[bool] | None = None

    def wake(self) -> None:
        """There is something new. Call it in the event loop."""
        self._news.set()

    async def run(self) -> None:
        """Work until cancelled; what is under way then is still finished."""
        renewing = asyncio.create_task(self._renew_claims())
        try:
            while True:
                self._news.clear()
                self._taking = asyncio.create_task(self._take_some())
                if not await asyncio.shield(self._taking):  # what was claimed is dealt with, even when we stop
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._news.wait(), POLL_SECONDS)
        finally:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._finish(), STOP_SECONDS)
            renewing.cancel()

    async def _renew_claims(self) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            if not self._under_way:
                continue
            try:
                await asyncio.to_thread(self._renew, list(self._under_way.values()))
            except Exception as error:
                logger.error("%s: claims are not renewed: %s", self._name, detail_of(error))

    async def _finish(self) -> None:
        if self._taking is not None:
            await asyncio.wait([self._taking])
        if self._under_way:
            await asyncio.wait(self._under_way)

    async def _take_some(self) -> bool:
        """Claim as many as there is room for. Whether there may be more."""
        room = self._at_once - len(self._under_way)
        if room <= 0:
            return False  # whichever ends first wakes us
        try:
            rows = await asyncio.to_thread(self._claim, room)
        except Exception as error:
            logger.error("%s waits: %s", self._name, detail_of(error))
            return False
        for row in rows:
            task = asyncio.create_task(self._deal(row))
            self._under_way[task] = row
            task.add_done_callback(self._end)
        return bool(rows)

    def _end(self, task: asyncio.Task[None]) -> None:
        self._under_way.pop(task, None)
        self._news.set()

    async def _deal(self, row: Row) -> None:
        try:
            await self._deal_with(row)
        except Exception as error:  # its claim ends, and it is tried again
            logger.error("%s: one of them failed: %s", self._name, detail_of(error))

"""A fake engine whose turns take a time, so that a kill meets some of them half done."""

import asyncio

from assistant.enquiries.engine import TurnReply, TurnRequest
from tests.support.fake_engine import FakeEngine

SECONDS = "SLOW_ENGINE_SECONDS"
"""The variable of the environment that says how long."""


class SlowEngine(FakeEngine):
    """As the fake engine, after a while."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds

    async def answer(self, request: TurnRequest) -> TurnReply:
        """Answer once the time is over."""
        await asyncio.sleep(self._seconds)
        return await super().answer(request)

"""Turns run on an event loop in a thread of their own: one that blocks it keeps nobody else from being served.

Rasa and the actions are called from one thread only, as before; it is no longer the one that takes requests.
"""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class TurnLoop:
    """Begins with the first turn, and ends with the process."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._starting = threading.Lock()

    async def run(self, turn: Coroutine[Any, Any, T]) -> T:
        """Have the turn run there; cancelled here, it is cancelled there. It must not raise SystemExit."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(turn, self._running()))

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="turns", daemon=True).start()
            return self._loop


TURNS = TurnLoop()
"""Of every engine of this process: while one model gives way to another, both have turns."""

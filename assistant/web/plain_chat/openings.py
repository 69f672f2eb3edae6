"""The first message opens a conversation; pressed twice, its button opens one and not two."""

import asyncio
import time
from collections.abc import Callable

from assistant.enquiries.desk import EnquiryDesk
from assistant.web.conversations import CHANNEL
from assistant.web.plain_chat.cookie import Held

REMEMBERED = 60.0  # seconds


class Openings:
    """Conversations opened within the last minute, by the key of their first message. In this process only."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._openings: dict[str, tuple[float, asyncio.Task[tuple[str, str]]]] = {}

    async def open(self, desk: EnquiryDesk, key: str) -> Held:
        """A new conversation, or the one that this key opened already. Raises DatabaseUnavailableError."""
        self._forget_old()
        if key not in self._openings:
            self._openings[key] = (self._clock(), asyncio.create_task(desk.open(CHANNEL)))
        try:
            # Shielded: when the first of two requests is given up, the second still waits for it.
            return Held(*await asyncio.shield(self._openings[key][1]))
        except Exception:
            self._openings.pop(key, None)
            raise

    def _forget_old(self) -> None:
        """The oldest stand first."""
        while self._openings:
            key, (opened, _) = next(iter(self._openings.items()))
            if opened > self._clock() - REMEMBERED:
                return
            del self._openings[key]

"""Limit how many requests one network address may send a minute."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable

from fastapi import Request

from assistant.enquiries.errors import TooManyMessagesError

MINUTE = 60.0  # seconds


class AddressLimit:
    """Counts in this process only. An address is forgotten a minute after its last request. A limit of 0 is off."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._requests: OrderedDict[str, deque[float]] = OrderedDict()

    async def __call__(self, request: Request) -> None:
        """FastAPI dependency. Raises TooManyMessagesError."""
        if self._per_minute:
            self.hit(request.client.host if request.client else "unknown")

    def hit(self, address: str) -> None:
        """Count a request. Raises TooManyMessagesError, and does not count it, when there were too many."""
        now = self._clock()
        self._forget(now - MINUTE)
        times = self._requests.setdefault(address, deque())
        while times and times[0] <= now - MINUTE:
            times.popleft()
        if len(times) >= self._per_minute:
            raise TooManyMessagesError(retry_after=max(1, round(times[0] + MINUTE - now)))
        times.append(now)
        self._requests.move_to_end(address)

    def _forget(self, before: float) -> None:
        """Addresses stand in the order of their last request, so the first ones are the oldest."""
        while self._requests:
            address, times = next(iter(self._requests.items()))
            if times and times[-1] > before:
                return
            del self._requests[address]

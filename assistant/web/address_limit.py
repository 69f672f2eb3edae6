"""Limit how many requests one network address may send a minute."""

from fastapi import Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from assistant.enquiries.errors import TooManyMessagesError

RETRY_SECONDS = 60


class AddressLimit:
    """Counts in this process only; addresses are forgotten after a minute. A limit of 0 is off."""

    def __init__(self, per_minute: int) -> None:
        self._limit = RateLimitItemPerMinute(per_minute) if per_minute else None
        self._storage = MemoryStorage()  # the limiter itself keeps only a weak reference
        self._limiter = MovingWindowRateLimiter(self._storage)

    async def __call__(self, request: Request) -> None:
        """FastAPI dependency. Raises TooManyMessagesError."""
        address = request.client.host if request.client else "unknown"
        if self._limit is not None and not self._limiter.hit(self._limit, address):
            raise TooManyMessagesError(retry_after=RETRY_SECONDS)

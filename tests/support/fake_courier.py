"""A courier for tests: keeps what it was given, and fails as it is told to."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from assistant.messaging.couriers import Courier
from assistant.messaging.outbox import OpenPost


@dataclass
class FakeCourier:
    """A channel that takes everything. While `failures` has some, tries fail with them, the first one first.

    What is in `lost` got through without our knowing: the numbers of posts that `find` knows.
    """

    sent: list[OpenPost] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    lost: dict[int, str] = field(default_factory=dict)
    looked_for: list[int] = field(default_factory=list)
    is_closed: bool = False

    async def deliver(self, post: OpenPost, keep: Callable[[str | None], Awaitable[None]]) -> str:
        """Take it under the next number."""
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(post)
        return f"message-{len(self.sent)}"

    async def find(self, post: OpenPost) -> str | None:
        """What was lost."""
        self.looked_for.append(post.id)
        return self.lost.get(post.id)

    async def close(self) -> None:
        """Nothing is held open."""
        self.is_closed = True


_CHECKED_BY_TYPES: type[Courier] = FakeCourier

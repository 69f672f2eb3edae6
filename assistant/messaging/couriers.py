"""What the outbox asks of a channel. The real ones are in assistant.channels; tests use a fake."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from assistant.messaging.outbox import OpenPost

Keep = Callable[[str | None], Awaitable[None]]
"""Keeps how far a try got, before it goes on."""


class Courier(Protocol):
    """Delivers posts to one channel."""

    async def deliver(self, post: OpenPost, keep: Keep) -> str:
        """Deliver it; returns what the channel calls the message, empty where it has no name.

        Raises PostRefusedError, PostDelayedError.
        """
        ...

    async def find(self, post: OpenPost) -> str | None:
        """What the channel calls the message that an earlier try of this post left there, None when there is none.

        Raises PostRefusedError, PostDelayedError.
        """
        ...

    async def close(self) -> None:
        """Give back what it holds open."""
        ...

"""A channel for tests: somebody does something there, and then everything that waits is dealt with."""

import itertools
from dataclasses import dataclass, field
from typing import Any

from assistant.channels.answering import Answering
from assistant.channels.posting import Posting
from assistant.messaging.arrivals import Arrival, ArrivalKind
from assistant.messaging.inbox import Inbox
from assistant.messaging.outbox import OpenPost
from tests.support.fake_courier import FakeCourier

CHANNEL = "slack"


@dataclass
class MadeUpChannel:
    """Arrivals are keyed by number unless the test gives a key."""

    inbox: Inbox
    answering: Answering
    posting: Posting
    courier: FakeCourier
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    async def delivers(
        self,
        kind: ArrivalKind = ArrivalKind.MESSAGE,
        *,
        key: str | None = None,
        twin: str | None = None,
        user: str = "U1",
        is_private: bool = True,
        **content: Any,
    ) -> bool:
        """Somebody did something. Whether it was new."""
        arrival = Arrival(
            CHANNEL,
            key or f"event-{next(self._numbers)}",
            ("T1", "D1", user),
            ("T1", user),
            kind,
            {"team": "T1", "channel": "D1", "user": user},
            content,
            is_private,
            twin,
        )
        return await self.inbox.take(arrival)

    async def says(self, text: str, **where: Any) -> bool:
        """Somebody wrote something."""
        return await self.delivers(text=text, **where)

    async def answers(self) -> None:
        """Deal with everything in the inbox that is due."""
        while rows := self.answering.claim(8):
            for row in rows:
                await self.answering.answer(row)

    async def sends(self) -> list[OpenPost]:
        """Send everything in the outbox that is due. Returns all that was ever sent."""
        while posts := self.posting.claim(8):
            for post in posts:
                await self.posting.send(post)
        return self.courier.sent

    async def does_everything(self) -> list[OpenPost]:
        """Answer and send."""
        await self.answers()
        return await self.sends()

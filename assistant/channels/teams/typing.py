"""Show at once, where somebody wrote, that an answer is on its way. Nothing waits for it, and nothing depends on it."""

import asyncio
import logging
from time import monotonic

from microsoft_teams.api.activities.typing import TypingActivityInput

from assistant.channels.teams.connector import Connector
from assistant.errors import detail_of
from assistant.messaging.arrivals import Arrival, ArrivalKind

ANSWERED = frozenset({ArrivalKind.MESSAGE, ArrivalKind.CHOICE, ArrivalKind.FORM})
MOST = 16  # under way at a time; with more, whoever comes next is answered without
PAUSE = 1.0  # seconds between two in one conversation
LONGEST = 3.0  # seconds; later than that it would follow the answer

logger = logging.getLogger(__name__)


class Typing:
    """Tells conversations in the background."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector
        self._shown: dict[str, float] = {}  # by conversation when it was shown last
        self._under_way: set[asyncio.Task[None]] = set()

    def show(self, arrival: Arrival) -> None:
        """Show it where this was said, unless it was shown there just now. Never waits and never raises."""
        conversation = arrival.address["conversation"]
        self._forget_old()
        if arrival.kind not in ANSWERED or conversation in self._shown or len(self._under_way) >= MOST:
            return
        self._shown[conversation] = monotonic()
        task = asyncio.create_task(self._post(arrival.address["service_url"], conversation))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    def _forget_old(self) -> None:
        limit = monotonic() - PAUSE
        self._shown = {conversation: at for conversation, at in self._shown.items() if at > limit}

    async def _post(self, service_url: str, conversation: str) -> None:
        try:
            async with asyncio.timeout(LONGEST):
                await self._connector.post(service_url, conversation, TypingActivityInput())
        except Exception as error:  # whatever it is, the answer itself is delivered with more patience
            logger.debug("Typing is not shown: %s", detail_of(error))

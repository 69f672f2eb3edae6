"""The channels that the settings switch on, with the workers that they share."""

import asyncio
import itertools
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Protocol

from fastapi import APIRouter

from assistant.channels.acts import Acts
from assistant.channels.answering import Answering
from assistant.channels.posting import Posting
from assistant.channels.review_cards import ReviewCards
from assistant.enquiries.desk import EnquiryDesk
from assistant.errors import detail_of, log_unexpected
from assistant.messaging.couriers import Courier
from assistant.messaging.inbox import Inbox
from assistant.messaging.lanes import next_delay
from assistant.messaging.models import ChannelName, InboxMessage
from assistant.messaging.outbox import ClaimedPost
from assistant.messaging.switched_on import channels_on
from assistant.messaging.worker import Worker
from assistant.settings import Settings

logger = logging.getLogger(__name__)

LONGEST_SILENCE = timedelta(minutes=1)  # between two tries to listen
AGAIN_SECONDS = 5.0
ANSWERS_AT_ONCE = 4  # more would only take time from acknowledging: a turn is work, not waiting
POSTS_AT_ONCE = 32  # most of their time they wait for a channel: a second for each reply in Teams


class Channel(Protocol):
    """One way in."""

    name: ChannelName
    router: APIRouter

    def open(self, desk: EnquiryDesk, inbox: Inbox) -> Courier:
        """Take messages from now on; until then they are refused, and the channel delivers them again."""
        ...

    async def listen(self) -> None:
        """Hear what is not delivered by request, until cancelled; returns at once where there is no such thing."""
        ...


class Channels:
    """Every channel that is on. Without one nothing runs."""

    def __init__(self, settings: Settings, channels: Sequence[Channel]) -> None:
        self._settings = settings
        self._channels = channels
        self._couriers: list[Courier] = []
        self._work: list[Callable[[], Awaitable[None]]] = []
        self._is_open = asyncio.Event()

    @property
    def routers(self) -> list[APIRouter]:
        """What the web app mounts."""
        return [channel.router for channel in self._channels]

    def open(self, desk: EnquiryDesk) -> None:
        """Take messages from now on; they are answered once `run` runs. Call it in the event loop."""
        inbox = Inbox(desk.database, desk.cipher)
        answering = Answering(desk, [channel.name for channel in self._channels], Acts(desk))
        answers: Worker[InboxMessage] = Worker(
            "The inbox", answering.claim, answering.renew, answering.answer, at_once=ANSWERS_AT_ONCE
        )
        # One for each channel: those that hang in one keep no other's waiting.
        posts = [self._open_outbox(desk, channel.name, channel.open(desk, inbox)) for channel in self._channels]

        def wake_posts() -> None:
            for each in posts:
                each.wake()

        inbox.on_new, answering.on_posts = answers.wake, wake_posts
        cards = ReviewCards(desk, wake_posts)
        listening = [partial(_listen, channel) for channel in self._channels]
        self._work = [answers.run, *(each.run for each in posts), cards.run, *listening]
        self._is_open.set()

    def _open_outbox(self, desk: EnquiryDesk, name: ChannelName, courier: Courier) -> Worker[ClaimedPost]:
        self._couriers.append(courier)
        posting = Posting(desk.database, desk.cipher, self._settings, name, courier)
        return Worker(f"The outbox of {name}", posting.claim, posting.renew, posting.send, at_once=POSTS_AT_ONCE)

    async def run(self) -> None:
        """Answer and send until cancelled, as soon as the channels are open."""
        if not self._channels:
            return
        await self._is_open.wait()
        try:
            async with asyncio.TaskGroup() as group:
                for work in self._work:
                    group.create_task(_keep_on(work))
        finally:
            for courier in self._couriers:
                await courier.close()


async def _keep_on(work: Callable[[], Awaitable[None]]) -> None:
    """Begin it again where it ends by trouble that nobody expected: that ends nothing else."""
    while True:
        try:
            return await work()
        except Exception as error:
            log_unexpected(error)
        await asyncio.sleep(AGAIN_SECONDS)


async def _listen(channel: Channel) -> None:
    """Have a channel listen, again and again where that fails; what else runs goes on meanwhile."""
    for failures in itertools.count(1):
        try:
            return await channel.listen()
        except Exception as error:
            logger.error("%s is not heard: %s", channel.name, detail_of(error))
        await asyncio.sleep(min(next_delay(failures), LONGEST_SILENCE).total_seconds())


def open_channels(settings: Settings) -> Channels:
    """The channels of the settings. Their libraries are imported only where they are on."""
    channels: list[Channel] = []
    on = channels_on(settings)
    if ChannelName.SLACK in on:
        from assistant.channels.slack.channel import SlackChannel

        channels.append(SlackChannel(settings))
    if ChannelName.TEAMS in on:
        from assistant.channels.teams.channel import TeamsChannel

        channels.append(TeamsChannel(settings))
    return Channels(settings, channels)

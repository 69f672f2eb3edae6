"""The channels that the settings switch on, with the workers that they share."""

import asyncio
import itertools
import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from fastapi import APIRouter

from assistant.channels.acts import Acts
from assistant.channels.answering import Answering
from assistant.channels.posting import Posting
from assistant.channels.review_cards import ReviewCards
from assistant.enquiries.desk import EnquiryDesk
from assistant.errors import detail_of
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

    @property
    def routers(self) -> list[APIRouter]:
        """What the web app mounts."""
        return [channel.router for channel in self._channels]

    async def run(self, desk: EnquiryDesk) -> None:
        """Answer and send until cancelled."""
        if not self._channels:
            return
        inbox = Inbox(desk.database, desk.cipher)
        couriers = {channel.name.value: channel.open(desk, inbox) for channel in self._channels}
        answering = Answering(desk, list(couriers), Acts(desk))
        posting = Posting(desk.database, desk.cipher, self._settings, couriers)
        answers: Worker[InboxMessage] = Worker("The inbox", answering.claim, answering.renew, answering.answer)
        posts: Worker[ClaimedPost] = Worker(
            "The outbox", posting.claim, posting.renew, posting.send, at_once=POSTS_AT_ONCE
        )
        cards = ReviewCards(desk, posts.wake)
        inbox.on_new, answering.on_posts = answers.wake, posts.wake
        try:
            async with asyncio.TaskGroup() as group:
                work = (answers.run(), posts.run(), cards.run(), *map(_listen, self._channels))
                for each in work:
                    group.create_task(each)
        finally:
            for courier in couriers.values():
                await courier.close()


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

"""Delivers posts to Teams."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from microsoft_teams.api.activities.message import MessageActivityInput
from microsoft_teams.api.activities.typing import TypingActivityInput
from microsoft_teams.api.models import Attachment, ChannelData

from assistant.channels.dialogue import ASIDE
from assistant.channels.teams.connector import Connector, ForbiddenError, NotThereError, UnfitError
from assistant.channels.teams.plain import plain_text
from assistant.channels.teams.rendering import render
from assistant.messaging.couriers import Courier, Keep
from assistant.messaging.errors import PostDelayedError, PostRefusedError
from assistant.messaging.models import PostKind
from assistant.messaging.outbox import OpenPost
from assistant.settings import Settings

logger = logging.getLogger(__name__)

CARD = "application/vnd.microsoft.card.adaptive"
LONGEST = 25.0  # seconds; longer than that nobody else keeps off the post
PACE = 1.0  # seconds between the steps of a stream: Teams takes one a second
LOOKING = "Looking that up…"
IS_COMPLETE = "completed streamed message"  # in what Teams says, in lower case, where a stream was completed before

T = TypeVar("T")


class TeamsCourier:
    """Streams replies in personal chats, which Teams then takes once; all else it takes at least once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.connector = Connector(settings)

    async def deliver(self, post: OpenPost, keep: Keep) -> str:
        """Deliver it; returns the id of the message. Raises PostRefusedError, PostDelayedError."""
        try:
            async with asyncio.timeout(LONGEST):
                return await self._deliver(post, keep)
        except TimeoutError:
            raise PostDelayedError("TookTooLong", is_away=True, is_unsure=True) from None

    async def _deliver(self, post: OpenPost, keep: Keep) -> str:
        is_personal = post.address.get("is_personal") == "yes"
        message = post.content.get("message")
        if message:
            await self._put(post, str(message))
            return str(message)
        if post.kind == PostKind.REPLY and is_personal:
            return await self._stream(post, keep)
        if post.address.get("aside") == "yes" and not is_personal:
            return await self._tell_aside(post)
        return await self._post(post, *_where(post))

    async def find(self, post: OpenPost) -> str | None:
        """Always None: Teams has no way to look. A stream is gone on with by its progress, and is complete once only;
        any other post is sent again, so that it arrives at least once.
        """
        return None

    async def close(self) -> None:
        """Give back the connections."""
        await self.connector.close()

    async def _stream(self, post: OpenPost, keep: Keep) -> str:
        """Begin a message, keep its id, complete it. Whichever step is repeated, there is one message at the end."""
        if post.progress is not None:
            try:
                return await self._complete(post, post.progress)
            except NotThereError:
                await keep(None)
        stream = await self._begin(post)
        if stream:
            await keep(stream)
            await asyncio.sleep(PACE)
            try:
                return await self._complete(post, stream)
            except NotThereError:
                await keep(None)
        return await self._post(post, *_where(post))

    async def _begin(self, post: OpenPost) -> str:
        """The id of a new stream, empty where this person's Teams takes none."""
        activity = TypingActivityInput(text=LOOKING, channel_data=ChannelData(stream_type="informative"))
        try:
            return await self.connector.post(*_where(post), activity.add_stream_update(1))
        except (ForbiddenError, UnfitError):  # it says so in either way
            return ""

    async def _complete(self, post: OpenPost, stream: str) -> str:
        """Raises NotThereError when Teams no longer knows the stream."""

        async def complete(activity: MessageActivityInput) -> None:
            activity.id = stream
            await self.connector.post(*_where(post), activity.add_stream_final())

        try:
            await self._say(post, complete)
        except PostRefusedError as error:
            if isinstance(error, ForbiddenError) and IS_COMPLETE in error.reason:
                return stream  # an earlier try got through
            # It took too long, or was stopped: the message is there, and can still be given its content.
            await self._put(post, stream)
        return stream

    async def _tell_aside(self, post: OpenPost) -> str:
        """Tell that person alone. Who is in need is told in any case, where they asked."""
        service_url, conversation = _where(post)
        address = post.address
        try:
            chat = await self.connector.open_chat(service_url, address.get("tenant", ""), address["user"])
            return await self._post(post, service_url, chat)
        except PostRefusedError:
            if post.content.get("reply", {}).get("outcome") not in ASIDE:
                raise
            return await self._post(post, service_url, conversation)

    async def _post(self, post: OpenPost, service_url: str, conversation: str) -> str:
        return await self._say(post, lambda activity: self.connector.post(service_url, conversation, activity))

    async def _put(self, post: OpenPost, message: str) -> None:
        await self._say(post, lambda activity: self.connector.update(*_where(post), message, activity))

    async def _say(self, post: OpenPost, send: Callable[[MessageActivityInput], Awaitable[T]]) -> T:
        """Send the post as it is shown; where Teams does not take its card, in words alone."""
        message = render(post, self._settings)
        if message.card is None:
            return await send(_in_words(message.text))
        attachment = Attachment(content_type=CARD, content=message.card)
        try:
            return await send(MessageActivityInput(summary=message.text, attachments=[attachment]))
        except UnfitError as error:
            logger.error("The card of post %d is refused, and told in words: %s", post.id, error)
        return await send(_in_words(plain_text(message.card)))


def _in_words(text: str) -> MessageActivityInput:
    return MessageActivityInput(text=text, text_format="plain")


def _where(post: OpenPost) -> tuple[str, str]:
    return post.address["service_url"], post.address["conversation"]


_CHECKED_BY_TYPES: type[Courier] = TeamsCourier

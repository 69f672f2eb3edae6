"""Delivers posts to Slack, and finds those that got through without our knowing."""

import logging
from contextlib import suppress
from datetime import timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from assistant.channels.dialogue import ASIDE
from assistant.channels.slack.api import SlackApi
from assistant.channels.slack.api_errors import told_apart
from assistant.channels.slack.blocks import Block
from assistant.channels.slack.escaping import cut_escaped
from assistant.channels.slack.rendering import home_view, render
from assistant.messaging.couriers import Courier, Keep
from assistant.messaging.errors import PostRefusedError
from assistant.messaging.models import PostKind
from assistant.messaging.outbox import OpenPost
from assistant.settings import Settings

logger = logging.getLogger(__name__)

MARK = "assistant_post"  # the type of the metadata that says which post a message is
CLOCKS_APART = timedelta(minutes=1)  # Slack's clock and ours
LONGEST_PLAIN = 3900  # characters
OF_CONTENT = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long"})
PAGE, MOST_PAGES = 200, 10  # of messages, looked through for one of ours


class SlackCourier:
    """Every message carries the number of its post as metadata, which people do not see: `find` looks for that."""

    def __init__(self, settings: Settings, api: SlackApi) -> None:
        self._settings = settings
        self._api = api

    async def deliver(self, post: OpenPost, keep: Keep) -> str:
        """Deliver it; returns the message's time stamp, empty for a page. See Courier."""
        client = await self._api.client_of(post.address)
        with told_apart():
            if post.kind == PostKind.HOME:
                await client.views_publish(user_id=post.address["user"], view=home_view(post.content))
                return ""
            if earlier := post.content.get("message"):
                return await self._show_anew(client, post, str(earlier))
            *others, last = await _targets(client, post)
            for target in others:
                with suppress(PostRefusedError), told_apart():
                    return await self._post(client, post, *target)
            return await self._post(client, post, *last)

    async def find(self, post: OpenPost) -> str | None:
        """The time stamp of the message that this post became. What only replaces something can be done again."""
        if post.kind == PostKind.HOME or post.content.get("message"):
            return None
        client = await self._api.client_of(post.address)
        with told_apart():
            for channel, thread in await _targets(client, post):
                if found := await _look_for(client, post, channel, thread):
                    return found
        return None

    async def close(self) -> None:
        """Close the connections."""
        await self._api.close()

    async def _post(self, client: AsyncWebClient, post: OpenPost, channel: str, thread: str) -> str:
        """Post it; what Slack refuses for its content is said in words alone."""
        message = render(post, self._settings)

        async def send(text: str, blocks: list[Block] | None) -> str:
            sent = await client.chat_postMessage(
                channel=channel,
                thread_ts=thread or None,
                text=text,
                blocks=blocks,
                metadata={"event_type": MARK, "event_payload": {"post": str(post.id)}},
                unfurl_links=False,
                unfurl_media=False,
            )
            return str(sent["ts"])

        try:
            with told_apart():
                return await send(message.text, message.blocks)
        except PostRefusedError as error:
            if str(error) not in OF_CONTENT:
                raise
            logger.warning("Post %d is said in Slack without its blocks: %s", post.id, error)
        return await send(cut_escaped(message.text, LONGEST_PLAIN), None)

    async def _show_anew(self, client: AsyncWebClient, post: OpenPost, earlier: str) -> str:
        message = render(post, self._settings)
        channel, _ = await _target(client, post.address)
        await client.chat_update(channel=channel, ts=earlier, text=message.text, blocks=message.blocks)
        return earlier


async def _targets(client: AsyncWebClient, post: OpenPost) -> list[tuple[str, str]]:
    """Where it is to go, and else: who is in need is told in any case, where they asked if not alone."""
    address = post.address
    is_in_need = post.content.get("reply", {}).get("outcome") in ASIDE and address.get("aside") == "yes"
    asked = [(address["channel"], address.get("thread", ""))] if is_in_need and address["channel"] else []
    try:
        with told_apart():
            return [await _target(client, address), *asked]
    except PostRefusedError:
        if not asked:
            raise
        return asked


async def _target(client: AsyncWebClient, address: dict[str, str]) -> tuple[str, str]:
    """The channel and the thread; of somebody who is told alone, their direct messages."""
    if address.get("aside") != "yes" and address["channel"]:
        return address["channel"], address.get("thread", "")
    opened = await client.conversations_open(users=address["user"])
    return str(opened["channel"]["id"]), ""


async def _look_for(client: AsyncWebClient, post: OpenPost, channel: str, thread: str) -> str | None:
    """The time stamp of the message there that this post became."""
    oldest = f"{(post.first_try_at - CLOCKS_APART).timestamp():.6f}"
    cursor = ""
    for _ in range(MOST_PAGES):
        where: dict[str, Any] = {"channel": channel, "oldest": oldest, "limit": PAGE, "cursor": cursor or None}
        page = (
            await client.conversations_replies(**where, ts=thread, include_all_metadata=True)
            if thread
            else await client.conversations_history(**where, include_all_metadata=True)
        )
        for message in page.get("messages") or []:
            if _is_of(message, post):
                return str(message["ts"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            break
    return None


def _is_of(message: dict[str, Any], post: OpenPost) -> bool:
    metadata = message.get("metadata") or {}
    return metadata.get("event_type") == MARK and metadata.get("event_payload", {}).get("post") == str(post.id)


_CHECKED_BY_TYPES: type[Courier] = SlackCourier

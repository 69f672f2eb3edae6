"""Delivers posts to Slack, and finds those that got through without our knowing."""

from datetime import timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from assistant.channels.dialogue import ASIDE
from assistant.channels.slack.api import SlackApi
from assistant.channels.slack.api_errors import told_apart
from assistant.channels.slack.rendering import home_view, render
from assistant.messaging.couriers import Courier, Keep
from assistant.messaging.errors import PostRefusedError
from assistant.messaging.models import PostKind
from assistant.messaging.outbox import OpenPost
from assistant.settings import Settings

MARK = "assistant_post"  # the type of the metadata that says which post a message is
CLOCKS_APART = timedelta(minutes=1)  # Slack's clock and ours
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
            return await self._post(client, post, *await _target_in_need(client, post))

    async def find(self, post: OpenPost) -> str | None:
        """The time stamp of the message that this post became. What only replaces something can be done again."""
        if post.kind == PostKind.HOME or post.content.get("message"):
            return None
        client = await self._api.client_of(post.address)
        with told_apart():
            channel, thread = await _target_in_need(client, post)
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
                    return None
        return None

    async def close(self) -> None:
        """Close the connections."""
        await self._api.close()

    async def _post(self, client: AsyncWebClient, post: OpenPost, channel: str, thread: str) -> str:
        message = render(post, self._settings)
        sent = await client.chat_postMessage(
            channel=channel,
            thread_ts=thread or None,
            text=message.text,
            blocks=message.blocks,
            metadata={"event_type": MARK, "event_payload": {"post": str(post.id)}},
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(sent["ts"])

    async def _show_anew(self, client: AsyncWebClient, post: OpenPost, earlier: str) -> str:
        message = render(post, self._settings)
        channel, _ = await _target(client, post.address)
        await client.chat_update(channel=channel, ts=earlier, text=message.text, blocks=message.blocks)
        return earlier


async def _target_in_need(client: AsyncWebClient, post: OpenPost) -> tuple[str, str]:
    """The same as _target, but who is in need is told in any case: where they asked, if not alone."""
    try:
        with told_apart():
            return await _target(client, post.address)
    except PostRefusedError:
        if post.content.get("reply", {}).get("outcome") not in ASIDE or not post.address["channel"]:
            raise
        return post.address["channel"], post.address.get("thread", "")


async def _target(client: AsyncWebClient, address: dict[str, str]) -> tuple[str, str]:
    """The channel and the thread; of somebody who is told alone, their direct messages."""
    if address.get("aside") != "yes" and address["channel"]:
        return address["channel"], address.get("thread", "")
    opened = await client.conversations_open(users=address["user"])
    return str(opened["channel"]["id"]), ""


def _is_of(message: dict[str, Any], post: OpenPost) -> bool:
    metadata = message.get("metadata") or {}
    return metadata.get("event_type") == MARK and metadata.get("event_payload", {}).get("post") == str(post.id)


_CHECKED_BY_TYPES: type[Courier] = SlackCourier

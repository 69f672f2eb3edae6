"""Socket Mode: Slack is reached from here and delivers over that connection, for those without a public address."""

import asyncio

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from assistant.channels.slack.api import open_client
from assistant.channels.slack.logs import library_log
from assistant.settings import Settings


async def hear(app: AsyncApp, settings: Settings, token: str) -> None:
    """Take what is delivered until cancelled. What cannot be written down is not acknowledged, and comes again."""
    handler = AsyncSocketModeHandler(app, token, logger=library_log(), web_client=open_client(settings))
    try:
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await asyncio.Event().wait()
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]

"""How the channels do."""

import asyncio

from fastapi import Request, Response

from assistant.console.access import Desk, allowed, console_router
from assistant.console.pages import draw
from assistant.db.base import now
from assistant.messaging.health import ChannelHealth, read_channels
from assistant.review.queue import CHANNELS
from assistant.staff.roles import Permission

router = console_router()


@router.get("/channels")
@allowed(Permission.REPORT)
async def show(request: Request, desk: Desk) -> Response:
    """What waits in each channel, and what was given up."""

    def read() -> list[ChannelHealth]:
        with desk.database.read() as session:
            return read_channels(session, desk.settings, now())

    channels = await asyncio.to_thread(read)
    late = [CHANNELS[channel.name] for channel in channels if channel.is_late]
    return draw(request, "channels/health.html.jinja", channels=channels, names=CHANNELS, late=late)

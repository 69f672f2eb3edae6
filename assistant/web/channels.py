"""Runs Slack and Teams, where they are on, while the server runs."""

import asyncio
import logging

from fastapi import FastAPI

from assistant.channels.opening import Channels
from assistant.enquiries.desk import EnquiryDesk
from assistant.errors import log_unexpected

logger = logging.getLogger(__name__)

ROUND_SECONDS = 0.2  # until the assistant is ready; what comes before is refused, and delivered again
AGAIN_SECONDS = 5.0


async def run_channels(app: FastAPI, channels: Channels) -> None:
    """Answer in channels once the assistant is ready, until cancelled. Trouble there ends nothing else."""
    while True:
        desk: EnquiryDesk | None = app.state.desk
        if desk is None:
            await asyncio.sleep(ROUND_SECONDS)
            continue
        try:
            await channels.run(desk)
            return
        except* Exception as group:
            for error in group.exceptions:
                log_unexpected(error)
        await asyncio.sleep(AGAIN_SECONDS)

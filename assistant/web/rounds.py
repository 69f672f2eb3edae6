"""Work that the server does again and again beside answering."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from fastapi import FastAPI

from assistant.enquiries.desk import EnquiryDesk
from assistant.errors import detail_of

logger = logging.getLogger(__name__)


async def go_rounds(
    app: FastAPI, seconds: float, work: Callable[[EnquiryDesk], Awaitable[object]], trouble: str
) -> None:
    """Do `work` every so many seconds, once the assistant is ready, until cancelled.

    Whatever goes wrong is logged after `trouble`, and answering goes on.
    """
    while True:
        desk: EnquiryDesk | None = app.state.desk
        if desk is not None:
            try:
                await work(desk)
            except Exception as error:
                logger.error("%s: %s", trouble, detail_of(error))
        await asyncio.sleep(seconds)

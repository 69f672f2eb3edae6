"""Sorts the queue of staff while the server runs: soon after each message, and every few seconds."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import numpy as np
from fastapi import FastAPI
from numpy.typing import NDArray

from assistant.enquiries.desk import EnquiryDesk
from assistant.matching.encoder import meanings, shared_encoder
from assistant.review.rereading import Rereader
from assistant.review.sorting import Encode, Sorter
from assistant.settings import Settings

ROUND_SECONDS = 5.0
PAUSE_SECONDS = 0.5  # after a round, so that many messages at once make few rounds


def encoder_of(settings: Settings) -> Encode:
    """Vectors of the process's own encoder, which is opened when first needed."""

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        return meanings(shared_encoder(settings.encoder_graph).encode(texts))

    return encode


async def sort_queue(app: FastAPI) -> None:
    """Go a round every few seconds, sooner after a message, once the assistant is ready, until cancelled."""
    desk = await _wait_for_desk(app)
    sorter, rereader = Sorter(desk.database, encoder_of(desk.settings)), Rereader(desk.database, lambda: desk.engine)
    changed = asyncio.Event()
    desk.on_change = changed.set
    while True:
        changed.clear()
        await sorter.go_round()
        await rereader.go_round()
        await asyncio.sleep(PAUSE_SECONDS)
        with suppress(TimeoutError):
            await asyncio.wait_for(changed.wait(), ROUND_SECONDS)


async def _wait_for_desk(app: FastAPI) -> EnquiryDesk:
    while app.state.desk is None:
        await asyncio.sleep(PAUSE_SECONDS)
    desk: EnquiryDesk = app.state.desk
    return desk

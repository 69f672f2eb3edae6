"""Sends letters to askers while the server runs."""

import asyncio

from fastapi import FastAPI

from assistant.enquiries.desk import EnquiryDesk
from assistant.mail.postman import Postman
from assistant.mail.sender import Sender

ROUND_SECONDS = 60.0


async def send_letters(app: FastAPI, sender: Sender | None) -> None:
    """Go a round each minute, once the assistant is ready, until cancelled."""
    while True:
        desk: EnquiryDesk | None = app.state.desk
        if desk is not None:
            await Postman(desk.database, desk.cipher, sender).go_round()
        await asyncio.sleep(ROUND_SECONDS)

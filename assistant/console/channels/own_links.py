"""Who somebody is in Slack and Teams: they get a code here, say it there, and can take the link away."""

import asyncio
from typing import Annotated

from fastapi import Form, HTTPException, Request, Response

from assistant.console.access import Desk, Who, allowed, console_router
from assistant.console.pages import draw, go_to
from assistant.db.base import now
from assistant.messaging.identities import LIFETIME, give_code, list_identities, remove_identity
from assistant.messaging.models import HASH_LENGTH
from assistant.messaging.switched_on import channels_on
from assistant.review.queue import CHANNELS
from assistant.staff.roles import Permission

router = console_router()

LINKS = "/staff/account/channels"


@router.get("/account/channels")
@allowed(Permission.OWN_ACCOUNT)
async def show(request: Request, desk: Desk, who: Who) -> Response:
    """Where they are known."""
    return await _draw(request, desk, who)


@router.post("/account/channels/code")
@allowed(Permission.OWN_ACCOUNT)
async def make_code(request: Request, desk: Desk, who: Who) -> Response:
    """Make a code and show it, this once."""

    def work() -> str:
        with desk.database.write() as session:
            return give_code(session, who.staff.id, now())

    return await _draw(request, desk, who, await asyncio.to_thread(work))


@router.post("/account/channels/remove")
@allowed(Permission.OWN_ACCOUNT)
async def remove(desk: Desk, who: Who, link: Annotated[str, Form(max_length=HASH_LENGTH)] = "") -> Response:
    """Take a link away."""

    def work() -> bool:
        with desk.database.write() as session:
            return remove_identity(session, link.replace("\0", ""), who.staff.id)

    if not await asyncio.to_thread(work):
        raise HTTPException(404, "There is no such link. It may have been removed already.")
    return go_to(LINKS, "Removed. You are nobody of the staff there any more.")


async def _draw(request: Request, desk: Desk, who: Who, code: str = "") -> Response:
    with desk.database.read() as session:
        links = list_identities(session, who.staff.id)
    on = [CHANNELS[name] for name in channels_on(desk.settings)]
    minutes = int(LIFETIME.total_seconds() // 60)
    return draw(
        request, "channels/own_links.html.jinja", links=links, names=CHANNELS, on=on, code=code, minutes=minutes
    )

"""Bring a message to the desk and lead the browser to the answer."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from assistant.db.engine import DatabaseUnavailableError
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.errors import ConversationNotFoundError
from assistant.enquiries.intake import Incoming
from assistant.enquiries.outcomes import Outcome
from assistant.web.conversations import CHANNEL
from assistant.web.metrics import count_message
from assistant.web.plain_chat.cookie import Held, hold, read_held
from assistant.web.plain_chat.form import idempotency_key
from assistant.web.plain_chat.openings import Openings
from assistant.web.plain_chat.page import Entry, draw_chat

NEWEST = "/chat#newest"


def go_to(path: str) -> RedirectResponse:
    """Lead a browser on after a form, so that reloading the page sends nothing again."""
    return RedirectResponse(path, 303)


async def send(request: Request, desk: EnquiryDesk, form: Mapping[str, str], incoming: Incoming) -> Response:
    """Have a message answered, in the browser's conversation or in a new one. Raises what the desk raises."""
    key = idempotency_key(form, incoming)
    with count_message(CHANNEL) as counted:
        held = read_held(request)
        if held is None:
            held, reply = await _begin(request, desk, incoming, key)
        else:
            reply = await desk.handle(held.conversation, held.token, incoming, key)
        counted.outcome = reply["outcome"]
    response = await _show_unrecorded(request, desk, incoming, reply) if _is_unrecorded(reply) else go_to(NEWEST)
    if held is not None:
        hold(request, response, held)
    return response


async def _begin(
    request: Request, desk: EnquiryDesk, incoming: Incoming, key: str
) -> tuple[Held | None, dict[str, Any]]:
    """Open a conversation with its first message."""
    openings: Openings = request.app.state.openings
    try:
        held = await openings.open(desk, key)
    except DatabaseUnavailableError as error:
        # The desk answers who is in need without a database, and so without a conversation. Nobody else.
        with suppress(ConversationNotFoundError):
            return None, await desk.handle("", "", incoming)
        raise error
    return held, await desk.handle(held.conversation, held.token, incoming, key)


def _is_unrecorded(reply: dict[str, Any]) -> bool:
    """Whether the reply was not written down. What is, has a reference, unless it is small talk."""
    return reply["enquiry"] is None and reply["outcome"] != Outcome.SMALLTALK


async def _show_unrecorded(request: Request, desk: EnquiryDesk, incoming: Incoming, reply: dict[str, Any]) -> Response:
    """Show a reply that reading back would not find."""
    held, entries = read_held(request), list[Entry]()
    with suppress(DatabaseUnavailableError, ConversationNotFoundError):
        entries = await desk.history(held.conversation, held.token) if held else []
    said = {"from": "asker", "text": incoming.words or None}
    return draw_chat(request, [*entries, said, {"from": "assistant", **reply}])

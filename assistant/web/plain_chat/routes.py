"""The conversation: read, say, judge, take away, start again, erase."""

from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse

from assistant.enquiries.errors import ConversationNotFoundError
from assistant.enquiries.intake import Incoming
from assistant.enquiries.texts import check_text
from assistant.web.conversations import Desk
from assistant.web.plain_chat.cookie import Held, let_go, read_held
from assistant.web.plain_chat.form import Fields, refuse_other_sites
from assistant.web.plain_chat.note import leave_note, read_note, take_note
from assistant.web.plain_chat.page import draw, draw_chat
from assistant.web.plain_chat.page_route import PageRoute
from assistant.web.plain_chat.sending import go_to, send
from assistant.web.plain_chat.transcript import write_transcript

JUDGEMENTS = {"yes": True, "no": False}

router = APIRouter(
    prefix="/chat", include_in_schema=False, route_class=PageRoute, dependencies=[Depends(refuse_other_sites)]
)


async def get_held(request: Request) -> Held:
    """The browser's conversation; 404 without one."""
    held = read_held(request)
    if held is None:
        raise HTTPException(404, "There is no conversation yet. Your first question begins one.")
    return held


Own = Annotated[Held, Depends(get_held)]


@router.get("")
async def read_chat(request: Request, desk: Desk) -> HTMLResponse:
    """The conversation so far, or the introduction. Writes nothing."""
    held = read_held(request)
    entries = await desk.history(held.conversation, held.token) if held else []
    response = draw_chat(request, entries, note=read_note(request))
    take_note(request, response)
    return response


@router.post("")
async def say(request: Request, desk: Desk, form: Fields) -> Response:
    """Send a text or a choice, then show the answer."""
    choice = form.get("choice")
    incoming = Incoming(choice=choice) if choice else Incoming(text=check_text(form.get("text", "")))
    return await send(request, desk, form, incoming)


@router.post("/feedback")
async def give_feedback(request: Request, desk: Desk, form: Fields, held: Own) -> Response:
    """Say whether an answer was useful."""
    useful = JUDGEMENTS.get(form.get("useful", ""))
    if useful is None:
        raise HTTPException(422, "Please choose Yes or No.")
    await desk.feedback(held.conversation, held.token, form.get("enquiry", ""), useful=useful)
    return _go_to_note(request, "useful" if useful else "not-useful")


@router.get("/transcript")
async def take_away(desk: Desk, held: Own) -> PlainTextResponse:
    """The whole conversation as a text file."""
    text = write_transcript(await desk.history(held.conversation, held.token))
    return PlainTextResponse(text, headers={"Content-Disposition": 'attachment; filename="conversation.txt"'})


@router.get("/restart")
async def ask_before_restarting(request: Request) -> HTMLResponse:
    """Say what starting again means, with a button."""
    return draw(request, "restart")


@router.post("/restart")
async def restart(request: Request) -> Response:
    """Have the browser forget the conversation; it stays kept."""
    response = _go_to_note(request, "restarted")
    let_go(request, response)
    return response


@router.get("/erase")
async def ask_before_erasing(request: Request, held: Own) -> HTMLResponse:
    """Say what erasing means, with a button."""
    return draw(request, "erase")


@router.post("/erase")
async def erase(request: Request, desk: Desk, held: Own) -> Response:
    """Erase the conversation and everything left in it. Erased already, it says the same."""
    with suppress(ConversationNotFoundError):
        await desk.erase(held.conversation, held.token)
    response = _go_to_note(request, "erased")
    let_go(request, response)
    return response


def _go_to_note(request: Request, note: str) -> Response:
    """Lead the browser to the conversation, which says what was done."""
    response = go_to("/chat#note")
    leave_note(request, response, note)
    return response

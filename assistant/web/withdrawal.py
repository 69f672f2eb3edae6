"""The page behind the link in letters, which withdraws consent. It needs no JavaScript."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.follow_ups import withdraw_left_question
from assistant.enquiries.withdrawal import is_withdrawn, read_withdrawal_token
from assistant.messaging.outbox import drop_answers
from assistant.web.conversations import get_desk

POLICY = (
    "default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
TEMPLATES = Environment(loader=PackageLoader("assistant.web"), autoescape=True, undefined=StrictUndefined)

router = APIRouter(prefix="/withdraw", include_in_schema=False)
Desk = Annotated[EnquiryDesk, Depends(get_desk)]


@router.get("/{token}")
async def ask_before_withdrawing(token: str, desk: Desk) -> HTMLResponse:
    """Say what will be removed, with a button. Changes nothing: programs that check mail follow links."""
    reference = read_withdrawal_token(token, desk.cipher)
    if reference is None:
        return _page("unknown", 404, settings=desk.settings)

    def is_done() -> bool:
        with desk.database.read() as session:
            return is_withdrawn(session, reference)

    return _page("done" if await asyncio.to_thread(is_done) else "ask", reference=reference)


@router.post("/{token}")
async def withdraw(token: str, desk: Desk) -> HTMLResponse:
    """Withdraw. Done again, it says the same."""
    reference = read_withdrawal_token(token, desk.cipher)
    if reference is None:
        return _page("unknown", 404, settings=desk.settings)

    def work() -> None:
        with desk.database.write() as session:
            withdraw_left_question(session, reference, drop_answers)

    await asyncio.to_thread(work)
    return _page("done", reference=reference)


def _page(state: str, status: int = 200, **values: Any) -> HTMLResponse:
    page = TEMPLATES.get_template("withdraw.html.j2").render(state=state, **values)
    return HTMLResponse(page, status, {"Content-Security-Policy": POLICY})

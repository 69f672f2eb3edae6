"""The form to leave a question for a person in one go."""

from collections.abc import Callable, Mapping

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse

from assistant.enquiries.errors import MessageRefusedError
from assistant.enquiries.form_checks import check_address, check_name
from assistant.enquiries.intake import Form, Incoming
from assistant.enquiries.texts import check_text
from assistant.web.conversations import Desk
from assistant.web.plain_chat.failures import Failure
from assistant.web.plain_chat.form import Fields, refuse_other_sites
from assistant.web.plain_chat.page import draw
from assistant.web.plain_chat.page_route import PageRoute
from assistant.web.plain_chat.sending import send

TICKED = "yes"


def _check_consent(ticked: str) -> str:
    if ticked != TICKED:
        raise MessageRefusedError("Please tick the box. Without your consent nothing may be kept.")
    return ticked


CHECKS: dict[str, Callable[[str], str]] = {
    "question": check_text,
    "name": check_name,
    "email": check_address,
    "consent": _check_consent,
}
"""What each field has to be, in the order of the page."""


class QuestionRoute(PageRoute):
    """Answers any error with the form and what was typed into it."""

    async def show(self, request: Request, failure: Failure, typed: Mapping[str, str]) -> Response:
        """The form, with what went wrong above it."""
        return _draw_form(request, typed, failure)


router = APIRouter(
    prefix="/chat/question",
    include_in_schema=False,
    route_class=QuestionRoute,
    dependencies=[Depends(refuse_other_sites)],
)


@router.get("")
async def read_form(request: Request, desk: Desk) -> HTMLResponse:
    """The empty form. It needs the desk only to say at once when nothing can be left just now."""
    return _draw_form(request, {})


@router.post("")
async def leave_question(request: Request, desk: Desk, form: Fields) -> Response:
    """Leave the question, then show the reply with its reference; or show what has to be mended."""
    checked, errors = _check(form)
    if errors:
        return _draw_form(request, form, Failure("There is a problem", 422), errors)
    keep_words = form.get("keep_words") == TICKED
    left = Form(checked["question"], checked["name"], checked["email"], keep_words=keep_words)
    return await send(request, desk, form, Incoming(form=left))


def _check(form: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What the fields hold, checked, and what is wrong with those that cannot be taken."""
    checked, errors = dict[str, str](), dict[str, str]()
    for field, check in CHECKS.items():
        try:
            checked[field] = check(form.get(field, ""))
        except MessageRefusedError as error:
            errors[field] = str(error)
    return checked, errors


def _draw_form(
    request: Request,
    typed: Mapping[str, str],
    failure: Failure | None = None,
    errors: Mapping[str, str] | None = None,
) -> HTMLResponse:
    kept = {field: typed.get(field, "") for field in (*CHECKS, "keep_words")}
    return draw(request, "question", failure, typed.get("key"), typed=kept, errors=errors or {})

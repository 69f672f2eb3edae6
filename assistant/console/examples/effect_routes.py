"""What proposed examples would change, and approving them once that was seen."""

import asyncio
from typing import Annotated, Any

from fastapi import Form, Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.models import Example
from assistant.console.access import Data, Who, allowed, console_router
from assistant.console.examples.wording import word_answer
from assistant.console.pages import count_of, draw, go_to
from assistant.enquiries.models import Enquiry
from assistant.review.effects import approve_with_effect, ask_for_effect, covered_examples, get_effect
from assistant.review.errors import ChangedMeanwhileError
from assistant.review.meanings import list_titles, title_of
from assistant.review.models import Effect
from assistant.staff.roles import Permission

router = console_router()

NOTHING_NEW = 204  # upon which htmx leaves the page as it is


@router.post("/examples/effects/new")
@allowed(Permission.REVIEW)
async def ask(data: Data, who: Who, example: Annotated[list[int] | None, Form()] = None) -> Response:
    """Have it worked out what the ticked examples would change."""

    def work() -> int:
        with data.write() as session:
            return ask_for_effect(session, example or [], who.staff.id).id

    return go_to(f"/staff/examples/effects/{await asyncio.to_thread(work)}")


@router.get("/examples/effects/{effect_id}")
@allowed(Permission.REVIEW)
async def show(request: Request, effect_id: int, data: Data) -> Response:
    """The effect, or how far it is; the page looks again by itself where there are scripts."""

    def read() -> dict[str, Any]:
        with data.read() as session:
            effect = get_effect(session, effect_id)
            titles = list_titles(session)
            examples = session.scalars(select(Example).where(Example.id.in_(effect.examples)).order_by(Example.id))
            return {
                "effect": effect,
                "examples": [(example, title_of(example.label, titles)) for example in examples],
                "is_current": _is_current(session, effect),
                "words": _words_of(session, effect),
                "word": lambda answer: word_answer(answer, titles),
            }

    values = await asyncio.to_thread(read)
    if "hx-request" in request.headers and values["effect"].finished_at is None:
        return Response(status_code=NOTHING_NEW)
    return draw(request, "examples/effect.html.jinja", **values)


@router.post("/examples/effects/{effect_id}/approve")
@allowed(Permission.REVIEW)
async def take_in(effect_id: int, data: Data, who: Who) -> Response:
    """Approve exactly the examples of the effect."""

    def work() -> int:
        with data.write() as session:
            return approve_with_effect(session, effect_id, who.staff.id)

    count = await asyncio.to_thread(work)
    note = f"{count_of(count, 'example')} approved. The next training takes them in."
    return go_to("/staff/examples?state=approved", note)


def _is_current(session: Session, effect: Effect) -> bool:
    try:
        covered_examples(session, effect)
    except ChangedMeanwhileError:
        return False
    return True


def _words_of(session: Session, effect: Effect) -> dict[str, str | None]:
    """The questions of the week that are named, as far as their words are still kept."""
    references = [change["reference"] for change in (effect.result or {}).get("week", {}).get("changes", [])]
    found = session.execute(select(Enquiry.reference, Enquiry.text).where(Enquiry.reference.in_(references)))
    return {reference: text for reference, text in found}

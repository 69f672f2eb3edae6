"""Examples: what is proposed, approved and withdrawn; edit and withdraw."""

import asyncio
from typing import Annotated, Any

from fastapi import Form, Request, Response
from sqlalchemy.orm import Session

from assistant.catalogue.examples import count_unlearnt
from assistant.catalogue.models import Example, ExampleState
from assistant.console.access import Data, Desk, Who, allowed, console_router
from assistant.console.examples.wording import MOVE_WORDS, STATES
from assistant.console.pages import draw, go_to
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.texts import check_text
from assistant.matching.taught import alike
from assistant.review.errors import ChangedMeanwhileError, DecisionRefusedError
from assistant.review.examples import (
    claim_example,
    edit_example,
    find_fault,
    get_example,
    known_sentences,
    list_in_state,
    mark_of,
    move_example,
)
from assistant.review.meanings import Meaning, list_meanings, list_titles, title_of
from assistant.staff.models import Staff
from assistant.staff.roles import Permission, may

router = console_router()
STARTING = ExampleState.PROPOSED
FIXED = "Only a proposed example can be edited. Withdraw this one, and propose it again."
# What may become of an example, by what it is; becoming approved goes by the effect.
MOVES = {
    ExampleState.PROPOSED: (ExampleState.WITHDRAWN, ExampleState.GUARD),
    ExampleState.APPROVED: (ExampleState.WITHDRAWN, ExampleState.GUARD),
    ExampleState.GUARD: (ExampleState.WITHDRAWN, ExampleState.PROPOSED),
    ExampleState.WITHDRAWN: (ExampleState.PROPOSED,),
}
NOTES = {
    ExampleState.WITHDRAWN: "Withdrawn. The next training leaves it out.",
    ExampleState.GUARD: "Kept for judging. No model is trained on it, and every new one is asked it.",
    ExampleState.PROPOSED: "Proposed again.",
}


@router.get("/examples")
@allowed(Permission.REVIEW)
async def show(request: Request, data: Data, who: Who, state: ExampleState = STARTING) -> Response:
    """The examples of a state, newest first."""

    def read() -> dict[str, Any]:
        with data.read() as session:
            return {
                "counts": {each: len(list_in_state(session, each)) for each in ExampleState},
                "state_words": STATES,
                "move_words": MOVE_WORDS,
                "moves": MOVES[state],
                "entries": [_entry(session, example) for example in list_in_state(session, state)],
                "waiting": count_unlearnt(session),
            }

    values = await asyncio.to_thread(read)
    may_train = may(who.staff.role, Permission.MODELS)
    return draw(request, "examples/examples.html.jinja", state=state, may_train=may_train, **values)


@router.get("/examples/{example_id}")
@allowed(Permission.REVIEW)
async def show_one(request: Request, example_id: int, data: Data) -> Response:
    """An example, to be edited while it is proposed."""

    def read() -> tuple[Example, dict[str, list[Meaning]]]:
        with data.read() as session:
            return get_example(session, example_id), list_meanings(session)

    example, meanings = await asyncio.to_thread(read)
    return _draw_one(request, example, meanings, example.text, example.label)


@router.post("/examples/{example_id}")
@allowed(Permission.REVIEW)
async def edit(
    request: Request,
    example_id: int,
    mark: Annotated[str, Form()],
    label: Annotated[str, Form()],
    data: Data,
    desk: Desk,
    who: Who,
    text: Annotated[str, Form()] = "",
) -> Response:
    """Keep an edited example, unless something is wrong with it."""

    def work() -> str | None:
        with data.read() as session:
            example = get_example(session, example_id)
            titles = list_titles(session)
        if label not in titles:
            raise DecisionRefusedError("Choose what it means.")
        fault = _find_fault(desk, example, text, label, titles)
        if fault is None:
            with data.write() as session:
                example = claim_example(session, example_id, mark)
                if example.state != ExampleState.PROPOSED:
                    raise DecisionRefusedError(FIXED)
                edit_example(session, example, check_text(text), label, who.staff.id)
        return fault

    status = 422
    try:
        fault = await asyncio.to_thread(work)
    except ChangedMeanwhileError as error:
        fault, status = str(error), 409
    if fault is None:
        return go_to("/staff/examples", "Saved. See what it would change before you approve it.")

    def read() -> tuple[Example, dict[str, list[Meaning]]]:
        with data.read() as session:
            return get_example(session, example_id), list_meanings(session)

    return _draw_one(request, *await asyncio.to_thread(read), text, label, fault, status)


@router.post("/examples/{example_id}/move")
@allowed(Permission.REVIEW)
async def move(
    example_id: int, mark: Annotated[str, Form()], to: Annotated[ExampleState, Form()], data: Data, who: Who
) -> Response:
    """Withdraw an example, keep it for judging, or propose it again."""

    def work() -> None:
        with data.write() as session:
            example = claim_example(session, example_id, mark)
            if to not in MOVES[ExampleState(example.state)]:
                raise DecisionRefusedError("An example is approved only once it was seen what it would change.")
            move_example(session, example, to, who.staff.id)

    await asyncio.to_thread(work)
    return go_to("/staff/examples", NOTES[to])


def _find_fault(desk: EnquiryDesk, example: Example, text: str, label: str, titles: dict[str, str]) -> str | None:
    with desk.database.read() as session:
        known = known_sentences(session, desk.settings.data_folder)
    known.pop(alike(example.text), None)  # itself
    return find_fault(text, desk.redactor, known, titles)


def _entry(session: Session, example: Example) -> dict[str, object]:
    who = session.get(Staff, example.staff_id) if example.staff_id else None
    title = title_of(example.label, list_titles(session))
    return {"example": example, "title": title, "who": who.name if who else "", "mark": mark_of(example)}


def _draw_one(
    request: Request,
    example: Example,
    meanings: dict[str, list[Meaning]],
    text: str,
    label: str,
    fault: str = "",
    status: int = 200,
) -> Response:
    return draw(
        request,
        "examples/example.html.jinja",
        status,
        example=example,
        mark=mark_of(example),
        meanings=meanings,
        text=text,
        label=label,
        fault=fault,
        errors=[{"text": fault, "href": "#text"}] if fault else [],
    )

"""Decide on a group or some of its questions, and teach the model what they are."""

import asyncio

from fastapi import Request, Response

from assistant.console.access import Data, Desk, Who, allowed, console_router
from assistant.console.decide.forms import ALONE, TEACHING, DecideForm, Fault, Sent, first_form
from assistant.console.decide.steps import draw_answer, draw_decide, draw_teach, find_change
from assistant.console.pages import count_of, go_to
from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from assistant.review.decisions import claim_group, decide
from assistant.review.errors import ChangedMeanwhileError
from assistant.review.examples import find_fault, known_sentences, propose
from assistant.review.matters import Matter, read_matter, suggest_examples
from assistant.review.models import DecisionKind
from assistant.staff.audit import Act, record
from assistant.staff.roles import Permission

router = console_router()


@router.get("/groups/{group_id}/decide")
@allowed(Permission.REVIEW)
async def show(request: Request, group_id: int, data: Data, who: Who) -> Response:
    """What is to be decided, with the model's suggestion chosen."""
    matter = await asyncio.to_thread(_view, data, group_id, who.staff.id)
    return draw_decide(request, matter, first_form(matter))


@router.get("/groups/{group_id}/decide/{step}")
@allowed(Permission.REVIEW)
async def begin_again(group_id: int, step: str) -> Response:
    """The later steps are reached by the first one only."""
    return go_to(f"/staff/groups/{group_id}/decide")


@router.post("/groups/{group_id}/decide")
@allowed(Permission.REVIEW)
async def choose(request: Request, group_id: int, form: Sent, data: Data, desk: Desk, who: Who) -> Response:
    """Take the decision, or go on to the step that it needs."""
    matter = await asyncio.to_thread(_read, data, group_id)
    if change := await find_change(data, matter, form):
        return draw_decide(request, matter, form, change, 409)
    if faults := form.find_faults(matter):
        return draw_decide(request, matter, form, faults)
    if form.kind in TEACHING:
        texts = await asyncio.to_thread(_suggest, data, matter, form)
        return draw_teach(request, matter, form.model_copy(update={"example": [*texts, ""]}))
    if form.kind == DecisionKind.ANSWER:
        return await draw_answer(request, desk, matter, form)
    try:
        await asyncio.to_thread(_decide, data, group_id, form, who.staff.id)
    except ChangedMeanwhileError as error:
        matter = await asyncio.to_thread(_read, data, group_id)
        return draw_decide(request, matter, form, [{"text": str(error)}], 409)
    return go_to(f"/staff/groups/{group_id}/decisions", ALONE[DecisionKind(form.kind)])


@router.post("/groups/{group_id}/decide/teach")
@allowed(Permission.REVIEW)
async def teach(request: Request, group_id: int, form: Sent, data: Data, desk: Desk, who: Who) -> Response:
    """Take the decision, and propose its sentences as examples."""
    matter = await asyncio.to_thread(_read, data, group_id)
    if change := await find_change(data, matter, form):
        return draw_teach(request, matter, form, change, 409)
    if faults := form.find_faults(matter):
        return draw_decide(request, matter, form, faults)
    if form.kind not in TEACHING:
        return draw_decide(request, matter, form)
    if faults := await asyncio.to_thread(_find_faults, desk, matter, form):
        return draw_teach(request, matter, form, faults)
    try:
        count = await asyncio.to_thread(_decide, data, group_id, form, who.staff.id)
    except ChangedMeanwhileError as error:
        matter = await asyncio.to_thread(_read, data, group_id)
        return draw_teach(request, matter, form, [{"text": str(error)}], 409)
    proposed = f"{count_of(count, 'example')} proposed: see what they would change, then approve them."
    note = f"Decided. {proposed if count else 'Nothing is taught.'}"
    return go_to(f"/staff/groups/{group_id}/decisions", note)


def _read(database: Database, group_id: int) -> Matter:
    with database.read() as session:
        return read_matter(session, group_id)


def _view(database: Database, group_id: int, staff_id: int) -> Matter:
    with database.write() as session:
        matter = read_matter(session, group_id)
        record(session, Act.VIEWED, staff_id, f"group:{group_id}", {"enquiries": len(matter.enquiries)})
        return matter


def _suggest(database: Database, matter: Matter, form: DecideForm) -> list[str]:
    with database.read() as session:
        return suggest_examples(session, matter, form.references)


def _find_faults(desk: EnquiryDesk, matter: Matter, form: DecideForm) -> list[Fault]:
    with desk.database.read() as session:
        known = known_sentences(session, desk.settings.data_folder)
    faults = []
    for number, text in enumerate(form.example):
        fault = find_fault(text, desk.redactor, known, matter.titles) if text.strip() else None
        if fault:
            faults.append({"text": fault, "href": f"#example-{number}"})
    return faults


def _decide(database: Database, group_id: int, form: DecideForm, staff_id: int) -> int:
    """Returns how many examples are proposed."""
    texts = [text for text in form.example if text.strip()] if form.kind in TEACHING else []
    with database.write() as session:
        group = claim_group(session, group_id, form.version)
        examples = propose(session, texts, form.taught_label, staff_id)
        decide(session, group, staff_id, form.choice, examples)
        return len(examples)

"""Answer the askers of a group in writing, after seeing the letter, and see what became of it."""

import asyncio
from dataclasses import replace
from typing import Any

from fastapi import Request, Response

from assistant.console.access import Data, Desk, Who, allowed, console_router
from assistant.console.decide.forms import DecideForm, Fault, Sent
from assistant.console.decide.steps import draw_answer, draw_decide, find_change, read_recipients
from assistant.console.pages import count_of, draw, go_to
from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.letters import Letter, LetterKind, withdrawal_note, write_letter
from assistant.messaging.switched_on import channels_on
from assistant.review.answers import (
    CHATS,
    EMAIL,
    Recipient,
    Way,
    check_answer,
    get_answer,
    list_deliveries,
    list_recipients,
    write_answer,
)
from assistant.review.decisions import Choice, claim_group, decide, list_references
from assistant.review.errors import ChangedMeanwhileError, DecisionRefusedError
from assistant.review.examples import PERSON, PLACEHOLDER
from assistant.review.matters import Matter, read_matter
from assistant.review.models import DecisionKind
from assistant.staff.audit import Act, record
from assistant.staff.models import Staff
from assistant.staff.roles import Permission

router = console_router()

NAME, LINK = "[the asker’s name]", "[a link of their own]"


@router.post("/groups/{group_id}/decide/answer")
@allowed(Permission.REVIEW)
async def answer(request: Request, group_id: int, form: Sent, data: Data, desk: Desk, who: Who) -> Response:
    """Write, look at the letter, send."""
    form = form.model_copy(update={"kind": DecisionKind.ANSWER.value})
    matter = await asyncio.to_thread(_read, data, group_id)
    if change := await find_change(data, matter, form):
        return await draw_answer(request, desk, matter, form, change, 409)
    if faults := form.find_faults(matter):
        return draw_decide(request, matter, form, faults)
    recipients = await read_recipients(desk, matter, form)
    if form.do == "all":
        form.asker = [each.reference for each in recipients]
    if form.do not in ("preview", "send"):
        return await draw_answer(request, desk, matter, form)
    if faults := _find_faults(form, recipients, matter):
        return await draw_answer(request, desk, matter, form, faults)
    if form.do == "preview":
        return await _draw_preview(request, desk, matter, form, recipients)
    try:
        answer_id, count = await asyncio.to_thread(_send, desk, group_id, form, who.staff.id)
    except (ChangedMeanwhileError, DecisionRefusedError) as error:
        matter = await asyncio.to_thread(_read, data, group_id)
        return await draw_answer(request, desk, matter, form, [{"text": str(error)}], 409)
    return go_to(
        f"/staff/answers/{answer_id}", f"Answer written for {count_of(count, 'asker')}. See below how far it got."
    )


@router.get("/answers/{answer_id}")
@allowed(Permission.REVIEW)
async def show(request: Request, answer_id: int, data: Data, desk: Desk, who: Who) -> Response:
    """What was written, by whom, and how far it got to each asker."""

    def read() -> dict[str, Any]:
        with data.write() as session:
            written, decision = get_answer(session, answer_id)
            record(session, Act.VIEWED, who.staff.id, f"answer:{answer_id}")
            writer = session.get(Staff, decision.staff_id) if decision.staff_id else None
            deliveries = list_deliveries(session, answer_id)
            return {"written": written, "decision": decision, "writer": writer, "deliveries": deliveries}

    values = await asyncio.to_thread(read)
    is_off = desk.settings.smtp_url is None
    return draw(request, "decide/written.html.jinja", **values, chats=CHATS, email=EMAIL, ways=Way, is_off=is_off)


async def _draw_preview(
    request: Request, desk: EnquiryDesk, matter: Matter, form: DecideForm, recipients: list[Recipient]
) -> Response:
    ticked = [each for each in recipients if each.reference in form.asker]
    redacted = await asyncio.to_thread(desk.redactor, form.text)
    personal = sorted({found[0] for found in PLACEHOLDER.finditer(redacted) if not PERSON.fullmatch(found[0])})
    letter = write_letter(LetterKind.ANSWER, NAME, ticked[0].reference, desk.settings, check_answer(form.text))
    letter = Letter(letter.subject, f"{letter.body}\n{withdrawal_note(LINK)}")
    return draw(
        request,
        "decide/preview.html.jinja",
        matter=matter,
        form=form,
        letter=letter,
        ticked=ticked,
        by_email=[each for each in ticked if each.channel == EMAIL],
        by_chat=[each for each in ticked if each.channel != EMAIL],
        chats=CHATS,
        personal=personal,
        is_off=desk.settings.smtp_url is None,
    )


def _read(database: Database, group_id: int) -> Matter:
    with database.read() as session:
        return read_matter(session, group_id)


def _find_faults(form: DecideForm, recipients: list[Recipient], matter: Matter) -> list[Fault]:
    faults = []
    try:
        check_answer(form.text)
    except DecisionRefusedError as error:
        faults.append({"text": str(error).rstrip("."), "href": "#text"})
    ticked = [each for each in recipients if each.reference in form.asker]
    if not ticked:
        faults.append({"text": "Tick at least one asker", "href": "#asker"})
    if matter.needs_care and len(ticked) > 1:
        faults.append({"text": "Where care is due, answer each asker alone", "href": "#asker"})
    return faults


def _send(desk: EnquiryDesk, group_id: int, form: DecideForm, staff_id: int) -> tuple[int, int]:
    """Returns the number of the answer, and to how many askers it goes."""
    with desk.database.write() as session:
        group = claim_group(session, group_id, form.version)
        waiting = list_recipients(session, group_id, channels_on(desk.settings), form.references)
        left_out = {each.reference for each in waiting} - set(form.asker)
        decision = decide(session, group, staff_id, _without(form.choice, left_out, list_references(session, group_id)))
        text = check_answer(form.text)
        answer = write_answer(session, group, decision, text, set(form.asker), desk.cipher, desk.settings)
        return answer.id, len(list_deliveries(session, answer.id))


def _without(choice: Choice, left_out: set[str], everything: list[str]) -> Choice:
    """The decision on all but those who wait and were not ticked: for them the group stays open."""
    if not left_out:
        return choice
    chosen = everything if choice.enquiries is None else choice.enquiries
    return replace(choice, enquiries=tuple(each for each in chosen if each not in left_out))

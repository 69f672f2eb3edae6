"""Draw the steps of a decision."""

import asyncio
from collections.abc import Sequence
from typing import Any

from fastapi import Request, Response

from assistant.console.decide.forms import DecideForm, Fault, kinds_for
from assistant.console.pages import draw
from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from assistant.messaging.switched_on import channels_on
from assistant.review.answers import CHATS, LONGEST_ANSWER, Recipient, list_recipients
from assistant.review.decisions import tell_last_act
from assistant.review.matters import Matter

INVALID = 422


async def find_change(database: Database, matter: Matter, form: DecideForm) -> list[Fault]:
    """Who did what since the form was drawn, as the error summary has it; nothing when nobody did."""
    if form.version == matter.group.version:
        return []

    def tell() -> str:
        with database.read() as session:
            return tell_last_act(session, matter.group.id)

    return [{"text": f"{await asyncio.to_thread(tell)} Nothing of yours was saved."}]


def draw_decide(
    request: Request, matter: Matter, form: DecideForm, faults: Sequence[Fault] = (), status: int = INVALID
) -> Response:
    """The first step."""
    return _draw(request, "decide/decide.html.jinja", matter, form, faults, status, kinds=kinds_for(matter))


def draw_teach(
    request: Request, matter: Matter, form: DecideForm, faults: Sequence[Fault] = (), status: int = INVALID
) -> Response:
    """The step that edits sentences into examples."""
    title = matter.titles.get(form.taught_label, form.taught_label)
    return _draw(request, "decide/teach.html.jinja", matter, form, faults, status, meaning=title)


async def draw_answer(
    request: Request,
    desk: EnquiryDesk,
    matter: Matter,
    form: DecideForm,
    faults: Sequence[Fault] = (),
    status: int = INVALID,
) -> Response:
    """The step that writes the answer and ticks its askers."""
    recipients = await read_recipients(desk, matter, form)
    values = {"recipients": recipients, "longest": LONGEST_ANSWER, "chats": CHATS}
    return _draw(request, "decide/answer.html.jinja", matter, form, faults, status, **values)


async def read_recipients(desk: EnquiryDesk, matter: Matter, form: DecideForm) -> list[Recipient]:
    """The askers who wait for an answer to what is decided."""

    def read() -> list[Recipient]:
        with desk.database.read() as session:
            return list_recipients(session, matter.group.id, channels_on(desk.settings), form.references)

    return await asyncio.to_thread(read)


def _draw(
    request: Request,
    template: str,
    matter: Matter,
    form: DecideForm,
    faults: Sequence[Fault],
    status: int,
    **values: Any,
) -> Response:
    # What was typed stays; sent again, it is judged against the group as it is drawn now.
    form = form.model_copy(update={"version": matter.group.version})
    fault_of = {fault["href"][1:]: fault["text"] for fault in faults if "href" in fault}
    values = {"matter": matter, "form": form, "errors": list(faults), "fault_of": fault_of, **values}
    return draw(request, template, status if faults else 200, **values)

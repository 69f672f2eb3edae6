"""One group: what is in it, who sees to it, and the words that an asker let us keep."""

import asyncio
from typing import Annotated

from fastapi import Form, Request, Response
from sqlalchemy.orm import Session

from assistant.console.access import Data, Desk, Who, allowed, console_router
from assistant.console.numbers import LARGEST, PageNumber, Version
from assistant.console.pages import draw, go_to
from assistant.db.engine import Database
from assistant.enquiries.references import REFERENCE_PATTERN
from assistant.registry.overview import number_models
from assistant.review.assigning import assign, list_assignees
from assistant.review.errors import GroupNotFoundError
from assistant.review.groups import GroupView, view_group
from assistant.review.revealing import reveal_words
from assistant.staff.audit import Act, record
from assistant.staff.models import Staff
from assistant.staff.roles import Permission, may

SHORTEST_REASON, LONGEST_REASON = 10, 300
NO_REASON = f"Say in {SHORTEST_REASON} to {LONGEST_REASON} characters why you need to read it"

router = console_router()


@router.get("/groups/{number}")
@allowed(Permission.REVIEW)
async def show_group(request: Request, who: Who, database: Data, number: int, page: PageNumber = 1) -> Response:
    """The group with a page of its enquiries."""
    return await _draw_group(request, who.staff, database, number, page)


@router.post("/groups/{number}/assign")
@allowed(Permission.REVIEW)
async def assign_group(
    who: Who,
    database: Data,
    number: int,
    version: Version,
    assignee: Annotated[str, Form(pattern=r"^(me|nobody|[1-9]\d{0,8})$")],
    back: Annotated[str | None, Form()] = None,
) -> Response:
    """Give the group to somebody. `back` is what the list was asked for, when the form stood there."""
    chosen = {"me": who.staff.id, "nobody": None}.get(assignee) if assignee in ("me", "nobody") else int(assignee)

    def work() -> str | None:
        with database.write() as session:
            return assign(session, number, version, chosen, who.staff.id)

    name = await asyncio.to_thread(work)
    note = f"Group {number} is assigned to {name}." if name else f"Group {number} is assigned to nobody."
    return go_to(f"/staff/groups/{number}" if back is None else f"/staff/queue?{back}".rstrip("?"), note)


@router.post("/groups/{number}/enquiries/{reference}/words")
@allowed(Permission.REVEAL)
async def show_words(
    request: Request,
    who: Who,
    desk: Desk,
    number: int,
    reference: str,
    reason: Annotated[str, Form()] = "",
    page: Annotated[int, Form(ge=1, le=LARGEST)] = 1,
) -> Response:
    """What an asker let us keep of racism they told of; recorded with the reason, and shown on this page only."""
    if not REFERENCE_PATTERN.fullmatch(reference):
        raise GroupNotFoundError
    why = " ".join(reason.split())
    if not SHORTEST_REASON <= len(why) <= LONGEST_REASON:
        errors = {f"reason-{reference}": NO_REASON}
        typed = {reference: reason}
        return await _draw_group(request, who.staff, desk.database, number, page, errors, typed)

    def work() -> str:
        with desk.database.write() as session:
            return reveal_words(session, desk.cipher, number, reference, who.staff.id, why)

    words = await asyncio.to_thread(work)
    return draw(request, "queue/words.html.jinja", number=number, reference=reference, words=words)


async def _draw_group(
    request: Request,
    staff: Staff,
    database: Database,
    number: int,
    page: int = 1,
    errors: dict[str, str] | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    def work() -> tuple[GroupView, list[Staff], dict[str, int]]:
        with database.read() as session:
            view, colleagues = view_group(session, number, page), list_assignees(session)
            models = number_models(session, (each.enquiry.model for each in view.members if each.enquiry.model))
        with database.write() as session:
            _record_view(session, staff.id, view)
        return view, colleagues, models

    view, colleagues, models = await asyncio.to_thread(work)
    return draw(
        request,
        "queue/group.html.jinja",
        422 if errors else 200,
        view=view,
        colleagues=colleagues,
        models=models,
        may_reveal=may(staff.role, Permission.REVEAL),
        errors=errors or {},
        typed=typed or {},
    )


def _record_view(session: Session, staff_id: int, view: GroupView) -> None:
    shown = [member.enquiry.reference for member in view.members]
    record(session, Act.VIEWED, staff_id, f"group:{view.group.id}", {"enquiries": shown})

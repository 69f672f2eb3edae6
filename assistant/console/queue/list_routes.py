"""The list of the queue, with search and filters."""

import asyncio
from collections.abc import Mapping

from fastapi import Request, Response

from assistant.console.access import Data, Who, allowed, console_router
from assistant.console.pages import draw
from assistant.console.queue.filters import AGES, NEWEST, URGENT, Asked, read_address
from assistant.console.queue.wording import KINDS, READ_FIRST, REASONS
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.models import GroupState
from assistant.review.assigning import list_assignees
from assistant.review.queue import CHANNELS, MOST_COUNTED, Page, count_groups, count_urgent, list_groups
from assistant.staff.audit import Act, record
from assistant.staff.models import Staff
from assistant.staff.roles import Permission

router = console_router()


@router.get("/queue")
@allowed(Permission.REVIEW)
async def show_queue(request: Request, who: Who, database: Data) -> Response:
    """A page of the groups that fit what is looked for."""
    asked = read_address(request.query_params, who.staff.id)
    page, counts, urgent, colleagues = await asyncio.to_thread(_read, database, asked)
    await asyncio.to_thread(_record, database, who.staff.id, asked, page)
    return draw(
        request,
        "queue/list.html.jinja",
        asked=asked,
        page=page,
        counts=counts,
        most_counted=MOST_COUNTED,
        urgent=urgent,
        urgent_address=f"/staff/queue?kind={URGENT}",
        following=asked.following(page.following) if page.following else None,
        choices=_choices(asked.values, who.staff, colleagues),
    )


def _read(database: Database, asked: Asked) -> tuple[Page, dict[GroupState, int], int, list[Staff]]:
    with database.read() as session:
        page = list_groups(session, asked.filters, now(), asked.after)
        return page, count_groups(session), count_urgent(session), list_assignees(session)


def _record(database: Database, staff_id: int, asked: Asked, page: Page) -> None:
    """Before anything is shown. What was searched for may be somebody's words: it is not written down."""
    act = Act.SEARCHED if asked.filters.words else Act.VIEWED
    with database.write() as session:
        record(session, act, staff_id, "queue", {"groups": [row.group.id for row in page.rows]})


def _choices(values: Mapping[str, str], own: Staff, colleagues: list[Staff]) -> dict[str, list[dict[str, object]]]:
    """The options of each field of the form."""
    others = {str(staff.id): staff.name for staff in colleagues if staff.id != own.id}
    options: dict[str, dict[str, str]] = {
        "reason": {"": "Any", **REASONS},
        "kind": {"": "Any", URGENT: READ_FIRST, **KINDS},
        "channel": {"": "Any", **CHANNELS},
        "assignee": {"": "Anybody", "me": "Me", "nobody": "Nobody yet", **others},
        "days": {"": "Any", **AGES},
        "order": {"": "Most askers first", NEWEST: "Newest first"},
    }
    return {
        name: [{"value": value, "text": text, "selected": values.get(name, "") == value} for value, text in of.items()]
        for name, of in options.items()
    }

"""What was decided on a group, and undoing the last of it."""

import asyncio
from typing import Annotated, Any

from fastapi import Form, Request, Response

from assistant.console.access import Data, Desk, Who, allowed, console_router
from assistant.console.pages import draw, go_to
from assistant.messaging.switched_on import channels_on
from assistant.review.answers import list_answers, list_recipients
from assistant.review.decisions import DID, find_last_decision, list_decisions, undo
from assistant.review.matters import read_matter
from assistant.review.meanings import title_of
from assistant.review.models import DecisionKind
from assistant.staff.roles import Permission

router = console_router()


@router.get("/groups/{group_id}/decisions")
@allowed(Permission.REVIEW)
async def show(request: Request, group_id: int, desk: Desk) -> Response:
    """Every decision on the group, newest first."""

    def read() -> dict[str, Any]:
        with desk.database.read() as session:
            matter = read_matter(session, group_id)
            last = find_last_decision(session, group_id)
            entries = [
                {
                    "decision": decision,
                    "who": name or "The assistant",
                    "what": DID[DecisionKind(decision.kind)],
                    "label": title_of(decision.label, matter.titles) if decision.label else "",
                    "can_undo": last is not None and decision.id == last.id and decision.kind != DecisionKind.ANSWER,
                }
                for decision, name in list_decisions(session, group_id)
            ]
            return {
                "matter": matter,
                "entries": entries,
                "answers": list_answers(session, group_id),
                "waiting": len(list_recipients(session, group_id, channels_on(desk.settings))),
            }

    return draw(request, "decide/decisions.html.jinja", **await asyncio.to_thread(read))


@router.post("/groups/{group_id}/decisions/{decision_id}/undo")
@allowed(Permission.REVIEW)
async def take_back(group_id: int, decision_id: int, version: Annotated[int, Form()], data: Data, who: Who) -> Response:
    """Undo the last decision."""

    def work() -> None:
        with data.write() as session:
            undo(session, group_id, version, decision_id, who.staff.id)

    await asyncio.to_thread(work)
    return go_to(f"/staff/groups/{group_id}/decisions", "Undone. What it taught is withdrawn.")

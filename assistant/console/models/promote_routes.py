"""Put a model live, or roll back to one: a page says what happens and why it may be stopped, a form does it."""

import asyncio
from typing import Annotated, Any

from fastapi import Form, Request, Response

from assistant.console.access import Data, Who, allowed, console_router
from assistant.console.models.model_routes import find_standing
from assistant.console.models.terms import short_name
from assistant.console.models.wording import read_comparison
from assistant.console.pages import draw, go_to
from assistant.db.engine import Database
from assistant.registry.errors import PromotionRefusedError, ReasonNeededError
from assistant.registry.models import Promotion
from assistant.registry.overview import Standing
from assistant.registry.promotions import find_live, promote
from assistant.staff.roles import Permission

router = console_router()
CONFLICT, UNPROCESSABLE = 409, 422
SHORTEST_REASON, LONGEST_REASON = 10, 500
NO_REASON = f"Say in {SHORTEST_REASON} to {LONGEST_REASON} characters why it should go live all the same"
CHANGED = "Another model went live meanwhile, or this one was judged. Look again at what happens; nothing was changed."
TOO_LONG = f"Give the reason in at most {LONGEST_REASON} characters"


@router.get("/models/{number}/promote")
@allowed(Permission.MODELS)
async def ask(request: Request, data: Data, number: int) -> Response:
    """What putting it live would do."""
    return await _draw(request, data, number)


@router.post("/models/{number}/promote")
@allowed(Permission.MODELS)
async def confirm(
    request: Request,
    data: Data,
    who: Who,
    number: int,
    basis: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Put it live, if everything is still as the page showed it."""
    why = reason.strip()

    def work() -> str:
        with data.write() as session:
            standing, live = find_standing(session, number), find_live(session)
            if basis != _basis(standing, live):
                raise PromotionRefusedError(CHANGED)
            if len(why) > LONGEST_REASON or (standing.is_gated and len(why) < SHORTEST_REASON):
                raise ReasonNeededError(NO_REASON if standing.is_gated else TOO_LONG)
            promote(session, standing.model, who.staff.id, why)
            return short_name(standing.model.name)

    try:
        name = await asyncio.to_thread(work)
    except ReasonNeededError as error:
        return await _draw(request, data, number, UNPROCESSABLE, reason=reason, fault=str(error))
    except PromotionRefusedError as error:
        return await _draw(request, data, number, CONFLICT, reason=reason, conflict=str(error))
    return go_to("/staff/models", f"{name} is live. It answers within seconds, and no message is lost.")


async def _draw(
    request: Request,
    data: Database,
    number: int,
    status: int = 200,
    reason: str = "",
    fault: str = "",
    conflict: str = "",
) -> Response:
    def read() -> dict[str, Any]:
        with data.read() as session:
            standing, live = find_standing(session, number), find_live(session)
            judgement = standing.judgement
            is_current = judgement is not None and live is not None and judgement.against_id == live.model_id
            return {
                "standing": standing,
                "live": live,
                "basis": _basis(standing, live),
                "comparison": read_comparison(judgement) if judgement and is_current else None,
            }

    values = await asyncio.to_thread(read)
    errors = [{"text": text, "href": href} for text, href in ((fault, "#reason"), (conflict, "#now")) if text]
    limit = {"longest": LONGEST_REASON}
    return draw(
        request, "models/promote.html.jinja", status, reason=reason, fault=fault, errors=errors, **limit, **values
    )


def _basis(standing: Standing, live: Promotion | None) -> str:
    """What the page showed: which promotion is the newest, and how the model was judged."""
    judgement = standing.judgement
    return f"{live.id if live else 0}.{judgement.id if judgement else 0}.{standing.state}"

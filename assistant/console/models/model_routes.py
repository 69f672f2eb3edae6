"""One model: what it was made of, when it was live, and how it compares with the live one."""

import asyncio
from typing import Any

from fastapi import HTTPException, Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.console.access import Data, Who, allowed, console_router
from assistant.console.models.overview_routes import begin
from assistant.console.models.wording import Comparison, read_comparison, read_findings, references_in
from assistant.console.pages import draw
from assistant.db.engine import Database
from assistant.enquiries.models import Enquiry
from assistant.registry.models import RunKind, TrainedModel
from assistant.registry.overview import Standing, find_training, list_periods, name_models, stand
from assistant.registry.promotions import find_live
from assistant.registry.runs import find_unfinished
from assistant.review.meanings import list_titles
from assistant.staff.audit import Act, record
from assistant.staff.reading import staff_names
from assistant.staff.roles import Permission, may

router = console_router()
NO_MODEL = "There is no such model. The list of models shows all there are."


@router.get("/models/{number}")
@allowed(Permission.REPORT)
async def show(request: Request, data: Data, who: Who, number: int) -> Response:
    """The model. Members' words that its comparison shows are recorded as viewed."""

    def work() -> dict[str, Any]:
        with data.read() as session:
            values = _read(session, number)
        _record_words(data, who.staff.id, number, values["words"])
        return values

    values = await asyncio.to_thread(work)
    return draw(request, "models/model.html.jinja", may_change=may(who.staff.role, Permission.MODELS), **values)


@router.post("/models/{number}/judge")
@allowed(Permission.MODELS)
async def judge(request: Request, data: Data, who: Who, number: int) -> Response:
    """Have the model judged against the live one, unless a run is under way."""
    await asyncio.to_thread(_look, data, number)
    return await begin(request, data, who.staff, RunKind.JUDGE, number)


def find_standing(session: Session, number: int) -> Standing:
    """The model of this number. Raises HTTPException when there is none."""
    model = session.get(TrainedModel, number)
    if model is None:
        raise HTTPException(404, NO_MODEL)
    return stand(session, [model])[0]


def _look(data: Database, number: int) -> None:
    with data.read() as session:
        find_standing(session, number)


def _read(session: Session, number: int) -> dict[str, Any]:
    standing, titles = find_standing(session, number), list_titles(session)
    judgement, training = standing.judgement, find_training(session, number)
    comparison = read_comparison(judgement) if judgement else None
    return {
        "standing": standing,
        "model": standing.model,
        "live": find_live(session),
        "periods": list_periods(session, number),
        "names": staff_names(session),
        "comparison": comparison,
        "against": name_models(session, [judgement.against_id])[judgement.against_id] if judgement else "",
        "words": _words_of(session, comparison),
        "training": training,
        "findings": read_findings(training.findings, titles) if training else None,
        "is_busy": find_unfinished(session) is not None,
    }


def _words_of(session: Session, comparison: Comparison | None) -> dict[str, str]:
    """Of the members' enquiries that are named, those whose words are still kept."""
    references = list(references_in(comparison)) if comparison else []
    kept = select(Enquiry.reference, Enquiry.text).where(Enquiry.reference.in_(references), Enquiry.text.is_not(None))
    return {reference: text or "" for reference, text in session.execute(kept)}


def _record_words(data: Database, staff_id: int, number: int, words: dict[str, str]) -> None:
    if words:
        with data.write() as session:
            record(session, Act.VIEWED, staff_id, f"model:{number}", {"enquiries": sorted(words)})

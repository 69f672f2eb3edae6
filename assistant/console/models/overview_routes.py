"""The models and the run under way; what was live when; the runs that ended. Training begins and is cancelled here."""

import asyncio
from collections.abc import Sequence
from typing import Any

from fastapi import Request, Response
from sqlalchemy.orm import Session

from assistant.catalogue.examples import count_unlearnt
from assistant.console.access import Data, Who, allowed, console_router
from assistant.console.models.terms import percent, stage_of
from assistant.console.models.wording import read_findings, score_of
from assistant.console.numbers import PageNumber
from assistant.console.pages import draw, go_to
from assistant.db.engine import Database
from assistant.registry.errors import RunInProgressError
from assistant.registry.models import Promotion, Run, RunKind, TrainedModel
from assistant.registry.overview import count_pages, list_periods, list_runs, list_standings, name_models
from assistant.registry.runs import ask_for_run, cancel_run, find_unfinished, get_run
from assistant.review.meanings import list_titles
from assistant.staff.models import Staff
from assistant.staff.reading import staff_names
from assistant.staff.roles import Permission, may

router = console_router()

RECENT = 5  # periods and runs on the overview
CONFLICT = 409
NOTHING_NEW = 204  # upon which htmx leaves the page as it is
STANDING = "#standing"  # all of the overview but its heading
CANCELLED = "It will be cancelled within seconds. What is live stays live."


@router.get("/models")
@allowed(Permission.REPORT)
async def show(
    request: Request, data: Data, who: Who, page: PageNumber = 1, run: int = 0, percent: int = -1, stage: str = ""
) -> Response:
    """The models, page by page. `run`, `percent` and `stage` are what a page that looks again has seen already."""
    values = await asyncio.to_thread(_read, data, page)
    looks_again, current = "hx-request" in request.headers, values["run"]
    if looks_again and current and (current.id, values["percent"], values["stage"]) == (run, percent, stage):
        return Response(status_code=NOTHING_NEW)
    response = _draw(request, who.staff, values, is_stage_new=looks_again and values["stage"] != stage)
    if looks_again and (current is None or current.id != run):  # it ended, and everything on the page may be new
        response.headers.update({"HX-Retarget": STANDING, "HX-Reselect": STANDING})
    return response


@router.post("/models/train")
@allowed(Permission.MODELS)
async def train(request: Request, data: Data, who: Who) -> Response:
    """Have a model trained, unless a run is under way."""
    return await begin(request, data, who.staff, RunKind.TRAIN)


@router.get("/models/history")
@allowed(Permission.REPORT)
async def show_history(request: Request, data: Data, page: PageNumber = 1) -> Response:
    """Every period in which a model was live."""

    def read() -> dict[str, Any]:
        with data.read() as session:
            pages = count_pages(session, Promotion)
            shown = min(page, pages)
            return {
                "periods": list_periods(session, page=shown),
                "names": staff_names(session),
                "page": shown,
                "pages": pages,
            }

    return draw(request, "models/history.html.jinja", **await asyncio.to_thread(read))


@router.get("/models/runs")
@allowed(Permission.REPORT)
async def show_runs(request: Request, data: Data, page: PageNumber = 1) -> Response:
    """Every run that ended."""

    def read() -> dict[str, Any]:
        with data.read() as session:
            pages = count_pages(session, Run)
            shown = min(page, pages)
            runs = list_runs(session, shown)
            return {"runs": runs, "page": shown, "pages": pages, **_names(session, runs)}

    return draw(request, "models/runs.html.jinja", **await asyncio.to_thread(read))


@router.get("/models/runs/{number}")
@allowed(Permission.REPORT)
async def show_run(request: Request, data: Data, number: int) -> Response:
    """How a run ended, and what was found about the sentences before."""

    def read() -> dict[str, Any]:
        with data.read() as session:
            run = get_run(session, number)
            findings = read_findings(run.findings, list_titles(session))
            return {"run": run, "findings": findings, **_names(session, [run])}

    return draw(request, "models/run.html.jinja", **await asyncio.to_thread(read))


@router.post("/models/runs/{number}/cancel")
@allowed(Permission.MODELS)
async def cancel(data: Data, who: Who, number: int) -> Response:
    """Have a run end, unless it has."""

    def work() -> bool:
        with data.write() as session:
            has_ended = get_run(session, number).finished_at is not None
            cancel_run(session, number, who.staff.id)
            return has_ended

    has_ended = await asyncio.to_thread(work)
    return go_to("/staff/models", "It had ended already, so there was nothing to cancel." if has_ended else CANCELLED)


async def begin(request: Request, data: Database, staff: Staff, kind: RunKind, model_id: int | None = None) -> Response:
    """Ask for a run and show the overview, where its progress is."""

    def work() -> None:
        with data.write() as session:
            ask_for_run(session, kind, staff.id, model_id=model_id)

    try:
        await asyncio.to_thread(work)
    except RunInProgressError as error:
        values = await asyncio.to_thread(_read, data, 1)
        return _draw(request, staff, values, CONFLICT, errors=[{"text": str(error), "href": STANDING}])
    return go_to("/staff/models", "It begins within seconds. You may leave this page and come back.")


def _draw(request: Request, staff: Staff, values: dict[str, Any], status: int = 200, **more: Any) -> Response:
    may_change = may(staff.role, Permission.MODELS)
    return draw(request, "models/overview.html.jinja", status, may_change=may_change, **values, **more)


def _read(data: Database, page: int) -> dict[str, Any]:
    with data.read() as session:
        pages = count_pages(session, TrainedModel)
        shown = min(page, pages)
        periods, runs = list_periods(session, limit=RECENT + 1), list_runs(session, limit=RECENT + 1)
        run, standings = find_unfinished(session), list_standings(session, shown)
        live = periods[0].promotion if periods else None
        return {
            "live": live,
            "new_examples": count_unlearnt(session),
            "run": run,
            "percent": percent(run.done) if run else None,
            "stage": stage_of(run) if run else "",
            "standings": standings,
            "scores": {each.model.id: score_of(each.judgement) for each in standings},
            "page": shown,
            "pages": pages,
            "periods": periods[:RECENT],
            "has_more_periods": len(periods) > RECENT,
            "runs": runs[:RECENT],
            "has_more_runs": len(runs) > RECENT,
            **_names(session, [*runs, *([run] if run else [])]),
        }


def _names(session: Session, runs: Sequence[Run]) -> dict[str, Any]:
    """Of staff, and of the models that these runs made or judged."""
    return {"names": staff_names(session), "models": name_models(session, (run.model_id for run in runs))}

"""The dashboards, and the files that are taken out of them."""

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import Form, Query, Request, Response
from fastapi.responses import StreamingResponse

from assistant.catalogue.models import Offer
from assistant.console.access import Data, Who, allowed, console_router
from assistant.console.charts import draw_share, rank, short_day, stack_weeks
from assistant.console.pages import TEMPLATES, draw
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.review.counting import count_days
from assistant.review.exports import (
    Questions,
    read_figure_rows,
    read_questions,
    record_figures,
    record_questions,
)
from assistant.review.figures import ANSWERED, PERIODS, Breakdown, Figures, Sum, read_figures
from assistant.review.spreadsheets import write_rows
from assistant.review.weeks import day_of, last_weeks, read_day
from assistant.staff.roles import Permission, may

GROUP = "/staff/groups/{}"
HIDDEN = "hidden"
TOO_FEW = "too few to say"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NO_DAY = "Write the {} as a day, such as 2026-11-03"

router = console_router()
Weeks = Annotated[int, Query()]


@router.get("/figures")
@allowed(Permission.REPORT)
async def show_figures(request: Request, database: Data, who: Who, weeks: Weeks = PERIODS[0]) -> Response:
    """What was asked in the last weeks, and what came of it."""
    weeks = _known_period(weeks)
    figures, names = await asyncio.to_thread(_read, database, weeks)
    offers = [(names.get(slug, slug), count) for slug, count in figures.offers]
    charts = {
        "channels": stack_weeks("channels", "Enquiries by week and channel", figures.channels),
        "results": stack_weeks("results", "What came of enquiries, by week", figures.results),
        "useful": stack_weeks("useful", "What askers said of answers, by week", figures.useful),
        "answered": draw_share("answered", "Share of enquiries answered, by week", figures.results, ANSWERED),
        "offers": rank("offers", "Offers shown most", offers),
    }
    return draw(
        request,
        "figures/page.html.jinja",
        weeks=weeks,
        periods=PERIODS,
        figures=figures,
        charts=charts,
        offers=offers,
        shares={each.name: _share(each, figures.results.total) for each in figures.results.sums},
        answered=list(_weekly_share(figures.results, ANSWERED)),
        may_export=may(who.staff.role, Permission.EXPORT),
    )


@router.get("/figures/take-out")
@allowed(Permission.EXPORT)
async def choose_files(request: Request, weeks: Weeks = PERIODS[0]) -> Response:
    """Which file to take out."""
    weeks = _known_period(weeks)
    today = day_of(now())
    form = {"first": last_weeks(weeks, now())[0].isoformat(), "last": today.isoformat()}
    return draw(request, "figures/take_out.html.jinja", weeks=weeks, periods=PERIODS, form=form, errors={})


@router.post("/figures/take-out/figures")
@allowed(Permission.EXPORT)
async def take_figures(database: Data, who: Who, weeks: Annotated[int, Form()]) -> Response:
    """The figures as a file."""
    weeks = _known_period(weeks)
    figures, _ = await asyncio.to_thread(_read, database, weeks)
    await asyncio.to_thread(_record_figures, database, who.staff.id, weeks)
    name = f"figures-{weeks}-weeks-to-{day_of(now())}.csv"
    return _file(write_rows(read_figure_rows(figures)), name)


@router.post("/figures/take-out/questions")
@allowed(Permission.EXPORT)
async def take_questions(
    request: Request,
    database: Data,
    who: Who,
    first: Annotated[str, Form()] = "",
    last: Annotated[str, Form()] = "",
    with_text: Annotated[bool, Form()] = False,
    reason: Annotated[str, Form()] = "",
) -> Response:
    """The questions of a period as a file, or the form again with what is wrong."""
    days = {"first": read_day(first), "last": read_day(last)}
    errors = {name: NO_DAY.format(f"{name} day") for name, day in days.items() if day is None}
    if not errors and days["last"] < days["first"]:  # type: ignore[operator]
        errors["last"] = "The last day must not be before the first"
    if with_text and not reason.strip():
        errors["reason"] = "Say why you need what members wrote"
    if errors:
        form = {"first": first, "last": last, "with_text": with_text, "reason": reason}
        values = {"weeks": PERIODS[0], "periods": PERIODS, "form": form, "errors": errors}
        return draw(request, "figures/take_out.html.jinja", 422, **values)
    assert days["first"] and days["last"]
    wanted = Questions(days["first"], days["last"], with_text, reason)
    await asyncio.to_thread(_record_questions, database, who.staff.id, wanted)
    return _file(write_rows(read_questions(database, wanted)), wanted.file_name)


def _read(database: Database, weeks: int) -> tuple[Figures, dict[str, str]]:
    moment = now()
    count_days(database, moment)
    with database.read() as session:
        names = {slug: name for slug, name in session.query(Offer.slug, Offer.short_name)}
        return read_figures(session, weeks, moment), names


def _record_figures(database: Database, staff_id: int, weeks: int) -> None:
    with database.write() as session:
        record_figures(session, staff_id, weeks)


def _record_questions(database: Database, staff_id: int, wanted: Questions) -> None:
    with database.write() as session:
        record_questions(session, staff_id, wanted)


def _file(content: Iterator[bytes], name: str) -> Response:
    """A file to keep; `name` is one of ours."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(content, headers=headers, media_type="text/csv; charset=utf-8")


def _known_period(weeks: int) -> int:
    return weeks if weeks in PERIODS else PERIODS[0]


def _share(part: Sum, total: Sum) -> str:
    """A percentage; "about" where something is hidden."""
    if not total.count or not (part.count or part.is_exact):
        return TOO_FEW
    return f"{'' if part.is_exact and total.is_exact else 'about '}{part.count / total.count:.0%}"


def _weekly_share(breakdown: Breakdown, name: str) -> Iterator[tuple[date, str]]:
    index = breakdown.names.index(name)
    for monday, week in breakdown.weeks:
        count = week.cells[index]
        if count is None or week.total is None:
            yield monday, HIDDEN
        else:
            yield monday, f"{count / week.total:.0%}" if week.total else "–"


def _shown(count: int | None) -> str:
    return HIDDEN if count is None else f"{count:,}"


def _at_least(total: Sum) -> str:
    return f"{total.count:,}" if total.is_exact else f"at least {total.count:,}" if total.count else HIDDEN


def _duration(time: timedelta | None) -> str:
    """A time as people say it."""
    if time is None:
        return TOO_FEW
    for size, unit, most in ((MINUTE, "minute", 2 * HOUR), (HOUR, "hour", 2 * DAY), (DAY, "day", None)):
        count = max(round(time / size), 1)
        if most is None or time < most:
            return f"{count} {unit}{'' if count == 1 else 's'}"
    raise AssertionError("Days have no end.")


def _group_path(number: int) -> str:
    return GROUP.format(number)


FILTERS: dict[str, Any] = {
    "shown": _shown,
    "at_least": _at_least,
    "duration": _duration,
    "short_day": short_day,
    "group_path": _group_path,
}
TEMPLATES.filters.update(FILTERS)

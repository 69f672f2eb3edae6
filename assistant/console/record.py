"""The record of acts: who saw, changed and took out what; and whether it is whole."""

import asyncio
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query, Request, Response

from assistant.console.access import Desk, allowed, console_router
from assistant.console.numbers import LARGEST
from assistant.console.pages import TEMPLATES, draw
from assistant.db.engine import Database
from assistant.review.weeks import read_day, start_of
from assistant.staff.anchor import Anchor, AnchorError, read_anchor
from assistant.staff.anchor import check_record as check
from assistant.staff.audit import Act
from assistant.staff.reading import Filter, Page, read_entries, staff_names
from assistant.staff.roles import Permission

DAY = timedelta(days=1)
SUBJECT_LENGTH = 80
NUMBER = re.compile("[0-9]{1,9}")

router = console_router()
Text = Annotated[str, Query(max_length=SUBJECT_LENGTH)]


@router.get("/record")
@allowed(Permission.AUDIT)
async def show_record(
    request: Request,
    desk: Desk,
    who: Text = "",
    act: Text = "",
    subject: Text = "",
    since: Text = "",
    until: Text = "",
    before: Annotated[int | None, Query(ge=0, le=LARGEST)] = None,
) -> Response:
    """A page of the record, narrowed down as asked for."""
    form = {"who": who, "act": act, "subject": subject, "since": since, "until": until}
    days, errors = _read_days(form)
    wanted = Filter(
        int(who) if NUMBER.fullmatch(who) else None,
        act.replace("\0", "") or None,
        subject.replace("\0", "").strip() or None,
        start_of(days["since"]) if "since" in days else None,
        start_of(days["until"] + DAY) if "until" in days else None,
    )
    page, names, anchor = await asyncio.to_thread(_read, desk.database, desk.settings.var_folder, wanted, before)
    asked = {name: value for name, value in form.items() if value}
    return draw(
        request,
        "record/page.html.jinja",
        422 if errors else 200,
        entries=page.entries,
        names=names,
        anchor=anchor,
        acts=[(each.value, act_words(each.value)) for each in Act],
        form=form,
        errors=errors,
        is_narrowed=bool(asked),
        older=f"/staff/record?{urlencode({**asked, 'before': page.older})}" if page.older else None,
        newest=f"/staff/record?{urlencode(asked)}" if before is not None else None,
    )


@router.get("/record/check")
@allowed(Permission.AUDIT)
async def check_record(request: Request, desk: Desk) -> Response:
    """Whether the whole record is as it was written; looks at every entry."""

    def look(database: Database) -> Any:
        with database.read() as session:
            return check(session, desk.settings.var_folder)

    verdict = await asyncio.to_thread(look, desk.database)
    return draw(request, "record/check.html.jinja", verdict=verdict)


def _read(
    database: Database, folder: Path, wanted: Filter, before: int | None
) -> tuple[Page, dict[int, str], Anchor | None]:
    with database.read() as session:
        try:
            anchor = read_anchor(session, folder)
        except AnchorError:  # the check says so; the record can be read all the same
            anchor = None
        return read_entries(session, wanted, before), staff_names(session), anchor


def _read_days(form: dict[str, str]) -> tuple[dict[str, date], dict[str, str]]:
    """The days of the form, and what is wrong with those that are none."""
    days, errors = {}, {}
    for name, label in (("since", "first day"), ("until", "last day")):
        if not form[name].strip():
            continue
        if day := read_day(form[name]):
            days[name] = day
        else:
            errors[name] = f"Write the {label} as a day, such as 2026-11-03"
    return days, errors


def act_words(act: str) -> str:
    """An act as words: Sign in failed."""
    return act.replace("_", " ").capitalize()


def detail_words(value: object) -> str:
    """A detail of an entry as words."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value is None else str(value)


TEMPLATES.filters.update(act_words=act_words, detail_words=detail_words)

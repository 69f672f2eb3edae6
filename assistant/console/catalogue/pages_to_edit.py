"""Pages of the catalogue that change it: forms, publishing, discarding, putting back, checks."""

import asyncio
from typing import Annotated, Any

from fastapi import Form, Query
from fastapi.requests import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.catalogue.editing import Vouching
from assistant.catalogue.errors import EditedMeanwhileError, EntryRefusedError
from assistant.catalogue.kinds import Kind, Place
from assistant.console.access import Desk, SignedIn, Who, allowed, console_router
from assistant.console.catalogue.fields import FIELDS, read_values, typed_again, typed_values
from assistant.console.catalogue.options import read_options
from assistant.console.catalogue.pages_to_read import PATH, read_draft, read_version
from assistant.console.catalogue.questions import read_question
from assistant.console.catalogue.shelf import Shelf
from assistant.console.catalogue.units import HOME, ONE, change, draw_page, look, page_of
from assistant.console.pages import go_to
from assistant.enquiries.desk import EnquiryDesk
from assistant.staff.roles import Permission

router = console_router()
CONFLICT, UNPROCESSABLE = 409, 422
AT_ONCE = "Members see it from now on."
AFTER_TRAINING = f"{AT_ONCE} New names are understood after the next training."

Basis = Annotated[str, Form()]
Why = Annotated[str, Form()]
Checked = Annotated[bool, Form()]
# Typed by the browser, so that a group that does not exist, or no number, shows the form all the same.
FromGroup = Annotated[str, Query(alias="from")]


@router.get(f"{PATH}/{{kind}}/new")
@allowed(Permission.EDIT)
async def begin(request: Request, desk: Desk, who: Who, kind: Kind, group: FromGroup = "") -> HTMLResponse:
    """The form of a new entry, beside the question that asked for it."""
    return await _draw_form(request, desk, who, kind, typed=typed_values(kind, {}), group=group)


@router.post(f"{PATH}/{{kind}}/new")
@allowed(Permission.EDIT)
async def create(request: Request, desk: Desk, who: Who, kind: Kind, group: FromGroup = "") -> Response:
    """Keep a new entry as a draft."""
    form = await request.form()
    try:
        place = await change(desk, lambda shelf: shelf.editor(who.staff.id).create(kind, read_values(kind, form)))
    except EntryRefusedError as error:
        typed = typed_again(kind, form)
        return await _draw_form(request, desk, who, kind, typed=typed, errors=error.problems, group=group)
    return go_to(f"{page_of(place)}/draft", "The draft is saved. Members do not see it yet.")


@router.get(f"{PATH}/{{kind}}/{{slug}}/edit")
@allowed(Permission.EDIT)
async def edit(request: Request, desk: Desk, who: Who, kind: Kind, slug: str) -> HTMLResponse:
    """The form of an entry, with what its draft or else members see."""
    place = Place(kind, slug)
    entry = await look(desk, lambda shelf: shelf.entry(place))
    content = entry.history.draft.content if entry.history.draft else entry.standing or {}
    typed = typed_values(kind, content)
    return await _draw_form(request, desk, who, kind, typed=typed, place=place, basis=entry.history.basis)


@router.post(f"{PATH}/{{kind}}/{{slug}}/edit")
@allowed(Permission.EDIT)
async def save(request: Request, desk: Desk, who: Who, kind: Kind, slug: str, basis: Basis = "") -> Response:
    """Keep what was typed as the entry's draft."""
    form, place = await request.form(), Place(kind, slug)
    values = read_values(kind, form)
    try:
        await change(desk, lambda shelf: shelf.editor(who.staff.id).save(place, values, basis))
    except (EntryRefusedError, EditedMeanwhileError) as error:
        errors = error.problems if isinstance(error, EntryRefusedError) else {"": str(error)}
        typed = typed_again(kind, form)
        return await _draw_form(request, desk, who, kind, typed=typed, place=place, basis=basis, errors=errors)
    return go_to(f"{page_of(place)}/draft", "The draft is saved. Members do not see it yet.")


@router.post(f"{PATH}/{{kind}}/{{slug}}/publish")
@allowed(Permission.EDIT)
async def publish(
    request: Request,
    desk: Desk,
    who: Who,
    kind: Kind,
    slug: str,
    basis: Basis = "",
    why: Why = "",
    checked: Checked = False,
) -> Response:
    """Show the draft to members."""
    place, vouching = Place(kind, slug), Vouching(why, checked)
    try:
        await change(desk, lambda shelf: shelf.editor(who.staff.id).publish(place, basis, vouching))
    except EntryRefusedError as error:
        values = await look(desk, lambda shelf: read_draft(shelf, place))
        return draw_page(request, "draft", UNPROCESSABLE, errors=error.problems, typed=vouching, **values)
    await _tell_desk(desk, kind)
    return go_to(page_of(place), f"Published. {_consequence(kind)}")


@router.post(f"{PATH}/{{kind}}/{{slug}}/discard")
@allowed(Permission.EDIT)
async def discard(desk: Desk, who: Who, kind: Kind, slug: str, basis: Basis = "") -> RedirectResponse:
    """Throw the draft away."""
    place = Place(kind, slug)

    def work(shelf: Shelf) -> bool:
        shelf.editor(who.staff.id).discard(place, basis)
        return shelf.entry_exists(place)

    exists = await change(desk, work)
    return go_to(page_of(place) if exists else HOME, "The draft is discarded. Members see what they saw before.")


@router.post(f"{PATH}/{{kind}}/{{slug}}/versions/{{number}}")
@allowed(Permission.EDIT)
async def put_back(
    request: Request,
    desk: Desk,
    who: Who,
    kind: Kind,
    slug: str,
    number: int,
    basis: Basis = "",
    why: Why = "",
    checked: Checked = False,
) -> Response:
    """Show members an earlier version again."""
    place, vouching = Place(kind, slug), Vouching(why, checked)
    try:
        await change(desk, lambda shelf: shelf.editor(who.staff.id).put_back(place, number, basis, vouching))
    except EntryRefusedError as error:
        values = await look(desk, lambda shelf: read_version(shelf, place, number))
        return draw_page(request, "version", UNPROCESSABLE, errors=error.problems, typed=vouching, **values)
    await _tell_desk(desk, kind)
    return go_to(page_of(place), f"The earlier version is back. {_consequence(kind)}")


@router.post(f"{PATH}/{{kind}}/{{slug}}/checked")
@allowed(Permission.EDIT)
async def confirm(desk: Desk, who: Who, kind: Kind, slug: str, then: Annotated[str, Form()] = "") -> RedirectResponse:
    """Keep that somebody checked the entry with its owner today."""
    place = Place(kind, slug)
    await change(desk, lambda shelf: shelf.editor(who.staff.id).confirm(place))
    await _tell_desk(desk, kind)
    return go_to(f"{HOME}/due" if then == "due" else page_of(place), "It is kept that you checked it today.")


async def _tell_desk(desk: EnquiryDesk, kind: Kind) -> None:
    """What people in need are pointed to is kept in memory."""
    if kind is Kind.SIGNPOSTS:
        await asyncio.to_thread(desk.take_signposts)


def _consequence(kind: Kind) -> str:
    return AFTER_TRAINING if kind in (Kind.OFFERS, Kind.PEOPLE) else AT_ONCE


async def _draw_form(
    request: Request,
    desk: EnquiryDesk,
    who: SignedIn,
    kind: Kind,
    *,
    typed: dict[str, Any],
    place: Place | None = None,
    basis: str = "",
    errors: dict[str, str] | None = None,
    group: str = "",
) -> HTMLResponse:
    def read(shelf: Shelf) -> dict[str, Any]:
        return {
            "options": read_options(shelf.session, place),
            "entry": shelf.entry(place) if place else None,
            "question": read_question(shelf.session, who.staff.id, group),
        }

    values = await (change if group else look)(desk, read)
    is_conflict = errors is not None and "" in errors and place is not None
    status = (CONFLICT if is_conflict else UNPROCESSABLE) if errors else 200
    title = f"Edit {ONE[kind]}" if place else f"New {ONE[kind]}"
    values |= {"kind": kind, "fields": FIELDS[kind], "typed": typed, "basis": basis, "title": title, "group": group}
    return draw_page(request, "form", status, errors=errors or {}, **values)

"""Pages of the catalogue that only show: the list, checks that are due, an entry, an earlier version."""

from typing import Any

from fastapi.requests import Request
from fastapi.responses import HTMLResponse

from assistant.catalogue.errors import EntryNotFoundError
from assistant.catalogue.kinds import Kind, Place
from assistant.catalogue.models import RevisionState
from assistant.console.access import Desk, allowed, console_router
from assistant.console.catalogue.options import read_options
from assistant.console.catalogue.shelf import Shelf, moment_of
from assistant.console.catalogue.units import HOME, draw_page, look
from assistant.staff.roles import Permission

router = console_router()
PATH = HOME.removeprefix("/staff")


@router.get(PATH)
@allowed(Permission.REVIEW)
async def show_catalogue(request: Request, desk: Desk) -> HTMLResponse:
    """Everything in the catalogue, by kind."""
    stages, others, due = await look(desk, lambda shelf: (shelf.stages(), shelf.others(), len(shelf.due())))
    return draw_page(request, "list", stages=stages, others=others, due=due)


@router.get(f"{PATH}/due")
@allowed(Permission.REVIEW)
async def show_due(request: Request, desk: Desk) -> HTMLResponse:
    """What should be checked with its owner."""
    return draw_page(request, "due", due=await look(desk, lambda shelf: shelf.due()))


@router.get(f"{PATH}/{{kind}}/{{slug}}")
@allowed(Permission.REVIEW)
async def show_entry(request: Request, desk: Desk, kind: Kind, slug: str) -> HTMLResponse:
    """One entry with all its fields and its history."""

    def read(shelf: Shelf) -> dict[str, Any]:
        entry = shelf.entry(Place(kind, slug))
        shown = shelf.preview(kind, entry.standing) if entry.standing else None
        return {"entry": entry, "shown": shown, "options": _texts(shelf)}

    return draw_page(request, "entry", moment_of=moment_of, **await look(desk, read))


@router.get(f"{PATH}/{{kind}}/{{slug}}/draft")
@allowed(Permission.REVIEW)
async def show_draft(request: Request, desk: Desk, kind: Kind, slug: str) -> HTMLResponse:
    """What is being written, as members will see it, with what it changes."""
    return draw_page(request, "draft", **await look(desk, lambda shelf: read_draft(shelf, Place(kind, slug))))


@router.get(f"{PATH}/{{kind}}/{{slug}}/versions/{{number}}")
@allowed(Permission.REVIEW)
async def show_version(request: Request, desk: Desk, kind: Kind, slug: str, number: int) -> HTMLResponse:
    """What members saw before."""
    values = await look(desk, lambda shelf: read_version(shelf, Place(kind, slug), number))
    return draw_page(request, "version", **values)


def read_draft(shelf: Shelf, place: Place) -> dict[str, Any]:
    """What the page of a draft shows. Raises EntryNotFoundError when there is none."""
    entry = shelf.entry(place)
    if entry.history.draft is None:
        raise EntryNotFoundError
    return _compared(shelf, place, entry.history.draft.content) | {"draft": entry.history.draft, "entry": entry}


def read_version(shelf: Shelf, place: Place, number: int) -> dict[str, Any]:
    """What the page of an earlier version shows. Raises EntryNotFoundError when it is none."""
    entry = shelf.entry(place)
    version = entry.history.find(number)
    if version is None or version.state != RevisionState.REPLACED.value:
        raise EntryNotFoundError
    values = _compared(shelf, place, version.content)
    return {**values, "version": version, "entry": entry, "moment": moment_of(version)}


def _compared(shelf: Shelf, place: Place, content: dict[str, Any]) -> dict[str, Any]:
    entry = shelf.entry(place)
    return {
        "content": content,
        "shown": shelf.preview(place.kind, content),
        "needs_check": shelf.needs_check(place, content),
        "changed": [name for name in content if (entry.standing or {}).get(name) != content[name]],
        "options": _texts(shelf),
    }


def _texts(shelf: Shelf) -> dict[str, dict[str, str]]:
    """What the options are called, by list and value."""
    return {name: dict(options) for name, options in read_options(shelf.session).items()}

"""Units of work of the catalogue's pages: each in a thread of its own, with one session."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import HTMLResponse

from assistant.catalogue.kinds import Kind, Place
from assistant.console.catalogue.fields import FIELDS
from assistant.console.catalogue.shelf import Shelf
from assistant.console.pages import draw
from assistant.enquiries.desk import EnquiryDesk
from assistant.staff.roles import Permission, may

HOME = "/staff/catalogue"
T = TypeVar("T")

# What pages call each kind, one and several.
ONE = {
    Kind.OFFERS: "offer",
    Kind.PEOPLE: "person",
    Kind.TOPICS: "topic",
    Kind.CONTACTS: "contact",
    Kind.SIGNPOSTS: "signpost",
}


async def look(desk: EnquiryDesk, work: Callable[[Shelf], T]) -> T:
    """Read."""

    def unit() -> T:
        with desk.database.read() as session:
            return work(Shelf(session, desk))

    return await asyncio.to_thread(unit)


async def change(desk: EnquiryDesk, work: Callable[[Shelf], T]) -> T:
    """Change something; what is raised undoes it."""

    def unit() -> T:
        with desk.database.write() as session:
            return work(Shelf(session, desk))

    return await asyncio.to_thread(unit)


def page_of(place: Place) -> str:
    """The address of an entry's page."""
    return f"{HOME}/{place.kind}/{place.slug}"


def draw_page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page of the catalogue, with what several of them use."""
    role = request.state.signed_in.staff.role
    return draw(
        request,
        f"catalogue/{name}.html.jinja",
        status,
        home=HOME,
        one=ONE,
        all_fields=FIELDS,
        page_of=page_of,
        may_edit=may(role, Permission.EDIT),
        may_report=may(role, Permission.REPORT),
        **values,
    )

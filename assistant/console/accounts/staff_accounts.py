"""Everybody's accounts, for administrators: add, change the role, end access, have somebody begin again."""

import asyncio
from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import Form, HTTPException, Request, Response
from sqlalchemy.orm import Session

from assistant.console.access import Data, Who, allowed, console_router
from assistant.console.accounts.entrance import REFUSED, Typed
from assistant.console.pages import draw, go_to
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.staff import accounts
from assistant.staff.errors import AccountError
from assistant.staff.models import Staff
from assistant.staff.roles import Permission, Role

router = console_router()

ACCOUNTS = "/staff/accounts"
ADD, ONE, PASSWORD = (f"accounts/{name}.html.jinja" for name in ("add", "one", "one_time_password"))
T = TypeVar("T")


@router.get("/accounts")
@allowed(Permission.ACCOUNTS)
async def show_everybody(request: Request, database: Data) -> Response:
    """List everybody."""
    with database.read() as session:
        return draw(request, "accounts/everybody.html.jinja", everybody=accounts.list_staff(session))


@router.get("/accounts/add")
@allowed(Permission.ACCOUNTS)
async def show_add(request: Request) -> Response:
    """Ask whom to add."""
    return _draw_add(request)


@router.post("/accounts/add")
@allowed(Permission.ACCOUNTS)
async def add(
    request: Request,
    who: Who,
    database: Data,
    name: Typed = "",
    email: Typed = "",
    role: Annotated[Role | None, Form()] = None,
    way: Typed = "password",
) -> Response:
    """Add them, and show the password that they sign in with first, this once."""
    if role is None:
        return _draw_add(request, name, email, None, way, "Choose a role.")

    def work(session: Session) -> str | None:
        with_password = way != "provider"
        return accounts.add_staff(session, email, name, role, now(), who.staff.id, with_password=with_password)

    try:
        password = await asyncio.to_thread(_do, database, work)
    except AccountError as error:
        return _draw_add(request, name, email, role, way, str(error))
    if password is None:
        return go_to(ACCOUNTS, f"{name} was added and signs in with the organisation's account.")
    return draw(request, PASSWORD, name=name, password=password)


@router.get("/accounts/{number}")
@allowed(Permission.ACCOUNTS)
async def show_one(request: Request, database: Data, number: int) -> Response:
    """Somebody's account."""
    with database.read() as session:
        return _draw_one(request, _get(session, number))


@router.post("/accounts/{number}/role")
@allowed(Permission.ACCOUNTS)
async def change_role(
    request: Request, who: Who, database: Data, number: int, role: Annotated[Role, Form()]
) -> Response:
    """Give another role."""
    note = f"The role is {role} now. They were signed out everywhere."
    return await _change(request, database, number, note, lambda s, x: accounts.change_role(s, x, role, who.staff.id))


@router.post("/accounts/{number}/end")
@allowed(Permission.ACCOUNTS)
async def end_access(request: Request, who: Who, database: Data, number: int) -> Response:
    """End their access."""
    note = "Their access has ended. What they decided keeps their name."
    return await _change(request, database, number, note, lambda s, x: accounts.end_access(s, x, who.staff.id))


@router.post("/accounts/{number}/second-factor")
@allowed(Permission.ACCOUNTS)
async def reset_second_factor(request: Request, who: Who, database: Data, number: int) -> Response:
    """Have them set up the second factor again."""
    note = "They set up a new second factor when they next sign in."
    return await _change(request, database, number, note, lambda s, x: accounts.reset_second_factor(s, x, who.staff.id))


@router.post("/accounts/{number}/provider")
@allowed(Permission.ACCOUNTS)
async def reset_provider(request: Request, who: Who, database: Data, number: int) -> Response:
    """Have them prove their e-mail address at the organisation's provider again."""
    note = "They are known again by their e-mail address when they next sign in with the organisation's account."
    return await _change(request, database, number, note, lambda s, x: accounts.reset_provider(s, x, who.staff.id))


@router.post("/accounts/{number}/password")
@allowed(Permission.ACCOUNTS)
async def reset_password(request: Request, who: Who, database: Data, number: int) -> Response:
    """Make a new password for them, and show it, this once."""

    def work(session: Session) -> tuple[str, str]:
        staff = _get(session, number)
        return staff.name, accounts.reset_password(session, staff, now(), who.staff.id)

    try:
        name, password = await asyncio.to_thread(_do, database, work)
    except AccountError as error:
        return await _draw_refused(request, database, number, error)
    return draw(request, PASSWORD, name=name, password=password)


async def _change(
    request: Request, database: Database, number: int, note: str, change: Callable[[Session, Staff], None]
) -> Response:
    try:
        await asyncio.to_thread(_do, database, lambda session: change(session, _get(session, number)))
    except AccountError as error:
        return await _draw_refused(request, database, number, error)
    return go_to(f"{ACCOUNTS}/{number}", note)


def _do(database: Database, work: Callable[[Session], T]) -> T:
    with database.write() as session:
        return work(session)


def _get(session: Session, number: int) -> Staff:
    staff = session.get(Staff, number)
    if staff is None:
        raise HTTPException(404, "Nobody has this account.")
    return staff


async def _draw_refused(request: Request, database: Database, number: int, error: AccountError) -> Response:
    with database.read() as session:
        return _draw_one(request, _get(session, number), {"main": str(error)})


def _draw_one(request: Request, staff: Staff, errors: dict[str, str] | None = None) -> Response:
    return draw(request, ONE, REFUSED if errors else 200, person=staff, errors=errors)


def _draw_add(
    request: Request,
    name: str = "",
    email: str = "",
    role: Role | None = None,
    way: str = "provider",
    error: str = "",
) -> Response:
    field = "role" if "role" in error else "name" if "name of" in error else "email"
    return draw(
        request,
        ADD,
        REFUSED if error else 200,
        name=name,
        email=email,
        role=role,
        way=way,
        errors={field: error} if error else None,
        has_provider=request.app.state.provider is not None,
    )

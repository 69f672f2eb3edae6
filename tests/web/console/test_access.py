"""Who may use which page, and which forms are refused. Every route of the console is asked, whatever comes."""

from collections.abc import Callable

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from sqlalchemy import select

from assistant.console.access import ConsoleRoute, Stage
from assistant.console.cookies import SECRET
from assistant.console.routes import ROUTERS
from assistant.db.base import Base, now
from assistant.db.engine import Database
from assistant.staff.models import Staff
from assistant.staff.roles import PERMISSIONS, Permission, Role
from assistant.staff.sessions import begin_session, form_token
from tests.support.staff import Desk

SIGNED_OUT = "/staff/sign-in"
SAFE = {"GET", "HEAD"}


def console_routes() -> list[ConsoleRoute]:
    """Every page of the console."""
    return [route for router in ROUTERS for route in router.routes if isinstance(route, ConsoleRoute)]


def path_of(route: APIRoute) -> str:
    """An address of the page; what it names need not exist."""
    path = route.path
    for name in route.param_convertors:
        path = path.replace("{" + name + "}", "1")
    return path


def method_of(route: APIRoute) -> str:
    """How the page is asked for."""
    return next(iter(route.methods - {"HEAD"}))


ROUTES = pytest.mark.parametrize("route", console_routes(), ids=lambda route: f"{method_of(route)} {route.path}")


def test_every_route_under_staff_is_guarded(app: FastAPI) -> None:
    routes = [context.original_route for context in iter_route_contexts(app.routes)]
    under_staff = [route for route in routes if isinstance(route, APIRoute) and route.path.startswith("/staff")]
    assert {id(route) for route in under_staff} == {id(route) for route in console_routes()}


def test_a_page_without_a_rule_cannot_be_declared() -> None:
    async def open_page() -> None:
        """Nobody said who may see it."""

    with pytest.raises(TypeError, match="open_page does not say who may use it"):
        ConsoleRoute("/staff/open", open_page)


@ROUTES
async def test_a_stranger_is_sent_to_sign_in(stranger: httpx.AsyncClient, route: ConsoleRoute) -> None:
    if route.rule is Stage.STRANGER:
        return
    response = await stranger.request(method_of(route), path_of(route))
    if method_of(route) in SAFE:
        assert response.status_code == 303 and response.headers["location"].startswith(SIGNED_OUT)
    else:
        assert response.status_code == 401


@ROUTES
@pytest.mark.parametrize("role", Role)
async def test_a_role_may_what_its_permissions_say(
    sign_in: Callable[..., Desk], role: Role, route: ConsoleRoute
) -> None:
    if isinstance(route.rule, Stage):
        return
    desk = sign_in(role)
    response = await desk.client.request(method_of(route), path_of(route))
    # Without its form token nothing is changed; who may not is told so before.
    if route.rule not in PERMISSIONS[role]:
        assert response.status_code == 403 and "Your role does not allow this" in response.text
    elif method_of(route) in SAFE:
        assert response.status_code in (200, 303, 404, 422)
    else:
        assert response.status_code == 403 and "out of date" in response.text


@ROUTES
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=lambda headers: " ".join(*headers.items()),
)
async def test_a_form_of_another_site_is_refused(
    sign_in: Callable[..., Desk], route: ConsoleRoute, headers: dict[str, str]
) -> None:
    if method_of(route) in SAFE:
        return
    desk = sign_in(Role.ADMIN)
    form = {"form_token": desk.colleague.form_token}
    response = await desk.client.request(method_of(route), path_of(route), data=form, headers=headers)
    assert response.status_code == 403


@ROUTES
async def test_a_form_of_another_sign_in_is_refused(
    sign_in: Callable[..., Desk], database: Database, route: ConsoleRoute
) -> None:
    if method_of(route) in SAFE:
        return
    desk, other = sign_in(Role.ADMIN), sign_in(Role.ADMIN, "other@example.org")
    with database.write() as session:
        again, half = (
            begin_session(session, session.get_one(Staff, desk.colleague.id), now(), is_complete=is_complete)
            for is_complete in (True, False)
        )
    if route.rule is Stage.HALF_SIGNED_IN:
        desk.client.cookies.set(SECRET, half, domain="assistant.test")
    own = half if route.rule is Stage.HALF_SIGNED_IN else desk.colleague.secret
    await desk.client.get("/staff/sign-in")
    path = path_of(route)
    for token in ("", other.colleague.form_token, form_token(again), form_token(""), form_token(own)[:-1], own):
        response = await desk.client.post(path, data={"form_token": token}, params={"form_token": form_token(own)})
        assert response.status_code == 403 and "out of date" in response.text, token


@ROUTES
async def test_to_look_changes_nothing(admin: Desk, database: Database, route: ConsoleRoute) -> None:
    """Neither does a form that is sent as if somebody only looked."""
    before = rows_of(database)
    form = {"form_token": admin.colleague.form_token, "name": "Eve", "email": "eve@example.org", "role": "admin"}
    for method in SAFE:
        await admin.client.request(method, path_of(route), params=form)
    assert rows_of(database) == before


def rows_of(database: Database) -> dict[str, list[str]]:
    """Every row of every table but those that note that somebody looked, and sums that are worked out anew."""
    noted = {"audit_entries", "staff_sessions", "counted_days", "daily_counts"}
    with database.read() as session:
        return {
            table.name: sorted(map(str, session.execute(select(table))))
            for table in Base.metadata.sorted_tables
            if table.name not in noted
        }


def test_every_page_is_either_looked_at_or_sent_to() -> None:
    assert {method_of(route) for route in console_routes()} == {"GET", "POST"}
    assert all(len(route.methods - {"HEAD"}) == 1 for route in console_routes())


def test_every_permission_is_given_to_some_role() -> None:
    assert set().union(*PERMISSIONS.values()) == set(Permission)

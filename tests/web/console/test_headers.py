"""E2: the headers of every answer of every page of the console: to whomever, well or not."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from assistant.console.pages import POLICY
from assistant.db.base import now
from assistant.db.engine import Database, DatabaseUnavailableError
from assistant.staff.models import Staff
from assistant.staff.roles import Role
from assistant.staff.sessions import begin_session
from assistant.web.body_limit import LARGEST_FORM
from tests.support.headers import check_headers, every_route
from tests.support.staff import Colleague, Desk

WRONG_TOKENS: tuple[dict[str, str], ...] = ({}, {"form_token": ""}, {"form_token": "0" * 64})


def console_paths(app: FastAPI, value: str = "1") -> list[tuple[str, str]]:
    """Method and path of every page under /staff, and of one that is none."""
    paths = {(method, path) for method, path in every_route(app, value) if path.startswith("/staff")}
    return sorted(paths | {("GET", "/staff/no/such/page"), ("POST", "/staff/no/such/page")})


def check_page(response: httpx.Response) -> None:
    """The headers, and the console's own policy on what is a page."""
    check_headers(response)
    if response.headers.get("content-type", "").startswith("text/html"):
        assert response.headers["content-security-policy"] == POLICY


@pytest.fixture
def half(sign_in: Callable[..., Desk], database: Database) -> Desk:
    """Somebody who gave their password and no second factor yet."""
    desk = sign_in(Role.ADMIN, "half@example.org")
    with database.write() as session:
        staff = session.get_one(Staff, desk.colleague.id)
        secret = begin_session(session, staff, now(), is_complete=False)
    return Desk(desk.client, Colleague(staff.id, staff.name, secret))


class BrokenDesk:
    """Whatever is asked of it fails."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, name: str) -> Any:
        raise self._error


@pytest.fixture
def mend(app: FastAPI) -> Iterator[None]:
    """Put the desk back."""
    desk = app.state.desk
    yield
    app.state.desk = desk


@pytest.mark.parametrize("value", ["1", "x", "0", "99999999999999999999", "%00"])
async def test_a_stranger_gets_them(app: FastAPI, stranger: httpx.AsyncClient, value: str) -> None:
    for method, path in console_paths(app, value):
        response = await stranger.request(method, path)
        assert response.status_code < 500, (method, path)
        check_page(response)


@pytest.mark.parametrize("role", Role)
async def test_every_role_gets_them_with_whatever_token(app: FastAPI, sign_in: Callable[..., Desk], role: Role) -> None:
    desk = sign_in(role)
    for method, path in console_paths(app):
        tokens = WRONG_TOKENS if method == "POST" else WRONG_TOKENS[:1]
        for form in tokens:
            response = await desk.client.request(method, path, data=form or None)
            assert response.status_code < 500, (method, path)
            check_page(response)


@pytest.mark.parametrize("value", ["1", "x", "%00", "99999999999999999999"])
async def test_an_administrator_gets_them_where_nothing_is_as_it_should_be(
    app: FastAPI, admin: Desk, value: str
) -> None:
    odd = {"page": value, "weeks": value, "before": value, "first": value, "since": value, "who": value, "q": value}
    seen = set()
    for method, path in console_paths(app, value):
        if path == "/staff/sign-out":
            continue
        form = {"form_token": admin.colleague.form_token, **odd}
        sent: dict[str, Any] = {"data": form} if method == "POST" else {"params": odd}
        response = await admin.client.request(method, path, **sent)
        seen.add(response.status_code)
        assert response.status_code < 500, (method, path, response.text[-500:])
        check_page(response)
    assert seen >= {404, 422}


async def test_who_is_half_signed_in_gets_them(app: FastAPI, half: Desk) -> None:
    for method, path in console_paths(app):
        check_page(await half.client.request(method, path))


async def test_a_form_that_is_too_large_gets_a_page_that_says_so(app: FastAPI, admin: Desk, half: Desk) -> None:
    told = 0
    for method, path in console_paths(app):
        if method != "POST":
            continue
        for desk in (admin, half):
            form = {"form_token": desk.colleague.form_token, "text": "x" * LARGEST_FORM}
            response = await desk.client.post(path, data=form)
            check_page(response)
            assert response.status_code in (401, 405, 413)
            if response.status_code == 413:
                told += 1
                assert response.headers["content-type"] == "text/html; charset=utf-8"
                assert response.headers["connection"] == "close"
                assert "nothing was saved" in response.text and "Back button" in response.text
                assert 'class="console-header"' in response.text
    assert told >= 30


@pytest.mark.usefixtures("mend")
@pytest.mark.parametrize(
    ("desk", "status"),
    [
        (None, 503),
        (BrokenDesk(RuntimeError("A bug.")), 500),
        (SimpleNamespace(database=BrokenDesk(DatabaseUnavailableError("It is away."))), 503),
    ],
    ids=["starting", "a bug", "no database"],
)
async def test_every_page_has_them_when_nothing_works(app: FastAPI, admin: Desk, desk: Any, status: int) -> None:
    app.state.desk = desk
    for method, path in console_paths(app):
        form = {"form_token": admin.colleague.form_token}
        response = await admin.client.request(method, path, data=form if method == "POST" else None)
        check_page(response)
        is_alone = path.startswith(("/staff/sign-in", "/staff/static")) or "no/such" in path
        assert is_alone or response.status_code == status, (method, path)

"""The console, asked through ASGI over https, as its cookies want it."""

from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from fastapi import FastAPI

from assistant.db.engine import Database
from assistant.staff.roles import Role
from tests.support.staff import Desk, add_colleague

ORIGIN = "https://assistant.test"


@pytest.fixture
async def stranger(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which nobody is signed in."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        yield client


@pytest.fixture
async def sign_in(app: FastAPI, database: Database) -> AsyncIterator[Callable[..., Desk]]:
    """Signs somebody of a role in, in a browser of their own."""
    clients: list[httpx.AsyncClient] = []

    def sign_in(role: Role = Role.REVIEWER, email: str = "") -> Desk:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        clients.append(httpx.AsyncClient(transport=transport, base_url=ORIGIN))
        return Desk(clients[-1], add_colleague(database, role, email=email))

    yield sign_in
    for client in clients:
        await client.aclose()


@pytest.fixture
def reviewer(sign_in: Callable[..., Desk]) -> Desk:
    """Somebody who answers questions."""
    return sign_in(Role.REVIEWER)


@pytest.fixture
def editor(sign_in: Callable[..., Desk]) -> Desk:
    """Somebody who keeps the catalogue right as well."""
    return sign_in(Role.EDITOR)


@pytest.fixture
def admin(sign_in: Callable[..., Desk]) -> Desk:
    """Somebody who sees to staff as well."""
    return sign_in(Role.ADMIN)

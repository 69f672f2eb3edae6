"""The app with a fake engine behind it, asked through ASGI: no server, no socket."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from cryptography.fernet import Fernet
from fastapi import FastAPI

from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.settings import Settings
from tests.support.asker import Asker, create_app, open_asker
from tests.support.browser import Browser
from tests.support.fake_desk import make_desk
from tests.support.fake_engine import FakeEngine
from tests.support.loaded_database import ROOT, write_loaded_database


@pytest.fixture(scope="session")
def loaded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, copied by each test."""
    return write_loaded_database(tmp_path_factory.mktemp("loaded") / "loaded.db")


@pytest.fixture
def database(loaded_file: Path, tmp_path: Path) -> Iterator[Database]:
    """A database file of the test's own in tmp_path. Not durable: waiting for the disk would be most of the time."""
    database = Database(f"sqlite:///{shutil.copy(loaded_file, tmp_path / 'assistant.db')}", durable=False)
    yield database
    database.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Without limits a minute."""
    return Settings(
        models_folder=tmp_path / "models",
        data_folder=ROOT / "data",
        var_folder=tmp_path / "var",
        messages_per_minute=0,
        messages_per_minute_per_address=0,
    )


@pytest.fixture
def engine() -> FakeEngine:
    """Answers at once until told otherwise."""
    return FakeEngine()


@pytest.fixture
def cipher() -> Cipher:
    """With a key of the test's own."""
    return Cipher(Fernet.generate_key().decode())


@pytest.fixture(scope="session")
def app_without_desk() -> FastAPI:
    """Made once, because FastAPI takes a while over the first request; without limits a minute."""
    return create_app(Settings(messages_per_minute_per_address=0))


@pytest.fixture
def app(
    app_without_desk: FastAPI, database: Database, engine: FakeEngine, cipher: Cipher, settings: Settings
) -> Iterator[FastAPI]:
    """The app under test, with a desk of the test's own."""
    app_without_desk.state.desk = make_desk(database, engine, cipher, settings)
    yield app_without_desk
    app_without_desk.state.desk = None


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Asks the app. As behind a real server, an exception is a response of 500 and not the test's."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://assistant.test") as client:
        yield client


@pytest.fixture
async def asker(client: httpx.AsyncClient) -> Asker:
    """With a conversation that was just opened."""
    return await open_asker(client)


@pytest.fixture
async def other(client: httpx.AsyncClient) -> Asker:
    """Somebody else."""
    return await open_asker(client)


@pytest.fixture
async def browser(client: httpx.AsyncClient) -> Browser:
    """At /chat, before the first message."""
    browser = Browser(client)
    await browser.opens()
    return browser

"""The assistant with a fake engine, beside a Slack of the test's own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta

import httpx
import pytest
from pydantic import HttpUrl, SecretStr

from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.messaging import lanes, worker
from assistant.settings import Settings
from assistant.web.app import create_app
from tests.support.desk_fixtures import cipher, database, engine, loaded_file, settings
from tests.support.fake_desk import make_desk
from tests.support.fake_engine import FakeEngine
from tests.support.slack_caller import SECRET, SlackCaller
from tests.support.slack_stand_in import BOT_TOKEN, SlackStandIn

__all__ = ["cipher", "database", "engine", "loaded_file", "settings"]

Assistant = Callable[[Settings], AbstractAsyncContextManager[SlackCaller]]


@pytest.fixture(autouse=True)
def _impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds pass in hundredths."""
    monkeypatch.setattr(lanes, "FIRST_DELAY", timedelta(seconds=0.02))
    monkeypatch.setattr(worker, "POLL_SECONDS", 0.02)


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    """Takes everything until told otherwise. No call may have been wrong."""
    slack = SlackStandIn()
    await slack.open()
    yield slack
    await slack.shut()
    assert slack.wrong == []


@pytest.fixture
def slack_settings(settings: Settings, slack: SlackStandIn) -> Settings:
    """One workspace, delivering by request."""
    return settings.model_copy(
        update={
            "slack_signing_secret": SecretStr(SECRET),
            "slack_bot_token": SecretStr(BOT_TOKEN),
            "slack_api_url": HttpUrl(slack.url),
        }
    )


@pytest.fixture
def assistant(database: Database, engine: FakeEngine, cipher: Cipher) -> Assistant:
    """Starts it, on the same database each time; gives Slack as its caller."""

    @asynccontextmanager
    async def start(settings: Settings) -> AsyncIterator[SlackCaller]:
        app = create_app(settings, make_desk(database, engine, cipher, settings))
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://assistant.test") as client,
        ):
            caller = SlackCaller(client)
            await _opened(caller)
            yield caller

    return start


async def _opened(caller: SlackCaller) -> None:
    """Channels open a moment after the server: until then they refuse."""
    while (await caller.delivers({"type": "event_callback", "event": {"type": "nothing"}})).status_code == 503:
        await asyncio.sleep(0.02)


@pytest.fixture
async def caller(assistant: Assistant, slack_settings: Settings) -> AsyncIterator[SlackCaller]:
    """Slack, delivering to the running assistant."""
    async with assistant(slack_settings) as caller:
        yield caller

"""What is delivered: only what is an activity is taken, each once, and nothing is sent to strangers."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from assistant.db.engine import Database, DatabaseUnavailableError
from assistant.enquiries.models import Enquiry
from assistant.messaging.arrivals import Arrival
from assistant.messaging.inbox import Inbox
from assistant.messaging.models import InboxMessage
from assistant.web.app import create_app
from tests.channels.teams.conftest import OpenTeams
from tests.support.teams_chat import PATH, TeamsChat
from tests.support.teams_stand_in import TeamsStandIn

PLAYGROUND = {"teams_app_id": None, "teams_app_secret": None, "teams_playground": True}


def count(database: Database, table: Any = InboxMessage) -> int:
    """How many there are."""
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"5",
        b'"message"',
        b"[]",
        b"{",
        b"\xff\xfe",
        b"[" * 5000,
        b'{"channelId": "msteams", "x": NaN}',
        b'{"text": "\\ud800"}',
        "hello".encode("utf-16"),
    ],
    ids=lambda each: repr(each[:20]),
)
async def test_what_is_no_object_is_refused(chat: TeamsChat, database: Database, body: bytes) -> None:
    assert await chat.delivers(body) == 400
    assert count(database) == 0


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonp"])
async def test_what_a_page_in_a_browser_could_send_is_refused(chat: TeamsChat, content_type: str) -> None:
    body = json.dumps(chat.teams.activity()).encode()
    assert await chat.delivers(body, content_type=content_type) == 400
    assert await chat.delivers(body, content_type="application/json; charset=utf-8") == 202


async def test_an_activity_of_another_shape_is_refused(chat: TeamsChat, database: Database) -> None:
    assert await chat.delivers(chat.teams.activity(recipient="the assistant")) == 400
    assert count(database) == 0


@pytest.mark.parametrize("kind", ["installationUpdate", "messageReaction", "typing", "something new"])
async def test_what_asks_for_nothing_is_acknowledged(chat: TeamsChat, database: Database, kind: str) -> None:
    assert await chat.delivers(chat.teams.activity(type=kind)) == 202
    assert count(database) == 0


async def test_an_invoke_is_answered_with_an_object(chat: TeamsChat, database: Database) -> None:
    value = {"trigger": "manual", "action": {"type": "Action.Execute", "verb": "x", "data": {"act": "erase"}}}
    for activity, taken in (({"name": "adaptiveCard/action", "value": value}, 1), ({"name": "task/fetch"}, 1)):
        response = await chat.client.post(
            PATH,
            json=chat.teams.activity(None, type="invoke", **activity),
            headers={"Authorization": f"Bearer {chat.teams.token()}"},
        )
        assert (response.status_code, response.json(), count(database)) == (200, {}, taken)


async def test_the_same_activity_three_times_at_once_and_after_a_restart_is_one(
    open_teams: OpenTeams, teams: TeamsStandIn, database: Database
) -> None:
    chat, activity = open_teams(), teams.activity()
    assert await asyncio.gather(*(chat.delivers(activity) for _ in range(3))) == [202, 202, 202]
    await chat.does_everything()
    again = open_teams()
    assert await again.delivers(activity) == 202
    await again.does_everything()
    assert (count(database), count(database, Enquiry), len(teams.shown())) == (1, 1, 1)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/",
        "https://evil.example/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://ѕmba.trafficmanager.net/",
        "http://smba.trafficmanager.net/",
    ],
)
async def test_an_activity_that_would_have_its_answer_sent_to_a_stranger_is_refused(
    chat: TeamsChat, database: Database, url: str
) -> None:
    token = chat.teams.token(serviceurl=url)
    assert await chat.delivers(chat.teams.activity(serviceUrl=url), f"Bearer {token}") == 403
    assert (count(database), chat.teams.calls, chat.teams.tokens) == (0, [], [])


async def test_before_the_assistant_is_ready_teams_is_asked_to_deliver_again(teams: TeamsStandIn) -> None:
    app = create_app(teams.settings())
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://assistant.test") as client:
        headers = {"Authorization": f"Bearer {teams.token()}"}
        response = await client.post(PATH, json=teams.activity(), headers=headers)
        assert (response.status_code, response.headers["retry-after"]) == (503, "5")
        assert (await client.post(PATH, json=teams.activity())).status_code == 401
        assert (await client.get(PATH)).status_code == 405


async def test_a_database_that_is_away_has_teams_deliver_again(
    chat: TeamsChat, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(inbox: Inbox, arrival: Arrival) -> bool:
        raise DatabaseUnavailableError("away")

    monkeypatch.setattr(Inbox, "take", fail)
    assert await chat.delivers(chat.teams.activity()) == 503


async def test_the_playground_on_this_machine_needs_no_token(
    open_teams: OpenTeams, teams: TeamsStandIn, database: Database
) -> None:
    teams.is_playground = True
    chat = open_teams(**PLAYGROUND)
    assert await chat.delivers(teams.activity(), "") == 202
    await chat.does_everything()
    assert (count(database), len(teams.shown())) == (1, 1)


@pytest.mark.parametrize("near", ["10.0.0.7", "::ffff:10.0.0.7", "testclient", "8.8.8.8"])
async def test_the_playground_is_for_nobody_else(
    open_teams: OpenTeams, teams: TeamsStandIn, database: Database, near: str
) -> None:
    chat = open_teams(near=near, **PLAYGROUND)
    assert await chat.delivers(teams.activity(), "") == 401
    assert count(database) == 0


@pytest.mark.parametrize(
    "header",
    [
        {"X-Forwarded-For": "10.0.0.7"},
        {"X-Forwarded-For": "127.0.0.1"},
        {"X-Forwarded-Host": "assistant.example"},
        {"Forwarded": "for=10.0.0.7"},
        {"X-Real-IP": "10.0.0.7"},
        {"Via": "1.1 proxy"},
    ],
    ids=str,
)
async def test_the_playground_is_not_behind_a_proxy(
    open_teams: OpenTeams, teams: TeamsStandIn, header: dict[str, str]
) -> None:
    chat = open_teams(**PLAYGROUND)
    assert await chat.delivers(teams.activity(), "", **header) == 401


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:8000", "null"])
async def test_the_playground_is_no_page_in_a_browser(open_teams: OpenTeams, teams: TeamsStandIn, origin: str) -> None:
    chat = open_teams(**PLAYGROUND)
    assert await chat.delivers(teams.activity(), "", Origin=origin) == 401


async def test_the_playground_is_under_no_other_name(open_teams: OpenTeams, teams: TeamsStandIn) -> None:
    chat = open_teams(**PLAYGROUND)
    assert await chat.delivers(teams.activity(), "", Host="rebound.example:8000") == 401


async def test_the_playground_is_answered_on_this_machine_only(open_teams: OpenTeams, teams: TeamsStandIn) -> None:
    chat = open_teams(**PLAYGROUND)
    for url in ("https://smba.trafficmanager.net/uk/", "http://192.168.0.7:56150/_connector"):
        assert await chat.delivers(teams.activity(serviceUrl=url), "") == 403

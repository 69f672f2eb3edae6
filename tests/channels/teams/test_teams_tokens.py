"""Only real Teams: every request has to prove it, and what it proves has to be about this registration."""

import logging

import pytest
from sqlalchemy import func, select

from assistant.db.engine import Database
from assistant.messaging.models import InboxMessage
from tests.channels.teams.conftest import OpenTeams
from tests.support.bad_tokens import BAD_ACTIVITIES, BAD_HEADERS, BAD_TOKENS, publish_keys
from tests.support.teams_chat import PATH, TeamsChat
from tests.support.teams_stand_in import TENANT, TeamsStandIn


@pytest.fixture
def chat(teams: TeamsStandIn, open_teams: OpenTeams) -> TeamsChat:
    """A registration for one tenant, with keys published that must not be taken."""
    publish_keys(teams)
    return open_teams(teams_tenant_id=TENANT)


def count_taken(database: Database) -> int:
    """How many activities are in the inbox."""
    with database.read() as session:
        return session.scalar(select(func.count(InboxMessage.id))) or 0


async def test_a_good_token_is_taken(chat: TeamsChat, database: Database) -> None:
    assert await chat.delivers(chat.teams.activity()) == 202
    assert count_taken(database) == 1


async def test_clocks_may_differ_by_five_minutes(chat: TeamsChat, teams: TeamsStandIn) -> None:
    moment = teams.claims()["nbf"]
    for times in ({"exp": moment - 270, "nbf": moment - 3600}, {"nbf": moment + 270}):
        assert await chat.delivers(teams.activity(), f"Bearer {teams.token(**times)}") == 202


@pytest.mark.parametrize("name", BAD_TOKENS)
async def test_a_bad_token_is_refused(
    chat: TeamsChat, database: Database, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    token = BAD_TOKENS[name](chat.teams)
    with caplog.at_level(logging.DEBUG):
        status = await chat.delivers(chat.teams.activity("who said this"), f"Bearer {token}")
    assert status in (401, 403)
    assert count_taken(database) == 0
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("assistant"))
    assert ours
    assert not any(len(part) > 8 and part in ours for part in [*token.split("."), "who said this"])


@pytest.mark.parametrize("name", BAD_HEADERS)
async def test_a_bad_header_is_refused(chat: TeamsChat, database: Database, name: str) -> None:
    headers = [*BAD_HEADERS[name](chat.teams), ("Content-Type", "application/json")]
    response = await chat.client.post(PATH, json=chat.teams.activity(), headers=headers)
    assert (response.status_code, count_taken(database)) == (401, 0)


@pytest.mark.parametrize("name", BAD_ACTIVITIES)
async def test_a_good_token_for_something_else_is_refused(chat: TeamsChat, database: Database, name: str) -> None:
    activity = {
        key: each for key, each in {**chat.teams.activity(), **BAD_ACTIVITIES[name]}.items() if each is not None
    }
    assert (await chat.delivers(activity), count_taken(database)) == (403, 0)


async def test_nothing_is_read_before_the_token_is_proved(chat: TeamsChat) -> None:
    assert await chat.delivers(b"{", "Bearer a.b.c") == 401
    assert await chat.delivers(b"{") == 400


async def test_every_tenant_is_answered_where_the_registration_is_for_all(
    open_teams: OpenTeams, teams: TeamsStandIn
) -> None:
    chat = open_teams()
    conversation = {"id": "a:2", "conversationType": "personal", "tenantId": "another"}
    data = {"tenant": {"id": "another"}}
    assert await chat.delivers(teams.activity(conversation=conversation, channelData=data)) == 202


async def test_keys_that_cannot_be_had_at_all_ask_for_another_delivery(
    open_teams: OpenTeams, teams: TeamsStandIn
) -> None:
    teams.is_away = True
    chat = open_teams()
    response = await chat.client.post(PATH, json=teams.activity(), headers={"Authorization": f"Bearer {teams.token()}"})
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")


async def test_keys_rotate_without_anybody_being_refused(open_teams: OpenTeams, teams: TeamsStandIn) -> None:
    chat = open_teams()
    assert await chat.delivers(teams.activity()) == 202
    teams.published["second"] = ["msteams"]
    for kid in ("first", "second", "first", "second"):
        assert await chat.delivers(teams.activity(), f"Bearer {teams.token(kid)}") == 202
    assert teams.looks == 2

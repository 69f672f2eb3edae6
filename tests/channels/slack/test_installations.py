"""The stores of installations, on both databases."""

import pytest
from slack_sdk.oauth.installation_store import Installation

from assistant.channels.slack.installations import Installations, InstallStates
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.enquiries.encryption import Cipher


@pytest.fixture
def database(database_url: str) -> Database:
    """With every table."""
    database = Database(database_url)
    upgrade(database.engine)
    return database


async def token(store: Installations, enterprise: str | None, team: str | None) -> str | None:
    bot = await store.async_find_bot(enterprise_id=enterprise, team_id=team)
    return bot.bot_token if bot else None


async def test_each_workspace_has_its_own_and_an_organisation_one_for_all(database: Database, cipher: Cipher) -> None:
    store = Installations(database, cipher)
    whole = Installation(enterprise_id="E1", bot_token="whole", user_id="U1", is_enterprise_install=True)
    for each in (Installation(team_id="T1", bot_token="first", user_id="U1"), whole):
        await store.async_save(each)
    await store.async_save(Installation(team_id="T1", bot_token="newest", user_id="U2", user_token="a person's"))
    assert [await token(store, None, "T1"), await token(store, "E1", "T9"), await token(store, "E1", None)] == [
        "newest", "whole", "whole",
    ]  # fmt: skip
    found = await store.async_find_installation(enterprise_id=None, team_id="T1")
    assert found is not None and found.user_token is None
    await store.async_delete_all(enterprise_id=None, team_id="T1")
    assert [await token(store, None, "T1"), await token(store, None, "T2"), await token(store, "E1", None)] == [
        None, None, "whole",
    ]  # fmt: skip


async def test_a_state_is_good_once(database: Database) -> None:
    states = InstallStates(database)
    state = await states.async_issue()
    assert [await states.async_consume(each) for each in ("another", state, state)] == [False, True, False]
    database.close()

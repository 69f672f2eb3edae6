from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from assistant.db.engine import Database
from assistant.settings import Settings
from tests.channels.slack.conftest import Assistant
from tests.support.slack_caller import SlackCaller, command, direct, press, sent_form
from tests.support.slack_stand_in import APP_TOKEN, SlackStandIn


@pytest.fixture
async def connected(assistant: Assistant, slack_settings: Settings, slack: SlackStandIn) -> AsyncIterator[SlackCaller]:
    """The assistant with Socket Mode, and without an address of its own."""
    with_socket = {"slack_signing_secret": None, "slack_app_token": SecretStr(APP_TOKEN)}
    async with assistant(slack_settings.model_copy(update=with_socket)) as caller:
        yield caller


async def test_a_question_is_answered_and_acknowledged(connected: SlackCaller, slack: SlackStandIn) -> None:
    await slack.delivers("E1", "events_api", direct("What is the observatory?"))
    await slack.has_posted(1)
    await slack.has(lambda slack: "E1" in slack.acknowledged)
    assert slack.acknowledged["E1"] is None


async def test_what_cannot_be_written_down_is_not_acknowledged_and_taken_when_it_comes_again(
    connected: SlackCaller, slack: SlackStandIn, database: Database
) -> None:
    message = direct("What is the observatory?")
    with database.write() as session:  # whoever writes now finds it locked
        session.connection()
        await slack.delivers("E1", "events_api", message)
        await slack.delivers("E2", "events_api", {"type": "event_callback", "event": {"type": "nothing"}})
        await slack.has(lambda slack: "E2" in slack.acknowledged)
        assert "E1" not in slack.acknowledged
    for envelope in ("E1-again", "E1-once-more"):
        await slack.delivers(envelope, "events_api", message)
        await slack.has(lambda slack, envelope=envelope: envelope in slack.acknowledged)
    await slack.has_posted(1)
    assert len(slack.messages) == 1


async def test_commands_buttons_and_forms_work_as_by_request(connected: SlackCaller, slack: SlackStandIn) -> None:
    await slack.delivers("E1", "slash_commands", command("hello"))
    await slack.delivers("E2", "interactive", press({"action_id": "leave_question", "value": "-"}))
    metadata = (await slack.has(lambda slack: slack.opened))[0]["private_metadata"]
    await slack.delivers("E3", "interactive", sent_form(metadata, consents=False))
    await slack.has(lambda slack: {"E1", "E2", "E3"} <= set(slack.acknowledged))
    assert slack.acknowledged["E3"]["response_action"] == "errors"
    assert "direct messages" in slack.acknowledged["E1"]["text"]


async def test_there_is_no_door(connected: SlackCaller) -> None:
    assert (await connected.delivers(direct("hello"))).status_code == 404

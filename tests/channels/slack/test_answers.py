import json

import pytest
from sqlalchemy import func, select

from assistant.channels.slack.listeners import TOLD_ASIDE
from assistant.db.engine import Database
from assistant.enquiries.models import Conversation, Enquiry
from tests.support.slack_caller import (
    CHANNEL,
    DIRECT,
    USER,
    SlackCaller,
    command,
    direct,
    home,
    mention,
    press,
    sent_form,
)
from tests.support.slack_stand_in import Fault, SlackStandIn

VIEW = "views.open"
OPENED = f"D{USER}"  # what the stand-in calls the direct messages that it opens


def count(database: Database, table: type[Enquiry] | type[Conversation]) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


async def test_a_direct_message_is_answered(caller: SlackCaller, slack: SlackStandIn) -> None:
    response = await caller.delivers(direct("What is the observatory?"))
    assert (response.status_code, response.text) == (200, "")
    [message] = await slack.has_posted(1)
    assert message["channel"] == DIRECT and "thread_ts" not in message
    assert message["metadata"]["event_type"] == "assistant_post"
    assert (message["unfurl_links"], message["unfurl_media"]) == (False, False)


async def test_a_mention_is_answered_in_its_thread(caller: SlackCaller, slack: SlackStandIn) -> None:
    await caller.delivers(mention("What is the observatory?", ts="1700000000.000900"))
    [message] = await slack.has_posted(1)
    assert (message["channel"], message["thread_ts"]) == (CHANNEL, "1700000000.000900")


async def test_a_danger_to_life_in_a_channel_is_answered_to_the_person_alone(
    caller: SlackCaller, slack: SlackStandIn
) -> None:
    await caller.delivers(mention("I want to kill myself"))
    [message] = await slack.has_posted(1)
    assert message["channel"] == OPENED and "thread_ts" not in message


async def test_a_chat_and_a_channel_and_other_people_in_it_share_nothing(
    caller: SlackCaller, slack: SlackStandIn, database: Database
) -> None:
    thread = "1700000000.000900"
    await caller.delivers(direct("leave a question"))
    await caller.delivers(mention("hello", ts=thread))
    await caller.delivers(mention("hello", thread_ts=thread, user="U2"))
    await caller.delivers(mention("hello", thread_ts=thread))
    messages = await slack.has_posted(4)
    assert count(database, Conversation) == 3
    in_channel = [each["text"] for each in messages if each["channel"] == CHANNEL]
    assert len(in_channel) == 3 and not any("Please give" in text for text in in_channel)


async def test_the_slash_command_is_answered_in_direct_messages_and_goes_on_there(
    caller: SlackCaller, slack: SlackStandIn, database: Database
) -> None:
    response = await caller.delivers(command("what is in the payload & more?"))
    assert (response.status_code, response.text) == (200, TOLD_ASIDE)
    [message] = await slack.has_posted(1)
    assert message["channel"] == OPENED
    await caller.delivers(direct("everything please"))
    await slack.has_posted(2)
    assert (count(database, Enquiry), count(database, Conversation)) == (2, 1)


async def test_the_bare_slash_command_says_what_the_assistant_is_for(caller: SlackCaller, slack: SlackStandIn) -> None:
    await caller.delivers(command(""))
    [message] = await slack.has_posted(1)
    assert message["channel"] == OPENED


async def test_the_home_page_shows_the_catalogue_and_direct_messages_greet_once(
    caller: SlackCaller, slack: SlackStandIn
) -> None:
    for tab in ("home", "messages", "messages", "home", "messages"):
        assert (await caller.delivers(home(tab))).status_code == 200
    await slack.has(lambda slack: [method for method, _ in slack.calls].count("views.publish") == 2)
    [greeting] = await slack.has_posted(1)
    assert greeting["channel"] == DIRECT and slack.homes[USER]["type"] == "home"


async def test_a_pressed_choice_is_answered_and_its_message_shown_anew(
    caller: SlackCaller, slack: SlackStandIn
) -> None:
    await caller.delivers(direct("what about boards?"))
    [asked] = await slack.has_posted(1)
    buttons = [each for block in asked["blocks"] if block["type"] == "actions" for each in block["elements"]]
    await caller.delivers(press(next(each for each in buttons if each["action_id"] == "choice:0"), message=asked["ts"]))
    await slack.has_posted(2)
    await slack.has(lambda slack: slack.messages[0].get("edited"))


async def test_somebody_elses_button_changes_nothing(caller: SlackCaller, slack: SlackStandIn) -> None:
    await caller.delivers(mention("what about boards?", ts="1700000000.000900"))
    [asked] = await slack.has_posted(1)
    pressed = {"action_id": "choice:0", "value": "no-such-choice", "text": {"type": "plain_text", "text": "x"}}
    where = {"message": asked["ts"], "channel": CHANNEL, "thread": "1700000000.000900"}
    await caller.delivers(press(pressed, user="U2", **where))
    notice = (await slack.has_posted(2))[1]
    assert notice["channel"] == "DU2" and "another conversation" in notice["text"]


async def test_a_link_is_only_acknowledged(caller: SlackCaller, slack: SlackStandIn) -> None:
    assert (await caller.delivers(press({"action_id": "link:0", "value": "x"}))).status_code == 200
    await caller.delivers(direct("hello"))
    assert len(await slack.has_posted(1)) == 1


GRID = {"enterprise_id": "E1", "team_id": "T1", "is_bot": True, "user_id": "UBOT", "is_enterprise_install": True}


async def test_in_an_enterprise_grid_a_person_is_the_same_in_all_its_workspaces(
    caller: SlackCaller, slack: SlackStandIn, database: Database
) -> None:
    asked = direct("what about boards?")
    await caller.delivers({**asked, "enterprise_id": "E1", "authorizations": [GRID]})
    [message] = await slack.has_posted(1)
    choice = next(
        each
        for block in message["blocks"]
        if block["type"] == "actions"
        for each in block["elements"]
        if each["action_id"] == "choice:0"
    )
    away = {"team": None, "enterprise": {"id": "E1"}, "is_enterprise_install": True}
    pressed = {**press(choice, message=message["ts"]), **away, "user": {"id": USER, "team_id": "T2"}}
    assert (await caller.delivers(pressed)).status_code == 200
    assert "That one." in (await slack.has_posted(2))[1]["text"]
    assert count(database, Conversation) == 1


async def test_two_workspaces_with_the_same_ids_share_nothing(
    caller: SlackCaller, slack: SlackStandIn, database: Database
) -> None:
    asked = direct("what about boards?", ts="1.1")
    other = {**asked, "event_id": "Ev-other", "team_id": "T2", "authorizations": []}
    for each in (asked, other):
        await caller.delivers(each)
    await slack.has_posted(2)
    assert count(database, Conversation) == 2


class TestTheForm:
    async def opened(self, caller: SlackCaller, slack: SlackStandIn) -> str:
        response = await caller.delivers(press({"action_id": "leave_question", "value": "-"}))
        assert (response.status_code, response.text) == (200, "")
        view = (await slack.has(lambda slack: slack.opened))[0]
        return str(view["private_metadata"])

    async def test_a_question_left_with_consent_is_kept_once(
        self, caller: SlackCaller, slack: SlackStandIn, database: Database
    ) -> None:
        form = sent_form(await self.opened(caller, slack))
        for _ in range(2):
            response = await caller.delivers(form)
            assert (response.status_code, response.text) == (200, "")
        [message] = await slack.has_posted(1)
        assert message["channel"] == DIRECT
        with database.read() as session:
            assert [each.reference for each in session.scalars(select(Enquiry))] != []
        assert count(database, Enquiry) == 1

    @pytest.mark.parametrize("fault", [Fault(VIEW, error="expired_trigger_id"), Fault(VIEW, drops=True)], ids=repr)
    async def test_one_that_is_not_shown_is_spoken_of_once_and_to_the_person_alone(
        self, caller: SlackCaller, slack: SlackStandIn, fault: Fault
    ) -> None:
        slack.faults += [fault, Fault(VIEW, error="exchanged_trigger_id"), fault]
        pressed = press({"action_id": "leave_question", "value": "-"}, channel=CHANNEL)
        for left in (2, 1, 0):
            assert (await caller.delivers(pressed)).status_code == 200
            await slack.has(lambda slack, left=left: len(slack.faults) == left)
        await slack.has_posted(1)
        await caller.delivers(direct("hello"))
        first, _ = await slack.has_posted(2)
        assert first["channel"] == OPENED and "press the button again" in first["text"]

    async def test_without_consent_nothing_is_kept_and_the_box_says_why(
        self, caller: SlackCaller, slack: SlackStandIn, database: Database
    ) -> None:
        response = await caller.delivers(sent_form(await self.opened(caller, slack), consents=False))
        assert response.json()["response_action"] == "errors" and set(response.json()["errors"]) == {"consent"}
        assert count(database, Enquiry) == 0

    async def test_every_mistake_is_named_at_its_field(self, caller: SlackCaller, database: Database) -> None:
        response = await caller.delivers(
            sent_form(json.dumps({}), consents=False, question=" ", name="", email="ade at nhs")
        )
        assert set(response.json()["errors"]) == {"question", "name", "email", "consent"}
        assert count(database, Enquiry) == 0

"""What somebody is told alone goes on in their direct messages, and with nobody else."""

from typing import Any

import pytest
from sqlalchemy import func, select, update

from assistant.channels.notices import GONE_BUTTON
from assistant.db.engine import Database
from assistant.enquiries.models import Conversation, Enquiry, FollowUp
from assistant.messaging.models import Post
from tests.support.slack_caller import CHANNEL, USER, SlackCaller, direct, mention, press, sent_form
from tests.support.slack_stand_in import SlackStandIn

CHAT = f"D{USER}"  # what the stand-in calls the direct messages that it opens
THREAD = "1700000000.000900"
ERASE = {"action_id": "erase"}


def button(message: dict[str, Any], action: str) -> dict[str, Any]:
    buttons = [each for block in message["blocks"] if block["type"] == "actions" for each in block["elements"]]
    found: dict[str, Any] = next(each for each in buttons if each["action_id"] == action)
    return found


def count(database: Database, table: type[Enquiry] | type[Conversation] | type[FollowUp]) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
async def told(caller: SlackCaller, slack: SlackStandIn) -> dict[str, Any]:
    """Told of racism in a channel, the assistant has written to that person alone."""
    await caller.delivers(mention("my manager called me a racist slur", ts=THREAD))
    [message] = await slack.has_posted(1)
    assert message["channel"] == CHAT
    return message


async def test_a_choice_is_answered_where_it_was_pressed_and_goes_on_there(
    caller: SlackCaller, slack: SlackStandIn, database: Database, told: dict[str, Any]
) -> None:
    await caller.delivers(press(button(told, "choice:0"), message=told["ts"], channel=CHAT))
    asked = (await slack.has_posted(2))[1]
    assert "Please give your" in asked["text"]
    await slack.has(lambda slack: slack.messages[0].get("edited"))
    typed = ("Is there a network?", "Ade Okafor", "ade@nhs.net", "yes")
    for number, text in enumerate(typed, 3):
        await caller.delivers(direct(text, channel=CHAT))
        await slack.has_posted(number)
    assert {each["channel"] for each in slack.messages} == {CHAT}
    assert count(database, Conversation) == 1
    await caller.delivers(direct("hello", channel=CHAT))
    await slack.has_posted(7)
    assert count(database, Conversation) == 2  # that is over, and another begins


async def test_a_form_is_taken_and_erased_with_what_was_told(
    caller: SlackCaller, slack: SlackStandIn, database: Database, told: dict[str, Any]
) -> None:
    await caller.delivers(press(button(told, "leave_question"), message=told["ts"], channel=CHAT))
    metadata = (await slack.has(lambda slack: slack.opened))[0]["private_metadata"]
    await caller.delivers(sent_form(metadata))
    assert (await slack.has_posted(2))[1]["channel"] == CHAT
    await slack.has(lambda slack: slack.messages[0].get("edited"))
    assert (count(database, Conversation), count(database, FollowUp)) == (1, 1)
    await caller.delivers(press(ERASE, message="1.1", channel=CHAT))
    await slack.has_posted(3)
    assert (count(database, Conversation), count(database, FollowUp)) == (0, 0)


async def test_whether_it_was_useful_is_kept(
    caller: SlackCaller, slack: SlackStandIn, database: Database, told: dict[str, Any]
) -> None:
    with database.read() as session:
        reference = session.scalars(select(Enquiry.reference)).one()
    await caller.delivers(press({"action_id": "useful", "value": reference}, message=told["ts"], channel=CHAT))
    await slack.has(lambda slack: slack.messages[0].get("edited"))
    with database.read() as session:
        assert session.scalars(select(Enquiry.useful)).one() is True


@pytest.mark.parametrize(
    "other",
    [
        {"user": {"id": "U2"}},
        {"team": {"id": "T2"}, "user": {"id": USER}},
        {"channel": {"id": CHANNEL}},
        {"message": {"ts": "9.9"}, "container": {}},
    ],
)
async def test_nobody_else_and_no_other_workspace_presses_it(
    caller: SlackCaller, slack: SlackStandIn, database: Database, told: dict[str, Any], other: dict[str, Any]
) -> None:
    with database.read() as session:
        reference = session.scalars(select(Enquiry.reference)).one()
    for pressed in (button(told, "choice:0"), {"action_id": "useful", "value": reference}):
        await caller.delivers({**press(pressed, message=told["ts"], channel=CHAT), **other})
    notices = (await slack.has_posted(3))[1:]
    assert all(GONE_BUTTON in each["text"] for each in notices)
    assert count(database, Enquiry) == 1 and "edited" not in slack.messages[0]
    with database.read() as session:
        assert session.scalars(select(Enquiry.useful)).one() is None


async def test_two_messages_of_one_name_are_told_apart_by_whose_they_are(
    caller: SlackCaller, slack: SlackStandIn, database: Database, told: dict[str, Any]
) -> None:
    await caller.delivers(mention("my manager called me a racist slur", ts=THREAD, user="U2"))
    await slack.has_posted(2)
    with database.write() as session:
        session.execute(update(Post).values(sent_as=told["ts"]))
    await caller.delivers(press(button(told, "choice:0"), message=told["ts"], channel=CHAT))
    assert "Please give your" in (await slack.has_posted(3))[2]["text"]
    assert count(database, Conversation) == 2

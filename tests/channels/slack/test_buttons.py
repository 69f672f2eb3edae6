"""What the buttons do, from the press to what is kept and shown; pressed twice, or delivered twice, they do it once."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import func, select

from assistant.channels import review_cards, wording
from assistant.channels.notices import ERASED
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.models import Conversation, Enquiry, FollowUp, Group
from assistant.messaging.models import InboxMessage, Post
from assistant.review.models import Decision, ReviewChannel
from assistant.settings import Settings
from tests.channels.slack.conftest import Assistant
from tests.support.asked import add_group
from tests.support.fake_engine import FakeEngine
from tests.support.linked import add_linked
from tests.support.slack_caller import CHANNEL, SlackCaller, command, direct, press
from tests.support.slack_stand_in import SlackStandIn


def button(message: dict[str, Any], action: str) -> dict[str, Any]:
    buttons = [each for block in message["blocks"] if block["type"] == "actions" for each in block["elements"]]
    found: dict[str, Any] = next(each for each in buttons if each["action_id"] == action)
    return found


async def twice(caller: SlackCaller, pressed: dict[str, Any]) -> None:
    for _ in range(2):
        assert (await caller.delivers(pressed)).status_code == 200


def count(database: Database, table: type[Any], *where: Any) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table).where(*where)) or 0


async def has_settled(database: Database, slack: SlackStandIn) -> None:
    """Nothing waits any more, on either side."""
    await slack.has(
        lambda _: not any(count(database, each, each.next_try_at.is_not(None)) for each in (InboxMessage, Post))
    )


@pytest.mark.parametrize(("action", "useful", "thanks"), [
    ("useful", True, wording.THANKS), ("not_useful", False, wording.SORRY),
])  # fmt: skip
async def test_a_mark_is_kept_and_the_answer_shown_anew_with_thanks(
    caller: SlackCaller, slack: SlackStandIn, database: Database, action: str, useful: bool, thanks: str
) -> None:
    await caller.delivers(direct("What is the observatory?"))
    [answer] = await slack.has_posted(1)
    pressed = press(button(answer, action), message=answer["ts"])
    await twice(caller, pressed)
    await slack.has(lambda slack: slack.messages[0].get("edited"))
    [shown] = slack.messages
    assert thanks in shown["text"] and wording.USEFUL not in shown["text"]
    with database.read() as session:
        assert session.scalars(select(Enquiry.useful)).one() is useful
    await has_settled(database, slack)
    assert [method for method, _ in slack.calls].count("chat.update") == 1


async def test_what_was_asked_is_erased_and_that_is_said_once(
    caller: SlackCaller, slack: SlackStandIn, database: Database
) -> None:
    await caller.delivers(command(""))
    [welcome] = await slack.has_posted(1)
    await caller.delivers(direct("What is the observatory?"))
    await slack.has_posted(2)
    await twice(caller, press(button(welcome, "erase"), message=welcome["ts"]))
    assert ERASED in (await slack.has_posted(3))[2]["text"]
    await has_settled(database, slack)
    assert len(slack.messages) == 3
    assert (count(database, Conversation), count(database, Enquiry)) == (0, 0)


async def test_a_choice_and_a_command_that_are_delivered_twice_are_answered_once(
    caller: SlackCaller, slack: SlackStandIn, database: Database
) -> None:
    await twice(caller, command("what about boards?"))
    [asked] = await slack.has_posted(1)
    await twice(caller, press(button(asked, "choice:0"), message=asked["ts"]))
    await slack.has_posted(2)
    await has_settled(database, slack)
    assert len(slack.messages) == 2 and count(database, Enquiry) == 2


class TestACard:
    @pytest.fixture
    async def reviewing(
        self, assistant: Assistant, slack_settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> AsyncIterator[SlackCaller]:
        """Staff review in a channel."""
        monkeypatch.setattr(review_cards, "ROUND_SECONDS", 0.05)
        async with assistant(slack_settings.model_copy(update={"slack_review_channel": CHANNEL})) as caller:
            yield caller

    async def card(self, slack: SlackStandIn, database: Database) -> dict[str, Any]:
        await slack.has(lambda _: count(database, ReviewChannel))  # since when cards are shown there
        with database.write() as session:
            number, _ = add_group(session, "is there parking?", label="offer/lfhii")
            group = session.get_one(Group, number)
            group.judged_by, group.first_at = FakeEngine.model, now()  # judged already: nobody judges it anew
        [card] = await slack.has_posted(1)
        assert card["channel"] == CHANNEL
        return dict(card)

    async def test_a_reviewer_decides_on_it_once_and_it_says_who_did(
        self, reviewing: SlackCaller, slack: SlackStandIn, database: Database
    ) -> None:
        staff, card = add_linked(database), await self.card(slack, database)
        await twice(reviewing, press(button(card, "decide:take:0"), message=card["ts"], channel=CHANNEL))
        await slack.has(lambda slack: "Ada Lovelace" in slack.messages[0]["text"])
        with database.read() as session:
            assert session.scalars(select(Decision.staff_id)).one() == staff
        assert len(slack.messages) == 1

    async def test_a_stranger_decides_nothing_and_is_told_alone(
        self, reviewing: SlackCaller, slack: SlackStandIn, database: Database
    ) -> None:
        add_linked(database)
        card = await self.card(slack, database)
        pressed = press(button(card, "decide:take:0"), message=card["ts"], channel=CHANNEL, user="U2")
        await twice(reviewing, pressed)
        notice = (await slack.has_posted(2))[1]
        assert notice["channel"] == "DU2" and "nothing was changed" in notice["text"]
        assert count(database, Decision) == 0


async def test_a_question_that_was_left_is_withdrawn_by_whoever_left_it_only(
    caller: SlackCaller, slack: SlackStandIn, database: Database
) -> None:
    for number, said in enumerate(("leave a question", "Is there parking?", "Ade Okafor", "ade@nhs.net", "yes"), 1):
        await caller.delivers(direct(said))
        thanks = (await slack.has_posted(number))[-1]
    withdraw = button(thanks, "withdraw")
    await twice(caller, press(withdraw, message=thanks["ts"], user="U2"))
    await has_settled(database, slack)
    assert count(database, FollowUp, FollowUp.state == "open") == 1
    await twice(caller, press(withdraw, message=thanks["ts"]))
    await slack.has(lambda slack: slack.messages[4].get("edited"))
    assert wording.WITHDRAWN in slack.messages[4]["text"]
    assert count(database, FollowUp, FollowUp.state == "withdrawn") == 1

"""The queue shown where staff work: one card for each time a group is opened, kept as the group stands."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from assistant.channels.review_cards import AGAIN, MOST, ReviewCards
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.grouping import mend_groups
from assistant.enquiries.models import Enquiry, Group
from assistant.messaging.errors import PostRefusedError
from assistant.messaging.models import Post, PostKind
from assistant.messaging.outbox import OpenPost
from assistant.messaging.switched_on import channels_on, review_channels
from assistant.review.decisions import Choice, claim_group, decide, find_last_decision, undo
from assistant.review.models import DecisionKind, ReviewCard
from assistant.settings import Settings
from assistant.staff.models import Staff
from tests.support.asked import add_group
from tests.support.made_up_channel import MadeUpChannel

SLACK = {"slack_signing_secret": "s", "slack_bot_token": "xoxb-1", "slack_review_channel": "C1"}
TEAMS = {"teams_app_id": "app", "teams_app_secret": "s", "teams_review_channel": "19:c@thread.tacv2"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Slack is on, with a place to review in."""
    return Settings(**{**settings.model_dump(), **SLACK, "public_url": "https://ask.example.org"})


@pytest.fixture
def cards(desk: EnquiryDesk) -> ReviewCards:
    """Switched on now."""
    cards = ReviewCards(desk)
    cards.go_round()
    return cards


def ask(database: Database, *texts: str | None, kind: str = "question", **values: Any) -> int:
    """A group that was opened just now, and judged by the model."""
    with database.write() as session:
        number, _ = add_group(session, *texts, kind=kind, label="offer/lfhii")
        group = session.get_one(Group, number)
        group.judged_by, group.first_at = "m", now()
        for name, value in values.items():
            setattr(group, name, value)
        return number


def decide_in_console(session: Session, number: int, kind: DecisionKind, label: str | None = None) -> None:
    """As Robin does."""
    robin = session.scalars(select(Staff)).first() or Staff(email="r@example.org", name="Robin", role="reviewer")
    session.add(robin)
    session.flush()
    group = claim_group(session, number, session.get_one(Group, number).version)
    decide(session, group, robin.id, Choice(kind, label=label))


async def shown(cards: ReviewCards, channel: MadeUpChannel) -> list[OpenPost]:
    """What is newly in the channel after a round."""
    before = len(channel.courier.sent)
    cards.go_round()
    return (await channel.sends())[before:]


async def test_a_group_that_was_opened_is_shown_once(
    cards: ReviewCards, channel: MadeUpChannel, database: Database
) -> None:
    number = ask(database, "Is there parking?", "parking", others=["offer/observatory", "small_talk/x"], handoffs=1)
    [card] = await shown(cards, channel)
    assert card.kind is PostKind.REVIEW and card.address["channel"] == "C1"
    content = card.content
    assert content["lines"] == ["Is there parking?"]
    assert content["facts"] == ["2 askers", "2 not understood", "1 left for a person, and waiting"]
    assert (content["group"], content["version"], content["can_decide"]) == (number, 0, True)
    assert content["suggestions"][0]["label"] == "offer/lfhii" and len(content["suggestions"]) <= 3
    assert content["link"] == f"https://ask.example.org/staff/groups/{number}" and "decided" not in content
    assert await shown(cards, channel) == []


async def test_of_what_was_met_with_care_it_shows_no_words_and_nothing_to_decide(
    cards: ReviewCards, channel: MadeUpChannel, database: Database
) -> None:
    ask(database, "words that should not be here", kind="disclosure")
    [card] = await shown(cards, channel)
    assert card.content["title"] == "A message that was met with care"
    assert card.content["lines"] == card.content["facts"] == card.content["suggestions"] == []
    assert not card.content["can_decide"] and card.content["link"]


async def test_an_old_queue_is_not_poured_out(cards: ReviewCards, channel: MadeUpChannel, database: Database) -> None:
    ask(database, "an old one", first_at=now() - timedelta(days=1))
    ask(database, "one that no model has judged", judged_by=None)
    ask(database, "one that waits", state="waiting")
    assert await shown(cards, channel) == []


async def test_no_more_than_twenty_a_round_oldest_first(
    cards: ReviewCards, channel: MadeUpChannel, database: Database
) -> None:
    numbers = [ask(database, f"question {number}") for number in range(MOST + 2)]
    first = await shown(cards, channel)
    assert [card.content["group"] for card in first] == numbers[:MOST]
    assert [card.content["group"] for card in await shown(cards, channel)] == numbers[MOST:]


async def test_what_was_decided_elsewhere_loses_its_buttons(
    cards: ReviewCards, channel: MadeUpChannel, database: Database
) -> None:
    number = ask(database, "Is there parking?")
    await shown(cards, channel)
    with database.write() as session:
        decide_in_console(session, number, DecisionKind.DISMISS)
    [card] = await shown(cards, channel)
    assert card.content["message"] == "message-1" and card.content["decided"] == "Robin dismissed it."
    assert not card.content["can_decide"]
    assert await shown(cards, channel) == []


async def test_what_was_undone_can_be_decided_again(
    cards: ReviewCards, channel: MadeUpChannel, database: Database
) -> None:
    number = ask(database, "Is there parking?")
    await shown(cards, channel)
    with database.write() as session:
        decide_in_console(session, number, DecisionKind.OUT_OF_SCOPE, "out_of_scope")
    await shown(cards, channel)
    with database.write() as session:
        last = find_last_decision(session, number)
        assert last is not None and last.staff_id is not None
        undo(session, number, 1, last.id, last.staff_id)
    [card] = await shown(cards, channel)
    assert card.content["can_decide"] and card.content["version"] == 2 and "decided" not in card.content


async def test_what_was_opened_again_has_a_card_of_its_own(
    cards: ReviewCards, channel: MadeUpChannel, database: Database
) -> None:
    number = ask(database, "Is there parking?")
    await shown(cards, channel)
    with database.write() as session:
        decide_in_console(session, number, DecisionKind.DISMISS)
        decide_in_console(session, number, DecisionKind.REOPEN)
    new, old = await shown(cards, channel)
    assert "message" not in new.content and new.content["can_decide"]
    assert old.content["message"] == "message-1" and "has a newer card" in old.content["decided"]
    assert await shown(cards, channel) == []


async def test_what_was_asked_is_erased_in_the_channel_too(
    cards: ReviewCards, channel: MadeUpChannel, database: Database
) -> None:
    ask(database, "Is there parking?")
    await shown(cards, channel)
    with database.write() as session:
        session.execute(delete(Enquiry))
        session.execute(delete(Group))
    [card] = await shown(cards, channel)
    assert card.content["lines"] == [] and card.content["message"] == "message-1"
    assert card.content["decided"] == "What was asked is erased." and not card.content["can_decide"]
    with database.read() as session:
        assert session.scalars(select(ReviewCard)).all() == []


async def test_a_card_that_was_not_sent_goes_with_its_question(
    cards: ReviewCards, channel: MadeUpChannel, database: Database
) -> None:
    ask(database, "Is there parking?")
    cards.go_round()
    with database.write() as session:
        session.execute(delete(Enquiry))
    assert await channel.sends() == []
    with database.read() as session:
        assert session.scalars(select(Post)).all() == []


async def test_a_card_whose_question_is_erased_while_it_is_sent_is_taken_back(
    cards: ReviewCards, channel: MadeUpChannel, database: Database
) -> None:
    ask(database, "Is there parking?")
    cards.go_round()
    [claimed] = channel.posting.claim(8)
    with database.write() as session:
        session.execute(delete(Enquiry))
        session.execute(delete(Group))
    await channel.posting.send(claimed)
    assert cards.go_round() == 0
    card, back = await channel.sends()
    assert card.content["lines"] == ["Is there parking?"]
    assert (back.content["lines"], back.content["message"], back.address["channel"]) == ([], "message-1", "C1")
    with database.read() as session:
        assert session.scalars(select(ReviewCard)).all() == []


async def test_a_group_that_outlives_the_question_of_its_card_has_a_new_one(
    cards: ReviewCards, channel: MadeUpChannel, database: Database
) -> None:
    number = ask(database, "Is there parking?", "Where do I park?")
    cards.go_round()
    with database.write() as session:
        leader = session.get_one(Group, number).leader
        session.execute(delete(Enquiry).where(Enquiry.reference == leader))
        mend_groups(session, [number])
        group = session.get_one(Group, number)
        group.judged_by, group.first_at = "m", now()
    [card] = await shown(cards, channel)
    assert "Is there parking?" not in card.content["lines"] and card.content["can_decide"]


async def test_a_card_that_was_refused_is_shown_once_the_app_is_let_in(
    cards: ReviewCards, channel: MadeUpChannel, database: Database
) -> None:
    number = ask(database, "Is there parking?")
    channel.courier.failures = [PostRefusedError("not_in_channel")]
    assert await shown(cards, channel) == [] and cards.go_round() == 0
    with database.write() as session:
        session.execute(update(Post).values(created_at=now() - AGAIN))
    [card] = await shown(cards, channel)
    assert card.content["group"] == number and "message" not in card.content
    with database.write() as session:
        session.execute(update(Post).values(created_at=now() - AGAIN))
    assert cards.go_round() == 0


def test_without_a_channel_for_it_nothing_is_shown(desk: EnquiryDesk, database: Database) -> None:
    ask(database, "Is there parking?")
    desk.settings = desk.settings.model_copy(update={"slack_review_channel": None})
    assert ReviewCards(desk).go_round() == 0


def test_where_staff_review_is_said_as_each_channel_needs_it() -> None:
    given: dict[str, Any] = {**SLACK, **TEAMS, "slack_review_channel": "T1/C1"}
    slack, teams = review_channels(Settings(**given))
    assert (slack.channel, slack.address["team"], slack.address["channel"]) == ("slack", "T1", "C1")
    assert teams.address == {
        "service_url": "https://smba.trafficmanager.net/teams/",
        "conversation": "19:c@thread.tacv2",
        "tenant": "",
        "user": "",
        "bot": "app",
        "is_personal": "",
        "reply_to": "",
    }
    assert channels_on(Settings(**given)) == ["slack", "teams"] and channels_on(Settings()) == []
    assert review_channels(Settings().model_copy(update={"slack_review_channel": "C1"})) == []

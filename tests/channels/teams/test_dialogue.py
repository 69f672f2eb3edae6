"""Members talk to the assistant in Teams: in a chat of their own, and in a channel."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from assistant.channels import wording
from assistant.channels.notices import GONE_BUTTON
from assistant.channels.teams import connector
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.follow_ups import CONSENT_WORDING
from assistant.enquiries.models import Conversation, Enquiry, FollowUp
from assistant.messaging.models import InboxMessage, Post
from tests.channels.teams.conftest import OpenTeams
from tests.support.fake_engine import FakeEngine
from tests.support.teams_chat import TeamsChat
from tests.support.teams_messages import Fault
from tests.support.teams_stand_in import TENANT, TeamsStandIn

THREAD = "19:channel@thread.tacv2;messageid=1"


def words_of(part: Any) -> str:
    """All that a card says."""
    if isinstance(part, dict):
        return " ".join(words_of(each) for each in part.values())
    if isinstance(part, list):
        return " ".join(words_of(each) for each in part)
    return part if isinstance(part, str) else ""


def all_due(database: Database) -> None:
    """Time passes: what waits is due."""
    with database.write() as session:
        session.execute(update(Post).where(Post.next_try_at.is_not(None)).values(next_try_at=now()))


async def test_a_question_is_answered_with_a_card(chat: TeamsChat) -> None:
    await chat.says("What is the observatory?")
    [message] = chat.teams.shown()
    assert "The observatory." in words_of(message.card)


@pytest.mark.parametrize("tenant", [None, TENANT])
async def test_a_choice_is_answered_and_its_message_shown_anew(
    open_teams: OpenTeams, teams: TeamsStandIn, tenant: str | None
) -> None:
    chat = open_teams(teams_tenant_id=tenant)
    await chat.says("what about boards?")
    [asked] = teams.shown()
    button = asked.buttons("choice")[0]
    assert await chat.delivers(teams.pressed(asked, button)) == 202
    await chat.does_everything()
    assert len(teams.shown()) == 2
    assert (asked.buttons("choice"), asked.times_shown) == ([], 2)


async def test_whether_an_answer_was_useful_is_kept(chat: TeamsChat, database: Database) -> None:
    await chat.says("What is the observatory?")
    [message] = chat.teams.shown()
    with database.read() as session:
        reference = session.scalars(select(Enquiry.reference)).one()
    await chat.delivers(chat.teams.pressed(message, {"act": "not_useful", "reference": reference}))
    await chat.does_everything()
    with database.read() as session:
        assert session.scalars(select(Enquiry.useful)).one() is False
    assert (len(chat.teams.shown()), message.times_shown) == (1, 2)


async def test_a_question_is_left_in_a_form(chat: TeamsChat, engine: FakeEngine) -> None:
    await chat.says("where can I park?")
    [message] = chat.teams.shown()
    form = {
        "act": "form",
        "question": "Is there parking?",
        "name": "Ade Okafor",
        "email": "ade@nhs.net",
        "consent": "true",
        "wording": CONSENT_WORDING,
        "keep_words": "false",
    }
    await chat.delivers(chat.teams.pressed(message, form))
    await chat.does_everything()
    assert "Your reference is" in words_of(chat.teams.shown()[-1].activity)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"wording": CONSENT_WORDING}, "Please tick the box"),
        ({"consent": "true", "wording": "2020-01-01"}, "what you agree to has changed"),
    ],
    ids=["not ticked", "an old wording"],
)
async def test_without_consent_nothing_is_left_and_it_is_said(
    chat: TeamsChat, database: Database, given: dict[str, str], said: str
) -> None:
    await chat.says("where can I park?")
    [message] = chat.teams.shown()
    form = {"act": "form", "question": "Is there parking?", "name": "Ade Okafor", "email": "ade@nhs.net", **given}
    await chat.delivers(chat.teams.pressed(message, form))
    await chat.does_everything()
    notice = chat.teams.shown()[-1].activity
    assert said in notice["text"] and "othing was kept." in notice["text"]
    assert message.times_shown == 1  # with its form
    with database.read() as session:
        assert len(session.scalars(select(Enquiry.reference)).all()) == 1
        assert session.scalars(select(FollowUp)).all() == []
        assert session.scalars(select(InboxMessage.arrival_encrypted)).all() == [None, None]


async def test_who_asks_for_it_is_forgotten(chat: TeamsChat, database: Database) -> None:
    await chat.says("What is the observatory?")
    [message] = chat.teams.shown()
    await chat.delivers(chat.teams.pressed(message, {"act": "erase"}))
    await chat.does_everything()
    with database.read() as session:
        assert session.scalars(select(Conversation.id)).all() == []
    assert len(chat.teams.shown()) == 2


async def test_who_opens_the_chat_is_welcomed_once(chat: TeamsChat) -> None:
    for number in range(2):
        added = chat.teams.activity(None, type="conversationUpdate", id=str(number), membersAdded=[{"id": "29:member"}])
        assert await chat.delivers(added) == 202
    await chat.does_everything()
    assert len(chat.teams.shown()) == 1


async def test_a_mention_in_a_channel_is_answered_in_its_thread(chat: TeamsChat) -> None:
    assert await chat.delivers(chat.teams.in_channel("What is the observatory?")) == 202
    await chat.does_everything()
    assert len(chat.teams.shown(THREAD)) == 1
    assert chat.teams.shown() == []


async def test_a_private_chat_never_leaks_into_a_channel(
    chat: TeamsChat, database: Database, engine: FakeEngine
) -> None:
    await chat.says("leave a question")
    await chat.says("Is my line manager allowed to do that?")
    await chat.delivers(chat.teams.in_channel("Ade Okafor"))
    await chat.does_everything()
    with database.read() as session:
        assert len(session.scalars(select(Conversation.id)).all()) == 2
    first, second = {request.conversation for request in engine.requests[:2]}, engine.requests[-1].conversation
    assert second not in first
    assert engine.steps[second] is None
    assert "line manager" not in words_of([each.activity for each in chat.teams.shown(THREAD)])


async def test_two_people_in_one_thread_have_a_conversation_each(chat: TeamsChat, database: Database) -> None:
    other = {"from": {"id": "29:other", "aadObjectId": "other"}}
    for activity in (chat.teams.in_channel("what about boards?"), chat.teams.in_channel("hello", **other)):
        await chat.delivers(activity)
    await chat.does_everything()
    with database.read() as session:
        assert len(session.scalars(select(Conversation.id)).all()) == 2
    asked = next(each for each in chat.teams.shown(THREAD) if each.buttons("choice"))
    press = chat.teams.pressed(
        asked, asked.buttons("choice")[0], conversation=chat.teams.in_channel("")["conversation"]
    )
    await chat.delivers({**press, **other})
    await chat.does_everything()
    assert asked.times_shown == 1  # the button of somebody else
    assert len(chat.teams.shown("a:alone-29:other")) == 1  # which they are told alone


async def test_what_is_told_in_need_is_answered_to_that_person_alone(chat: TeamsChat, database: Database) -> None:
    await chat.delivers(chat.teams.in_channel("I want to kill myself"))
    await chat.does_everything()
    with database.read() as session:
        assert session.scalars(select(Enquiry.outcome)).one() == "crisis"
    assert len(chat.teams.shown("a:alone-29:member")) == 1
    assert chat.teams.shown(THREAD) == []


@pytest.mark.parametrize("lost", [0, 1], ids=["the sign", "the content"])
async def test_an_answer_whose_receipt_was_lost_is_shown_once(chat: TeamsChat, database: Database, lost: int) -> None:
    await chat.delivers(chat.teams.activity())
    while rows := chat.answering.claim(8):
        for row in rows:
            await chat.answering.answer(row)
    post = chat.posting.claim(1)[0]
    if lost == 0:
        chat.teams.faults = [Fault(is_done=True)]
    else:  # the sign gets through, and then the connection ends
        chat.teams.faults = [None, Fault(is_done=True)]
    await chat.posting.send(post)
    all_due(database)
    chat.posting._away_until = None
    await chat.does_everything()
    assert [each.times_shown for each in chat.teams.shown()] == [1]


async def test_an_outage_is_waited_out(chat: TeamsChat, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connector, "STEP_SECONDS", 0.2)
    chat.teams.faults = [Fault(503), Fault(429, {"Retry-After": "120"})]
    before = now()
    await chat.says("What is the observatory?")
    assert chat.posting.claim(1) == ()  # the channel is away, and nothing else is tried meanwhile
    chat.posting._away_until = None
    all_due(database)
    await chat.does_everything()
    with database.read() as session:
        [due] = session.scalars(select(Post.next_try_at)).all()
    assert due is not None and timedelta(seconds=119) < due - before < timedelta(seconds=125)
    all_due(database)
    await chat.does_everything()
    assert len(chat.teams.shown()) == 1


async def test_the_token_is_seen_by_the_connector_alone(chat: TeamsChat) -> None:
    await chat.says("What is the observatory?")
    assert {each.host for each in chat.teams.calls} == {chat.teams.url.removeprefix("http://")}
    assert {each.authorization for each in chat.teams.calls} == {"Bearer token-1"}


@pytest.mark.parametrize("is_theirs", [True, False])
async def test_what_is_offered_to_that_person_alone_is_taken_from_them_alone(
    chat: TeamsChat, database: Database, is_theirs: bool
) -> None:
    await chat.delivers(chat.teams.in_channel("my manager called me a racist slur"))
    await chat.does_everything()
    alone = "a:alone-29:member"
    [told] = chat.teams.shown(alone)
    there = {"id": alone, "conversationType": "personal", "tenantId": TENANT}
    other = {} if is_theirs else {"from": {"id": "29:other", "aadObjectId": "other"}}
    with database.read() as session:
        reference = session.scalars(select(Enquiry.reference)).one()
    for pressed in (told.buttons("choice")[0], {"act": "not_useful", "reference": reference}):
        await chat.delivers(chat.teams.pressed(told, pressed, conversation=there, **other))
        await chat.does_everything()
    words = words_of([each.activity for each in chat.teams.shown(alone)[1:]])
    assert ("Please give your" in words, GONE_BUTTON in words) == (is_theirs, not is_theirs)
    assert told.times_shown == (3 if is_theirs else 1)
    with database.read() as session:
        assert session.get_one(Enquiry, reference).useful is (False if is_theirs else None)
        assert len(session.scalars(select(Conversation.id)).all()) == 1


async def test_a_question_that_was_left_is_withdrawn_by_whoever_left_it_only(
    chat: TeamsChat, database: Database
) -> None:
    for said in ("leave a question", "Is there parking?", "Ade Okafor", "ade@nhs.net", "yes"):
        await chat.says(said)
    thanks = chat.teams.shown()[-1]
    [button] = thanks.buttons("withdraw")
    stranger = {"from": {"id": "29:other", "aadObjectId": "other"}}
    for others, state in ((stranger, "open"), ({}, "withdrawn")):
        await chat.delivers(chat.teams.pressed(thanks, button, **others))
        await chat.does_everything()
        with database.read() as session:
            assert session.scalars(select(FollowUp.state)).one() == state
    assert thanks.buttons("withdraw") == [] and wording.WITHDRAWN in words_of(thanks.card)

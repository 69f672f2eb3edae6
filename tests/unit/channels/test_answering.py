from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from assistant.channels.answering import MOST_TRIES, MOST_UNEXPECTED_TRIES
from assistant.channels.notices import FILES_ONLY, FORM_ONLY, GONE_BUTTON
from assistant.db.base import Base, now
from assistant.db.engine import Database, DatabaseUnavailableError
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.encryption import Cipher, make_key
from assistant.enquiries.engine import TurnFailedError, TurnReply, TurnRequest
from assistant.enquiries.errors import AnswerInterruptedError
from assistant.enquiries.models import Conversation, Enquiry, FollowUp
from assistant.messaging.arrivals import ArrivalKind
from assistant.messaging.erasing import erase
from assistant.messaging.models import InboxMessage, Place, Post, PostKind
from assistant.messaging.outbox import SAME_PRESS
from tests.support.fake_engine import FakeEngine
from tests.support.made_up_channel import MadeUpChannel


def rows(database: Database, table: type[Base]) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def only_conversation(database: Database) -> str:
    with database.read() as session:
        return session.scalars(select(Conversation.id)).one()


def make_due(database: Database, write: Callable[[], AbstractContextManager[Session]] | None = None) -> None:
    """What was put off, or is claimed, is due now."""
    with (write or database.write)() as session:
        session.execute(update(InboxMessage).where(InboxMessage.next_try_at.is_not(None)).values(next_try_at=now()))


async def test_a_message_is_answered_once_however_often_it_is_delivered(
    channel: MadeUpChannel, database: Database
) -> None:
    new = [await channel.says("What is the observatory?", key="E1") for _ in range(3)]
    sent = await channel.does_everything()
    assert new == [True, False, False]
    assert [(post.kind, post.content["reply"]["outcome"]) for post in sent] == [(PostKind.REPLY, "offer")]
    await channel.says("What is the observatory?", key="E1")
    assert len(await channel.does_everything()) == 1
    with database.read() as session:
        assert session.scalar(select(func.count(Enquiry.reference))) == 1


async def test_two_events_for_one_message_are_one(channel: MadeUpChannel) -> None:
    assert await channel.says("hello", key="E1", twin="1.1")
    assert not await channel.says("hello", key="E2", twin="1.1")


async def test_nothing_that_was_said_stays_in_the_inbox(channel: MadeUpChannel, database: Database) -> None:
    await channel.says("What is the observatory?")
    await channel.answers()
    with database.read() as session:
        assert session.scalars(select(InboxMessage.arrival_encrypted)).all() == [None]


async def test_a_pressed_choice_is_answered_and_its_message_shown_anew(channel: MadeUpChannel) -> None:
    await channel.says("what about boards?")
    asked = (await channel.does_everything())[0]
    choice = asked.content["reply"]["choices"][0]
    pressed = {"choice": choice["id"], "label": choice["label"], "message": "message-1"}
    await channel.delivers(ArrivalKind.CHOICE, **pressed)
    sent = await channel.does_everything()
    kinds = {post.kind: post.content for post in sent[1:]}
    assert kinds[PostKind.REPLY]["reply"]["outcome"] == "offer"
    assert kinds[PostKind.UPDATE]["pressed"] == {"choice": choice["label"]}


async def test_a_choice_or_a_form_that_is_sent_by_two_clicks_is_taken_once(
    channel: MadeUpChannel, database: Database
) -> None:
    await channel.says("what about boards?")
    first, second = (await channel.does_everything())[0].content["reply"]["choices"][:2]
    form = {"question": "Is there parking?", "name": "Ade", "email": "ade@nhs.net", "keep_words": False}
    for choice in (first, first, second):
        pressed = {"choice": choice["id"], "label": choice["label"]}
        await channel.delivers(ArrivalKind.CHOICE, **pressed, message="message-1")
    for question in ("Is there parking?", "Is there parking?", "Is there a lift?"):
        await channel.delivers(ArrivalKind.FORM, **{**form, "question": question}, message="message-1")
    sent = await channel.does_everything()
    assert [post.kind for post in sent].count(PostKind.REPLY) == 5
    assert rows(database, FollowUp) == 2


async def test_what_is_pressed_again_later_is_answered_again(channel: MadeUpChannel, database: Database) -> None:
    await channel.says("what about boards?")
    choice = (await channel.does_everything())[0].content["reply"]["choices"][0]
    for _ in range(2):
        await channel.delivers(ArrivalKind.CHOICE, choice=choice["id"], label=choice["label"], message="message-1")
        with database.write() as session:
            waiting = update(InboxMessage).where(InboxMessage.arrival_encrypted.is_not(None))
            session.execute(waiting.values(created_at=now() + 2 * SAME_PRESS))
        sent = await channel.does_everything()
    assert [post.kind for post in sent].count(PostKind.REPLY) == 3


async def test_in_a_shared_place_a_crisis_is_met_aside_and_other_answers_are_not(channel: MadeUpChannel) -> None:
    await channel.says("I want to kill myself", is_private=False)
    await channel.says("What is the observatory?", is_private=False)
    crisis, answer = await channel.does_everything()
    assert (crisis.content["reply"]["outcome"], crisis.address.get("aside")) == ("crisis", "yes")
    assert "aside" not in answer.address


@pytest.mark.parametrize("is_private", [True, False])
@pytest.mark.parametrize(
    ("words", "outcome"),
    [("I want to kill myself.", "crisis"), ("My manager called me a racial slur in front of everyone.", "disclosure")],
)
@pytest.mark.parametrize("before", [0, 490, 750, 1480])
async def test_who_is_in_need_is_met_however_much_they_write(
    channel: MadeUpChannel, database: Database, words: str, outcome: str, is_private: bool, before: int
) -> None:
    padding = "It is about the meeting we had last week. " * 40
    text = f"{padding[:before]} {words} {padding[: 1500 - before]}"
    await channel.says(text, is_private=is_private)
    [reply] = await channel.does_everything()
    assert (reply.content["reply"]["outcome"], reply.address.get("aside") == "yes") == (outcome, not is_private)
    with database.read() as session:
        assert session.scalars(select(Enquiry.text)).all() == [None]


async def test_a_long_disclosure_that_is_left_is_kept_whole(
    channel: MadeUpChannel, desk: EnquiryDesk, database: Database
) -> None:
    await channel.says("leave a question")
    text = "My manager called me a racial slur in front of everyone. " + "It was last week. " * 80 + "Then he laughed."
    await channel.says(text)
    await channel.does_everything()
    with database.read() as session:
        draft = session.scalars(select(Conversation.draft)).one()
    assert desk.cipher.decrypt(draft or b"") == {"words": text}


@pytest.mark.parametrize("text", ["", " \n", "a" * 1001, "\0"])
async def test_what_cannot_be_taken_is_answered_with_why(channel: MadeUpChannel, text: str) -> None:
    await channel.says(text, is_private=False)
    [notice] = await channel.does_everything()
    assert notice.kind == PostKind.NOTICE and notice.content["texts"][0].startswith("The message is")
    assert notice.address["aside"] == "yes"


@pytest.mark.parametrize("is_private", [True, False])
async def test_files_without_a_word_are_answered_with_what_to_do(
    channel: MadeUpChannel, database: Database, is_private: bool
) -> None:
    await channel.says("", files=True, is_private=is_private)
    [notice] = await channel.does_everything()
    assert (notice.kind, notice.content["texts"]) == (PostKind.NOTICE, [FILES_ONLY])
    assert "call 999" in FILES_ONLY and rows(database, Enquiry) == 0


@pytest.mark.parametrize("user", ["U1", "U2"])
async def test_a_button_of_somebody_else_or_of_long_ago_says_so(
    channel: MadeUpChannel, database: Database, user: str
) -> None:
    await channel.says("what about boards?")
    await channel.delivers(ArrivalKind.CHOICE, user=user, choice="unknown", label="x", message="m\0\ud800")
    _, notice = await channel.does_everything()
    assert notice.content["texts"] == [GONE_BUTTON]
    assert rows(database, Conversation) == 1


async def test_a_form_is_taken_and_what_is_wrong_with_one_is_said(channel: MadeUpChannel, database: Database) -> None:
    right = {"question": "Is there parking?", "name": "Ade", "email": "ade@nhs.net"}
    for wrong in ({"email": "ade"}, {"name": ""}, {"question": ""}, {"question": "a" * 1001}):
        await channel.delivers(ArrivalKind.FORM, **{**right, **wrong})
    await channel.delivers(ArrivalKind.FORM, **right, keep_words=False)
    sent = await channel.does_everything()
    assert [post.kind for post in sent] == [PostKind.NOTICE] * 4 + [PostKind.REPLY]
    assert rows(database, FollowUp) == 1


@pytest.mark.parametrize("useful", [True, False])
async def test_a_mark_is_kept_and_its_message_shown_anew(
    channel: MadeUpChannel, database: Database, useful: bool
) -> None:
    await channel.says("What is the observatory?")
    [answer] = await channel.does_everything()
    reference = answer.content["reply"]["enquiry"]
    await channel.delivers(ArrivalKind.FEEDBACK, reference=reference, useful=useful, message="message-1")
    update = (await channel.does_everything())[-1]
    assert (update.kind, update.content["pressed"], update.content["message"]) == (
        PostKind.UPDATE,
        {"useful": useful},
        "message-1",
    )
    with database.read() as session:
        assert session.get_one(Enquiry, reference).useful is useful


@pytest.mark.parametrize("reference", ["ENQ-XXXX-2222", "", "\0", "é"])
async def test_a_mark_of_nothing_says_so(channel: MadeUpChannel, reference: str) -> None:
    await channel.delivers(ArrivalKind.FEEDBACK, reference=reference, useful=True)
    await channel.says("hello")
    await channel.delivers(ArrivalKind.FEEDBACK, reference=reference, useful=True)
    sent = await channel.does_everything()
    assert [post.content.get("texts") for post in sent if post.kind == PostKind.NOTICE] == [[GONE_BUTTON]] * 2


async def test_the_page_shows_offers_by_stage_and_a_welcome_greets(channel: MadeUpChannel) -> None:
    await channel.delivers(ArrivalKind.HOME)
    await channel.delivers(ArrivalKind.WELCOME)
    home, welcome = await channel.does_everything()
    assert [stage["stage"] for stage in home.content["stages"]] == ["commit", "understand", "act"]
    assert all(stage["offers"] for stage in home.content["stages"])
    assert welcome.content["is_welcome"]


async def test_who_opens_the_chat_is_greeted_once_and_who_asks_each_time(channel: MadeUpChannel) -> None:
    for _ in range(2):
        await channel.delivers(ArrivalKind.WELCOME, is_unasked=True)
    await channel.says("hello", user="U2")
    await channel.delivers(ArrivalKind.WELCOME, user="U2", is_unasked=True)
    assert [post.kind for post in await channel.does_everything()].count(PostKind.NOTICE) == 1
    await channel.delivers(ArrivalKind.WELCOME, user="U2")
    assert (await channel.does_everything())[-1].content["is_welcome"]


async def test_an_erasure_leaves_no_place_and_the_next_message_begins_anew(
    channel: MadeUpChannel, database: Database
) -> None:
    await channel.delivers(ArrivalKind.ERASE)  # nothing is held yet
    await channel.says("What is the observatory?")
    await channel.does_everything()
    await channel.delivers(ArrivalKind.ERASE)
    await channel.answers()
    assert [rows(database, table) for table in (Place, Conversation, Enquiry)] == [0, 0, 0]
    with database.read() as session:
        assert set(session.scalars(select(Post.kind))) == {PostKind.NOTICE}
    await channel.says("What is the observatory?")
    assert (await channel.does_everything())[-1].kind == PostKind.REPLY


async def test_what_is_erased_before_its_turn_begins_no_new_conversation(
    channel: MadeUpChannel, database: Database
) -> None:
    await channel.says("What is the observatory?")
    await channel.does_everything()
    await channel.says("And secret words?")
    [row] = channel.answering.claim(8)
    erase(database, only_conversation(database))
    await channel.answering.answer(row)
    assert len(await channel.does_everything()) == 1
    assert [rows(database, table) for table in (Place, Conversation, Enquiry, Post)] == [0] * 4


async def test_what_is_erased_while_it_is_answered_leaves_nothing(
    channel: MadeUpChannel, database: Database, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = engine.answer

    async def erase_meanwhile(request: TurnRequest) -> TurnReply:
        erase(database, request.conversation)
        return await answer(request)

    monkeypatch.setattr(engine, "answer", erase_meanwhile)
    await channel.says("What is the observatory?")
    assert await channel.does_everything() == []
    make_due(database)
    assert await channel.does_everything() == []
    assert [rows(database, table) for table in (Place, Conversation, Enquiry, Post)] == [0] * 4


async def test_what_is_erased_before_its_answer_is_queued_leaves_nothing(
    channel: MadeUpChannel, desk: EnquiryDesk, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle = desk.handle

    async def erase_after(own: str, *given: Any, **how: Any) -> dict[str, Any]:
        reply = await handle(own, *given, **how)
        erase(database, own)
        return reply

    monkeypatch.setattr(desk, "handle", erase_after)
    await channel.says("What is the observatory?")
    assert await channel.does_everything() == []
    make_due(database)
    assert await channel.does_everything() == []
    assert [rows(database, table) for table in (Place, Conversation, Enquiry, Post)] == [0] * 4


async def test_a_post_that_is_erased_while_it_is_sent_leaves_nothing(
    channel: MadeUpChannel, database: Database
) -> None:
    await channel.says("What is the observatory?")
    await channel.answers()
    [claimed] = channel.posting.claim(8)
    erase(database, only_conversation(database))
    await channel.posting.send(claimed)
    assert rows(database, Post) == 0


async def test_there_is_no_limit_of_messages_a_minute_but_pauses_hold(
    channel: MadeUpChannel, desk: EnquiryDesk
) -> None:
    desk.settings = desk.settings.model_copy(update={"messages_per_minute": 1})
    for _ in range(3):
        await channel.says("you are a stupid fucking bot")
    await channel.says("What is the observatory?")
    await channel.says("I want to kill myself")
    outcomes = [post.content["reply"]["outcome"] for post in await channel.does_everything()]
    assert outcomes[:3] == ["abuse"] * 3
    assert (outcomes[3], outcomes[4]) == ("abuse", "crisis")


async def test_when_the_engine_fails_it_is_said_and_once(channel: MadeUpChannel, engine: FakeEngine) -> None:
    engine.failure = TurnFailedError("away")
    await channel.says("What is the observatory?")
    [reply] = await channel.does_everything()
    assert "something went wrong on our side" in reply.content["reply"]["replies"][0]["text"]


async def test_what_never_works_is_given_up_and_the_person_told(
    channel: MadeUpChannel, engine: FakeEngine, database: Database
) -> None:
    engine.failure = RuntimeError("secret words")
    await channel.says("What is the observatory?", is_private=False)
    for _ in range(MOST_UNEXPECTED_TRIES):
        await channel.answers()
        make_due(database)
    [notice] = await channel.sends()
    assert "I could not answer your message" in notice.content["texts"][0]
    assert notice.address["aside"] == "yes"
    with database.read() as session:
        row = session.scalars(select(InboxMessage)).one()
    assert (row.is_given_up, row.arrival_encrypted, row.last_error) == (True, None, "RuntimeError")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (ArrivalKind.MESSAGE, "I could not answer your message. Please ask again, write to "),
        (ArrivalKind.CHOICE, "I could not answer your message. Please ask again, write to "),
        (ArrivalKind.FORM, "I cannot say whether your question was kept. Please send it again, write to "),
        (ArrivalKind.FEEDBACK, "I could not keep whether the answer was useful."),
        (ArrivalKind.ERASE, "I cannot say that what you asked me here is erased."),
        (ArrivalKind.DECISION, "Your decision was not taken, and nothing was changed."),
    ],
)
async def test_whoever_waits_is_told_what_was_not_done(
    channel: MadeUpChannel, database: Database, monkeypatch: pytest.MonkeyPatch, kind: ArrivalKind, said: str
) -> None:
    async def fail(*given: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(channel.answering, "_dialogue", SimpleNamespace(take=fail))
    await channel.delivers(kind)
    for _ in range(MOST_UNEXPECTED_TRIES):
        await channel.answers()
        make_due(database)
    [notice] = await channel.sends()
    assert said in notice.content["texts"][0]


async def test_what_nobody_expected_keeps_later_messages_waiting_for_seconds_only(
    channel: MadeUpChannel, engine: FakeEngine, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = engine.answer

    async def fail_at_boards(request: TurnRequest) -> TurnReply:
        if "boards" in request.text:
            raise RuntimeError
        return await answer(request)

    monkeypatch.setattr(engine, "answer", fail_at_boards)
    await channel.says("what about boards?")
    await channel.says("What is the observatory?")
    for _ in range(MOST_UNEXPECTED_TRIES):
        await channel.answers()
        with database.read() as session:
            due = session.scalars(select(InboxMessage.next_try_at).where(InboxMessage.attempts > 0)).first()
        assert due is None or due - now() < timedelta(seconds=5)
        make_due(database)
    assert [post.kind for post in await channel.sends()] == [PostKind.NOTICE, PostKind.REPLY]


async def test_what_may_pass_is_waited_for(
    channel: MadeUpChannel, desk: EnquiryDesk, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def interrupt(*given: Any, **how: Any) -> dict[str, Any]:
        raise AnswerInterruptedError

    with monkeypatch.context() as patch:
        patch.setattr(desk, "handle", interrupt)
        await channel.says("What is the observatory?")
        for _ in range(MOST_TRIES - 1):
            await channel.answers()
            make_due(database)
    assert [post.kind for post in await channel.does_everything()] == [PostKind.REPLY]


async def test_without_the_key_messages_wait_for_it(
    channel: MadeUpChannel, desk: EnquiryDesk, database: Database
) -> None:
    await channel.says("What is the observatory?")
    right, desk.cipher = desk.cipher, Cipher(make_key())
    for _ in range(MOST_TRIES + 1):
        await channel.answers()
        make_due(database)
    desk.cipher = right
    assert [post.kind for post in await channel.does_everything()] == [PostKind.REPLY]


@pytest.mark.parametrize("kind", [ArrivalKind.MESSAGE, ArrivalKind.CHOICE, ArrivalKind.FEEDBACK, ArrivalKind.FORM])
async def test_a_database_that_fails_at_any_write_doubles_nothing(
    channel: MadeUpChannel, desk: EnquiryDesk, database: Database, monkeypatch: pytest.MonkeyPatch, kind: ArrivalKind
) -> None:
    """At each write in turn, until there is none left to fail: one enquiry and one reply for each message."""
    write, writes, failing = database.write, 0, 0  # the number of a write fails once: it counts on

    @contextmanager
    def fail() -> Iterator[Session]:
        nonlocal writes
        writes += 1
        if writes == failing:
            raise DatabaseUnavailableError("It is away.")
        with write() as session:
            yield session

    expected = 0
    while writes >= failing:
        failing, user = failing + 1, f"U{failing}"
        sent = len(channel.courier.sent)
        await channel.says("what about boards?", user=user)
        asked = (await channel.does_everything())[sent].content["reply"]
        choice = asked["choices"][0]
        message = f"message-{sent + 1}"
        content = {
            ArrivalKind.MESSAGE: {"text": "What is the observatory?"},
            ArrivalKind.CHOICE: {"choice": choice["id"], "label": choice["label"], "message": message},
            ArrivalKind.FEEDBACK: {"reference": asked["enquiry"], "useful": True, "message": message},
            ArrivalKind.FORM: {"question": "Parking?", "name": "Ade", "email": "ade@nhs.net", "message": message},
        }[kind]
        await channel.delivers(kind, user=user, **content)
        writes = 0
        monkeypatch.setattr(database, "write", fail)
        for _ in range(3):
            with suppress(DatabaseUnavailableError):
                await channel.answers()
            make_due(database, write)
        monkeypatch.setattr(database, "write", write)
        await channel.does_everything()
        kinds = [post.kind for post in channel.courier.sent[sent + 1 :]]
        replies = 0 if kind == ArrivalKind.FEEDBACK else 1
        updates = 0 if kind == ArrivalKind.MESSAGE else 1
        assert (kinds.count(PostKind.REPLY), kinds.count(PostKind.UPDATE)) == (replies, updates)
        expected += 1 + replies
        assert rows(database, Enquiry) == expected


async def test_among_others_nobody_is_asked_for_name_and_address(channel: MadeUpChannel, database: Database) -> None:
    await channel.says("leave a question", is_private=False)
    [told] = await channel.does_everything()
    assert told.address["aside"] == "yes"
    reply = told.content["reply"]
    assert [each["text"] for each in reply["replies"]] == [FORM_ONLY] and reply["choices"] == []
    assert reply["expects"] == "question"  # by this a rendering offers the form
    assert reply["enquiry"] is None  # nothing was left that could be asked about
    with database.read() as session:
        assert session.scalars(select(Conversation.expects)).all() == [None]  # the step is over
    await channel.says("What is the observatory?", is_private=False)
    answer = (await channel.does_everything())[-1]
    assert (answer.content["reply"]["outcome"], answer.address.get("aside")) == ("offer", None)


async def test_what_is_said_among_others_is_not_read_at_a_step_that_was_opened_alone(
    channel: MadeUpChannel, database: Database, engine: FakeEngine
) -> None:
    await channel.says("What is the observatory?", is_private=False)
    await channel.does_everything()
    with database.write() as session:
        conversation = session.scalars(select(Conversation)).one()
        conversation.expects, engine.steps[conversation.id] = "question", "question"
    await channel.says("who leads this?", is_private=False)
    _, ended, answer = await channel.does_everything()
    assert (ended.content["reply"]["replies"][0]["text"], ended.address["aside"]) == ("I have stopped.", "yes")
    assert (answer.content["reply"]["outcome"], answer.address.get("aside")) == ("info", None)
    assert [request.payload for request in engine.requests[1:]] == ["/cancel", None]


async def test_what_became_of_a_question_is_told_aside(
    channel: MadeUpChannel, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    status = TurnReply("handoff", ("ENQ-AAAA-2222: it waits for a person.",))  # as action_tell_status answers
    monkeypatch.setattr(engine, "_reply", lambda request: status)
    await channel.says("What became of my question?", is_private=False)
    [told] = await channel.does_everything()
    assert told.address["aside"] == "yes"


async def test_a_form_that_was_sent_among_others_is_thanked_for_aside(channel: MadeUpChannel) -> None:
    form = {"question": "Is there parking?", "name": "Ade Okafor", "email": "ade@nhs.net"}
    await channel.delivers(ArrivalKind.FORM, is_private=False, **form)
    [thanks] = await channel.does_everything()
    assert (thanks.content["reply"]["outcome"], thanks.address["aside"]) == ("handoff", "yes")


async def leave_question(channel: MadeUpChannel, database: Database) -> str:
    """Its reference."""
    form = {"question": "Is there parking?", "name": "Ade Okafor", "email": "ade@nhs.net"}
    await channel.delivers(ArrivalKind.FORM, **form)
    [thanks] = await channel.does_everything()
    assert thanks.content["can_withdraw"] is True
    with database.read() as session:
        return session.scalars(select(FollowUp.reference)).one()


async def test_a_question_that_was_left_is_withdrawn_where_it_was_thanked_for(
    channel: MadeUpChannel, database: Database
) -> None:
    reference = await leave_question(channel, database)
    await channel.delivers(ArrivalKind.WITHDRAW, reference=reference, message="message-1")
    [_, anew] = await channel.does_everything()
    assert (anew.kind, anew.content["pressed"]) == (PostKind.UPDATE, {"withdrawn": True})
    with database.read() as session:
        left = session.scalars(select(FollowUp)).one()
        assert (left.state, left.name_encrypted, left.email_encrypted) == ("withdrawn", None, None)


async def test_nobody_withdraws_the_question_of_somebody_else(channel: MadeUpChannel, database: Database) -> None:
    reference = await leave_question(channel, database)
    await channel.says("hello", user="U2")
    for user in ("U2", "U3"):  # with a conversation of their own, and without
        await channel.delivers(ArrivalKind.WITHDRAW, user=user, reference=reference, message="message-1")
    *_, first, second = await channel.does_everything()
    assert [first.content["texts"], second.content["texts"]] == [[GONE_BUTTON], [GONE_BUTTON]]
    with database.read() as session:
        assert session.scalars(select(FollowUp.state)).one() == "open"


async def test_what_was_not_left_cannot_be_withdrawn(channel: MadeUpChannel) -> None:
    await channel.says("What is the observatory?")
    [answer] = await channel.does_everything()
    assert "can_withdraw" not in answer.content

import asyncio
import inspect
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from assistant.db.base import Base, now
from assistant.db.engine import Database, DatabaseUnavailableError
from assistant.enquiries.desk import MOST_WAITING, EnquiryDesk
from assistant.enquiries.encryption import Cipher, make_key
from assistant.enquiries.engine import Engine, TurnFailedError, TurnReply, TurnRequest, Understanding
from assistant.enquiries.errors import (
    ConversationNotFoundError,
    EnquiryNotFoundError,
    MessageRefusedError,
    TooManyMessagesError,
)
from assistant.enquiries.intake import Form, Incoming
from assistant.enquiries.key_rotation import reencrypt
from assistant.enquiries.models import Conversation, Enquiry, FollowUp, Message
from assistant.settings import Settings
from tests.support.fake_desk import make_desk
from tests.support.fake_engine import FakeEngine
from tests.support.loaded_database import read_raw_bytes

CRISIS = "I want to kill myself"
ABUSE = "you are a stupid bitch"


class Asker:
    """Somebody with a conversation of their own."""

    def __init__(self, desk: EnquiryDesk, conversation: str, token: str) -> None:
        self.desk, self.conversation, self.token = desk, conversation, token

    async def says(self, text: str, key: str | None = None) -> dict[str, Any]:
        return await self.desk.handle(self.conversation, self.token, Incoming(text=text), key)

    async def presses(self, choice: str) -> dict[str, Any]:
        return await self.desk.handle(self.conversation, self.token, Incoming(choice=choice))

    async def sends_form(self, question: str) -> dict[str, Any]:
        form = Form(question, "Ade Okafor", "ade@nhs.net")
        return await self.desk.handle(self.conversation, self.token, Incoming(form=form))

    async def leaves_a_question(self) -> dict[str, Any]:
        for text in ("leave a question", "Is there parking?", "Ade Okafor", "ade@nhs.net"):
            await self.says(text)
        return await self.says("yes")


@pytest.fixture
async def asker(desk: EnquiryDesk) -> Asker:
    """With a conversation that was just opened."""
    return Asker(desk, *await desk.open("web"))


def count(database: Database, table: type[Base]) -> int:
    """Rows of a table."""
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def only_enquiry(database: Database) -> Enquiry:
    """The one enquiry there is."""
    with database.read() as session:
        return session.scalars(select(Enquiry)).one()


class TestTheFakeEngine:
    @pytest.mark.parametrize("name", ["understand", "knows", "answer", "forget"])
    def test_it_has_the_same_methods_as_the_protocol(self, name: str) -> None:
        asked, given = getattr(Engine, name), getattr(FakeEngine, name)
        assert inspect.signature(asked) == inspect.signature(given)
        assert inspect.iscoroutinefunction(given) == inspect.iscoroutinefunction(asked)

    def test_it_has_nothing_less_than_the_protocol(self) -> None:
        promised = {name for name in vars(Engine) if not name.startswith("_")}
        assert promised == {"understand", "knows", "answer", "forget", "model"}
        assert isinstance(FakeEngine().model, str)


class TestAnswering:
    async def test_it_writes_the_message_down_before_the_engine_sees_it(
        self, asker: Asker, engine: FakeEngine, database: Database
    ) -> None:
        engine.gate = asyncio.Event()
        turn = asyncio.create_task(asker.says("What does the observatory do?"))
        await engine.entered.wait()
        enquiry = only_enquiry(database)
        assert (enquiry.text, enquiry.outcome, enquiry.answered_at) == ("What does the observatory do?", None, None)
        engine.gate.set()
        await turn

    async def test_it_completes_the_enquiry_after(self, asker: Asker, database: Database) -> None:
        reply = await asker.says("What does the observatory do?")
        enquiry = only_enquiry(database)
        assert reply["enquiry"] == enquiry.reference
        assert (enquiry.outcome, enquiry.offers, enquiry.confidence) == ("offer", ["race-health-observatory"], 0.95)
        assert (enquiry.model, enquiry.channel, enquiry.conversation_id) == ("fake-model", "web", asker.conversation)
        assert enquiry.answered_at is not None and enquiry.received_at <= enquiry.answered_at

    async def test_it_gives_the_engine_redacted_text_only(self, asker: Asker, engine: FakeEngine) -> None:
        await asker.says("Write to ade.okafor@trust.nhs.uk or 07700 900123")
        assert "ade" not in engine.requests[0].text and "07700" not in engine.requests[0].text

    async def test_it_leaves_published_addresses_readable(self, asker: Asker, engine: FakeEngine) -> None:
        text = "What is miranda.seed@nhsconfed.org for, and 020 7799 6666?"
        await asker.says(text)
        assert engine.requests[0].text == text

    async def test_it_tells_the_engine_the_reference(self, asker: Asker, engine: FakeEngine) -> None:
        reply = await asker.says("What does the observatory do?")
        assert engine.requests[0].reference == reply["enquiry"]
        assert engine.requests[0].conversation == asker.conversation

    async def test_it_asks_what_a_text_means_only_where_a_step_is_open(self, asker: Asker, engine: FakeEngine) -> None:
        await asker.says("What does the observatory do?")
        assert engine.understood == []
        await asker.says("leave a question")
        await asker.says("Is there parking?")
        assert engine.understood == ["Is there parking?"]

    async def test_it_counts_courtesy_as_no_enquiry(self, asker: Asker, database: Database) -> None:
        reply = await asker.says("hello")
        assert (reply["enquiry"], reply["outcome"]) == (None, "smalltalk")
        assert (count(database, Enquiry), count(database, Message)) == (0, 1)

    async def test_it_keeps_conversations_apart(self, desk: EnquiryDesk, asker: Asker, engine: FakeEngine) -> None:
        other = Asker(desk, *await desk.open("web"))
        await asker.says("leave a question")
        assert (await other.says("Is there parking?"))["outcome"] == "offer"
        assert engine.turns == {asker.conversation: 1, other.conversation: 1}


class TestFailedTurns:
    async def test_it_apologises_and_keeps_the_question(
        self, asker: Asker, engine: FakeEngine, database: Database
    ) -> None:
        engine.failure = TurnFailedError("No answer.")
        reply = await asker.says("What does the observatory do?")
        assert reply["outcome"] == "unanswered" and reply["enquiry"]
        assert "enquiries@nhsconfed.org" in reply["replies"][0]["text"]
        assert only_enquiry(database).text == "What does the observatory do?"

    async def test_it_tells_of_a_turn_that_takes_too_long(
        self, database: Database, engine: FakeEngine, cipher: Cipher, settings: Settings
    ) -> None:
        hasty = make_desk(database, engine, cipher, settings.model_copy(update={"turn_seconds": 0.01}))
        asker = Asker(hasty, *await hasty.open("web"))
        engine.gate = asyncio.Event()
        assert (await asker.says("What does the observatory do?"))["outcome"] == "unanswered"

    async def test_it_keeps_the_step_open(self, asker: Asker, engine: FakeEngine) -> None:
        await asker.says("leave a question")
        engine.failure = TurnFailedError("No answer.")
        assert (await asker.says("Is there parking?"))["expects"] == "question"
        engine.failure = None
        assert (await asker.says("Is there parking?"))["expects"] == "name"

    async def test_it_takes_a_text_for_the_steps_value_when_its_meaning_is_unknown(
        self, asker: Asker, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def fail(text: str) -> Understanding:
            raise TurnFailedError("No answer.")

        await asker.says("leave a question")
        monkeypatch.setattr(engine, "understand", fail)
        assert (await asker.says("Is there parking?"))["expects"] == "name"

    async def test_it_logs_no_words(self, asker: Asker, engine: FakeEngine, caplog: pytest.LogCaptureFixture) -> None:
        engine.failure = TurnFailedError("No answer.")
        with caplog.at_level(logging.DEBUG):
            await asker.says("Zanzibar")
        assert "Turn failed" in caplog.text and "Zanzibar" not in caplog.text

    async def test_it_answers_the_next_message(self, asker: Asker, engine: FakeEngine) -> None:
        engine.failure = TurnFailedError("No answer.")
        await asker.says("What does the observatory do?")
        engine.failure = None
        assert (await asker.says("What does the observatory do?"))["outcome"] == "offer"

    async def test_it_lets_the_next_message_in_after_a_crash(self, asker: Asker, engine: FakeEngine) -> None:
        engine.failure = RuntimeError("A bug.")
        with pytest.raises(RuntimeError):
            await asker.says("What does the observatory do?")
        engine.failure = None
        assert (await asker.says("What does the observatory do?"))["outcome"] == "offer"


class TestCare:
    async def test_it_never_asks_the_engine(self, asker: Asker, engine: FakeEngine) -> None:
        reply = await asker.says(CRISIS)
        assert reply["outcome"] == "crisis"
        assert (engine.requests, engine.understood) == ([], [])

    @pytest.mark.parametrize(("text", "outcome"), [(CRISIS, "crisis"), (ABUSE, "abuse")])
    async def test_it_keeps_the_category_and_no_word(
        self, asker: Asker, database: Database, tmp_path: Path, text: str, outcome: str
    ) -> None:
        await asker.says(text)
        enquiry = only_enquiry(database)
        assert (enquiry.outcome, enquiry.text) == (outcome, None)
        assert text.encode() not in read_raw_bytes(tmp_path)

    async def test_it_keeps_no_word_of_a_form_either(self, asker: Asker, database: Database, tmp_path: Path) -> None:
        assert (await asker.sends_form(CRISIS))["outcome"] == "crisis"
        assert count(database, FollowUp) == 0
        raw = read_raw_bytes(tmp_path)
        assert CRISIS.encode() not in raw and b"Okafor" not in raw

    async def test_it_puts_care_before_the_open_step(self, asker: Asker, engine: FakeEngine) -> None:
        await asker.says("leave a question")
        assert (await asker.says(ABUSE))["expects"] == "question"
        assert (await asker.says("Is there parking?"))["expects"] == "name"

    async def test_it_ends_the_leaving_of_a_question_in_a_crisis(
        self, asker: Asker, engine: FakeEngine, database: Database
    ) -> None:
        await asker.says("leave a question")
        await asker.says("Is there parking?")
        reply = await asker.says(CRISIS)
        assert reply["expects"] is None
        with database.read() as session:
            own = session.get_one(Conversation, asker.conversation)
            assert (own.expects, own.draft, own.handoff_reference) == (None, None, None)
        assert (await asker.says("What does the observatory do?"))["outcome"] == "offer"
        assert (await asker.says("What does the observatory do?"))["expects"] is None


class TestIdempotency:
    async def test_it_gives_the_same_answer_and_leaves_one_row(
        self, asker: Asker, engine: FakeEngine, database: Database
    ) -> None:
        first = await asker.says("what about boards?", "key")
        assert await asker.says("what about boards?", "key") == first
        assert (count(database, Message), count(database, Enquiry), len(engine.requests)) == (1, 1, 1)

    async def test_it_gives_the_same_answer_when_the_step_has_moved_on(self, asker: Asker, database: Database) -> None:
        await asker.says("leave a question")
        first = await asker.says("Is there parking?", "key")
        await asker.says("Ade Okafor")
        assert await asker.says("Is there parking?", "key") == first
        assert (await asker.says("ade@nhs.net"))["expects"] == "consent"

    async def test_it_refuses_another_body(self, asker: Asker) -> None:
        await asker.says("hello", "key")
        with pytest.raises(MessageRefusedError, match="Idempotency-Key"):
            await asker.says("hello!", "key")

    async def test_it_knows_a_repeat_after_a_change_of_contact_keys(
        self, database: Database, engine: FakeEngine, settings: Settings
    ) -> None:
        old, new = make_key(), make_key()
        before = make_desk(database, engine, Cipher(old), settings)
        asker = Asker(before, *await before.open("web"))
        first = await asker.says("what about boards?", "key")
        asker.desk = make_desk(database, engine, Cipher(f"{new},{old}"), settings)
        assert await asker.says("what about boards?", "key") == first
        with pytest.raises(MessageRefusedError, match="Idempotency-Key"):
            await asker.says("what about boards!", "key")

    async def test_it_takes_messages_without_a_key_as_they_come(self, asker: Asker, database: Database) -> None:
        await asker.says("what about boards?")
        await asker.says("what about boards?")
        assert count(database, Message) == 2

    async def test_it_keeps_the_keys_of_conversations_apart(self, desk: EnquiryDesk, asker: Asker) -> None:
        other = Asker(desk, *await desk.open("web"))
        assert (await asker.says("hello", "key"))["outcome"] == "smalltalk"
        assert (await other.says("what about boards?", "key"))["outcome"] == "clarify"

    async def test_it_lets_a_repeat_wait_for_the_first(
        self, asker: Asker, engine: FakeEngine, database: Database
    ) -> None:
        engine.gate = asyncio.Event()
        first = asyncio.create_task(asker.says("what about boards?", "key"))
        await engine.entered.wait()
        second = asyncio.create_task(asker.says("what about boards?", "key"))
        done, _ = await asyncio.wait({second}, timeout=0.05)
        assert not done
        engine.gate.set()
        assert await first == await second
        assert (count(database, Message), len(engine.requests)) == (1, 1)

    @pytest.mark.parametrize("crash", [asyncio.CancelledError(), RuntimeError("A bug.")])
    async def test_it_resumes_after_a_crash(
        self, asker: Asker, engine: FakeEngine, database: Database, crash: BaseException
    ) -> None:
        engine.failure = crash
        with pytest.raises(type(crash)):
            await asker.says("what about boards?", "key")
        engine.failure = None
        reply = await asker.says("what about boards?", "key")
        assert reply["outcome"] == "clarify"
        assert engine.requests[0] == engine.requests[1]
        assert only_enquiry(database).reference == reply["enquiry"]

    async def test_it_resumes_in_another_process(
        self, asker: Asker, engine: FakeEngine, database: Database, cipher: Cipher, settings: Settings
    ) -> None:
        engine.failure = asyncio.CancelledError()
        with pytest.raises(asyncio.CancelledError):
            await asker.says("what about boards?", "key")
        other = Asker(make_desk(database, FakeEngine(), cipher, settings), asker.conversation, asker.token)
        assert (await other.says("what about boards?", "key"))["outcome"] == "clarify"

    async def test_it_resumes_a_step_without_its_value(self, asker: Asker, engine: FakeEngine) -> None:
        await asker.says("leave a question")
        await asker.says("Is there parking?")
        engine.failure = asyncio.CancelledError()
        with pytest.raises(asyncio.CancelledError):
            await asker.says("Ade Okafor", "key")
        engine.failure = None
        assert (await asker.says("Ade Okafor", "key"))["expects"] == "email"
        assert all("Ade" not in request.text for request in engine.requests)

    @pytest.mark.parametrize("text", [CRISIS, ABUSE])
    async def test_it_meets_with_care_again_what_was_cut_off(
        self, asker: Asker, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, text: str
    ) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(EnquiryDesk, "_complete", lambda *_: crash())
            with pytest.raises(RuntimeError):
                await asker.says(text, "key")
        assert (await asker.says(text, "key"))["outcome"] in ("crisis", "abuse")
        assert engine.requests == []

    async def test_it_forgets_its_keys_with_the_conversation(self, desk: EnquiryDesk, asker: Asker) -> None:
        await asker.says("hello", "key")
        await desk.erase(asker.conversation, asker.token)
        with pytest.raises(ConversationNotFoundError):
            await asker.says("hello", "key")


class TestOrder:
    async def test_it_answers_messages_of_one_conversation_one_after_another(
        self, asker: Asker, engine: FakeEngine
    ) -> None:
        engine.gate = asyncio.Event()
        turns = [asyncio.create_task(asker.says(f"question {number}")) for number in range(MOST_WAITING)]
        await engine.entered.wait()
        await until_waiting(asker, MOST_WAITING)
        assert len(engine.requests) == 1
        with pytest.raises(TooManyMessagesError) as caught:
            await asker.says("one too many")
        assert caught.value.retry_after > 0
        engine.gate.set()
        await asyncio.gather(*turns)
        assert [request.text for request in engine.requests] == [f"question {number}" for number in range(MOST_WAITING)]

    async def test_it_does_not_let_one_conversation_wait_for_another(
        self, desk: EnquiryDesk, asker: Asker, engine: FakeEngine
    ) -> None:
        other = Asker(desk, *await desk.open("web"))
        gate = engine.gate = asyncio.Event()
        turn = asyncio.create_task(asker.says("question"))
        await engine.entered.wait()
        engine.gate = None
        assert (await other.says("question"))["outcome"] == "offer"
        gate.set()
        await turn

    async def test_it_takes_messages_again_once_the_queue_is_shorter(self, asker: Asker, engine: FakeEngine) -> None:
        engine.gate = asyncio.Event()
        turns = [asyncio.create_task(asker.says(f"question {number}")) for number in range(MOST_WAITING)]
        await until_waiting(asker, MOST_WAITING)
        engine.gate.set()
        await asyncio.gather(*turns)
        assert (await asker.says("question"))["outcome"] == "offer"

    async def test_it_remembers_no_queue_that_is_empty(self, asker: Asker) -> None:
        await asker.says("question")
        assert asker.desk._queues == {}


class TestRate:
    @pytest.fixture
    def limited(self, database: Database, engine: FakeEngine, cipher: Cipher, settings: Settings) -> EnquiryDesk:
        return make_desk(database, engine, cipher, settings.model_copy(update={"messages_per_minute": 2}))

    async def test_it_limits_the_messages_of_a_conversation_a_minute(
        self, limited: EnquiryDesk, database: Database
    ) -> None:
        asker = Asker(limited, *await limited.open("web"))
        await asker.says("hello")
        await asker.says("hello")
        with pytest.raises(TooManyMessagesError) as caught:
            await asker.says("hello")
        assert caught.value.retry_after == 60
        assert count(database, Message) == 2

    async def test_it_counts_neither_repeats_nor_other_conversations(self, limited: EnquiryDesk) -> None:
        asker, other = Asker(limited, *await limited.open("web")), Asker(limited, *await limited.open("web"))
        for _ in range(4):
            await asker.says("hello", "key")
        await other.says("hello")
        await other.says("hello")
        assert (await asker.says("hello"))["outcome"] == "smalltalk"

    async def test_it_counts_what_is_older_than_a_minute_no_more(
        self, limited: EnquiryDesk, database: Database
    ) -> None:
        asker = Asker(limited, *await limited.open("web"))
        await asker.says("hello")
        await asker.says("hello")
        with database.write() as session:
            for message in session.scalars(select(Message)):
                message.received_at = now() - timedelta(seconds=61)
        assert (await asker.says("hello"))["outcome"] == "smalltalk"


class TestOwnership:
    async def test_it_answers_only_who_holds_the_token(
        self, desk: EnquiryDesk, asker: Asker, database: Database
    ) -> None:
        _, token = await desk.open("web")
        stranger = Asker(desk, asker.conversation, token)
        with pytest.raises(ConversationNotFoundError):
            await stranger.says("hello")
        for work in (desk.history(asker.conversation, token), desk.erase(asker.conversation, token)):
            with pytest.raises(ConversationNotFoundError):
                await work
        assert (count(database, Message), count(database, Conversation)) == (0, 2)

    async def test_it_makes_a_stranger_wait_for_nobody(self, asker: Asker, engine: FakeEngine) -> None:
        engine.gate = asyncio.Event()
        turn = asyncio.create_task(asker.says("question"))
        await engine.entered.wait()
        with pytest.raises(ConversationNotFoundError):
            await Asker(asker.desk, asker.conversation, "x").says("hello")
        engine.gate.set()
        await turn


class TestLeavingAQuestion:
    async def test_it_keeps_one_reference_through_all_steps(self, asker: Asker) -> None:
        replies = [
            await asker.says(text) for text in ("leave a question", "Is there parking?", "Ade", "ade@nhs.net", "yes")
        ]
        assert len({reply["enquiry"] for reply in replies}) == 1
        assert [reply["expects"] for reply in replies] == ["question", "name", "email", "consent", None]

    async def test_it_keeps_the_question_and_the_details_encrypted(
        self, asker: Asker, database: Database, cipher: Cipher, tmp_path: Path
    ) -> None:
        reply = await asker.leaves_a_question()
        with database.read() as session:
            left = session.get_one(FollowUp, reply["enquiry"])
            assert cipher.decrypt(left.name_encrypted or b"") == "Ade Okafor"
            assert cipher.decrypt(left.email_encrypted or b"") == "ade@nhs.net"
            assert session.get_one(Enquiry, reply["enquiry"]).text == "Is there parking?"
        raw = read_raw_bytes(tmp_path)
        assert b"Okafor" not in raw and b"ade@nhs.net" not in raw

    async def test_it_goes_on_while_contact_keys_are_changed(
        self, database: Database, engine: FakeEngine, settings: Settings
    ) -> None:
        old, new = make_key(), make_key()
        before = make_desk(database, engine, Cipher(old), settings)
        asker = Asker(before, *await before.open("web"))
        for text in ("leave a question", "Is there parking?", "Ade Okafor"):
            await asker.says(text)
        assert reencrypt(database, Cipher(f"{new},{old}")).renewed == 1
        asker.desk = make_desk(database, engine, Cipher(new), settings)
        await asker.says("ade@nhs.net")
        reply = await asker.says("yes")
        with database.read() as session:
            assert (
                Cipher(new).decrypt(session.get_one(FollowUp, reply["enquiry"]).name_encrypted or b"") == "Ade Okafor"
            )

    async def test_it_tells_the_engine_neither_name_nor_address(self, asker: Asker, engine: FakeEngine) -> None:
        await asker.leaves_a_question()
        assert "Okafor" not in repr(engine.requests) and "ade@" not in repr(engine.requests)

    async def test_it_keeps_nothing_without_a_yes(self, asker: Asker, database: Database) -> None:
        for text in ("leave a question", "Is there parking?", "Ade Okafor", "ade@nhs.net", "no"):
            await asker.says(text)
        with database.read() as session:
            assert session.get_one(Conversation, asker.conversation).draft is None
        assert count(database, FollowUp) == 0

    @pytest.mark.parametrize("steps", [1, 2, 3])
    async def test_it_forgets_what_was_given_on_cancel(self, asker: Asker, engine: FakeEngine, steps: int) -> None:
        engine.intents["cancel"] = Understanding("cancel", 0.99)
        for text in ["leave a question", "Is there parking?", "Ade Okafor", "ade@nhs.net"][: steps + 1]:
            await asker.says(text)
        assert (await asker.says("cancel"))["expects"] is None
        with asker.desk.database.read() as session:
            own = session.get_one(Conversation, asker.conversation)
            assert (own.expects, own.draft, own.handoff_reference) == (None, None, None)

    async def test_it_answers_a_question_in_between_under_a_reference_of_its_own(
        self, asker: Asker, engine: FakeEngine
    ) -> None:
        began = await asker.says("leave a question")
        await asker.says("Is there parking?")
        aside = await asker.says("What does the observatory do?")
        assert (aside["outcome"], aside["expects"]) == ("offer", "name")
        assert aside["enquiry"] != began["enquiry"]
        assert (await asker.says("Ade"))["enquiry"] == began["enquiry"]

    async def test_it_asks_again_for_an_address_that_is_none(self, asker: Asker) -> None:
        for text in ("leave a question", "Is there parking?", "Ade Okafor"):
            await asker.says(text)
        assert (await asker.says("ade@"))["expects"] == "email"
        assert (await asker.says("ade@nhs.net"))["expects"] == "consent"

    async def test_it_takes_the_question_that_it_could_not_answer(
        self, asker: Asker, engine: FakeEngine, database: Database
    ) -> None:
        await asker.says("gibberish")
        assert (await asker.says("leave a question"))["expects"] == "name"
        assert engine.requests[-1].kept_question
        for text in ("Ade Okafor", "ade@nhs.net", "yes"):
            reply = await asker.says(text)
        with database.read() as session:
            assert session.get_one(Enquiry, reply["enquiry"]).text == "gibberish"

    async def test_it_takes_two_questions_one_after_another(self, asker: Asker, database: Database) -> None:
        first, second = await asker.leaves_a_question(), await asker.leaves_a_question()
        assert first["enquiry"] != second["enquiry"]
        assert count(database, FollowUp) == 2

    async def test_it_redacts_the_question(self, asker: Asker, tmp_path: Path) -> None:
        await asker.says("leave a question")
        await asker.says("Can somebody ring my colleague on 07700 900123?")
        assert b"900123" not in read_raw_bytes(tmp_path)

    async def test_it_takes_a_form_in_one_go(
        self, asker: Asker, engine: FakeEngine, database: Database, tmp_path: Path
    ) -> None:
        reply = await asker.sends_form("Is there parking?")
        assert (reply["outcome"], reply["expects"]) == ("handoff", None)
        assert reply["enquiry"] in reply["replies"][0]["text"]
        assert count(database, FollowUp) == 1
        assert "Okafor" not in repr(engine.requests)
        assert b"Okafor" not in read_raw_bytes(tmp_path)


class TestChoices:
    async def test_it_gives_the_engine_the_payload_of_a_choice(self, asker: Asker, engine: FakeEngine) -> None:
        choices = (await asker.says("what about boards?"))["choices"]
        reply = await asker.presses(choices[0]["id"])
        assert reply["offers"][0]["slug"] == "ics-diverse-boards"
        assert engine.requests[-1].payload == '/choose{"slug": "ics-diverse-boards"}'

    async def test_it_refuses_a_choice_of_another_conversation(self, desk: EnquiryDesk, asker: Asker) -> None:
        choice = (await asker.says("what about boards?"))["choices"][0]["id"]
        with pytest.raises(MessageRefusedError):
            await Asker(desk, *await desk.open("web")).presses(choice)

    async def test_it_refuses_a_payload_that_was_typed_in(self, asker: Asker) -> None:
        await asker.says("what about boards?")
        with pytest.raises(MessageRefusedError):
            await asker.presses('/choose{"slug": "ics-diverse-boards"}')

    async def test_it_never_takes_a_typed_text_for_a_payload(self, asker: Asker, engine: FakeEngine) -> None:
        await asker.says('/take_step{"step": "consent", "state": "yes"}')
        assert engine.requests[0].payload is None

    async def test_it_keeps_older_choices_working(self, asker: Asker) -> None:
        older = (await asker.says("what about boards?"))["choices"][0]["id"]
        await asker.says("what about boards?")
        assert (await asker.presses(older))["outcome"] == "offer"


class TestErasing:
    async def test_it_leaves_nothing_of_the_conversation(
        self, desk: EnquiryDesk, asker: Asker, engine: FakeEngine, database: Database, tmp_path: Path
    ) -> None:
        other = Asker(desk, *await desk.open("web"))
        await other.leaves_a_question()
        await asker.says("Zanzibar")
        await asker.leaves_a_question()
        await desk.erase(asker.conversation, asker.token)
        with database.read() as session:
            for table in (Conversation, Message, Enquiry, FollowUp):
                assert session.scalar(select(func.count()).select_from(table)), "the noise row went too"
        assert (count(database, Conversation), count(database, FollowUp)) == (1, 1)
        assert engine.forgotten == [asker.conversation]
        assert (await other.says("hello"))["outcome"] == "smalltalk"

    async def test_it_waits_for_the_turn_that_is_being_answered(self, asker: Asker, engine: FakeEngine) -> None:
        engine.gate = asyncio.Event()
        turn = asyncio.create_task(asker.says("question"))
        await engine.entered.wait()
        erasing = asyncio.create_task(asker.desk.erase(asker.conversation, asker.token))
        await until_waiting(asker, 2)
        engine.gate.set()
        assert (await turn)["outcome"] == "offer"
        await erasing
        assert engine.turns == {}

    async def test_it_refuses_what_waited_behind_the_erasing(
        self, asker: Asker, engine: FakeEngine, database: Database
    ) -> None:
        engine.gate = asyncio.Event()
        turn = asyncio.create_task(asker.says("question"))
        await engine.entered.wait()
        erasing = asyncio.create_task(asker.desk.erase(asker.conversation, asker.token))
        await until_waiting(asker, 2)
        late = asyncio.create_task(asker.says("too late"))
        await until_waiting(asker, 3)
        engine.gate.set()
        await asyncio.gather(turn, erasing)
        with pytest.raises(ConversationNotFoundError):
            await late
        assert (count(database, Message), engine.turns) == (0, {})


class TestFeedback:
    async def test_it_keeps_whether_the_answer_was_useful(self, asker: Asker, database: Database) -> None:
        reference = (await asker.says("question"))["enquiry"]
        for useful in (True, False):
            await asker.desk.feedback(asker.conversation, asker.token, reference, useful=useful)
            assert only_enquiry(database).useful is useful

    async def test_it_takes_none_for_another_conversations_enquiry(self, desk: EnquiryDesk, asker: Asker) -> None:
        reference = (await asker.says("question"))["enquiry"]
        with pytest.raises(EnquiryNotFoundError):
            await desk.feedback(*await desk.open("web"), reference, useful=True)


class TestADatabaseThatIsGone:
    async def test_it_says_so_and_asks_nobody(self, asker: Asker, engine: FakeEngine, database: Database) -> None:
        Base.metadata.drop_all(database.engine)
        with pytest.raises(DatabaseUnavailableError):
            await asker.says("question")
        assert engine.requests == []


class TestTurnRequest:
    async def test_it_is_plain_text_for_a_plain_question(self, asker: Asker, engine: FakeEngine) -> None:
        reply = await asker.says("question")
        assert engine.requests == [TurnRequest(asker.conversation, "question", None, reply["enquiry"], False)]

    async def test_it_tells_of_the_question_that_is_kept(self, asker: Asker, engine: FakeEngine) -> None:
        await asker.says("where can I park?")
        await asker.says("yes please")
        assert [request.kept_question for request in engine.requests] == [False, True]

    async def test_it_is_not_misled_by_what_the_engine_answers(self, asker: Asker, engine: FakeEngine) -> None:
        assert isinstance(await engine.answer(TurnRequest(asker.conversation, "hello")), TurnReply)


def crash() -> None:
    """What a bug does."""
    raise RuntimeError("A bug.")


async def until_waiting(asker: Asker, messages: int) -> None:
    """Let the others run until so many messages of the conversation stand in its queue."""
    async with asyncio.timeout(5):
        while (queue := asker.desk._queues.get(asker.conversation)) is None or queue.waiting < messages:
            await asyncio.sleep(0.001)


class TestAnotherModel:
    async def test_it_answers_from_the_next_turn_on(self, asker: Asker, engine: FakeEngine, database: Database) -> None:
        engine.gate = asyncio.Event()
        turn = asyncio.create_task(asker.says("first"))
        await engine.entered.wait()
        asker.desk.engine = another = FakeEngine(model="another-model")
        engine.gate.set()
        await turn
        await asker.says("second")
        assert [request.text for request in engine.requests] == ["first"]
        assert [request.text for request in another.requests] == ["second"]
        with database.read() as session:
            models = {enquiry.text: enquiry.model for enquiry in session.scalars(select(Enquiry))}
        assert models == {"first": "fake-model", "second": "another-model"}

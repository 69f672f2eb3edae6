"""Somebody tells of racism while leaving a question for a person: it reaches the person, and words only with a yes."""

from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.engine import TurnFailedError
from assistant.enquiries.models import Conversation, Enquiry, FollowUp, Message
from tests.support.desk_asker import DeskAsker
from tests.support.fake_engine import FakeEngine
from tests.support.loaded_database import read_raw_bytes

TOLD = "My manager Danny Mortimer called me a monkey in front of the ward, ring 07700 900123"
KEPT = "My manager [name] called me a monkey in front of the ward, ring [phone]"
DETAILS = ("Ade Okafor", "ade@nhs.net", "yes")


@pytest.fixture
async def asker(desk: EnquiryDesk) -> DeskAsker:
    """Has pressed that they would leave a question."""
    asker = await DeskAsker.begins(desk)
    await asker.says("leave a question")
    return asker


def follow_up(database: Database) -> FollowUp:
    """The one question that was left."""
    with database.read() as session:
        return session.scalars(select(FollowUp)).one()


def texts(database: Database) -> set[str | None]:
    """Everything the log shows of what was written."""
    with database.read() as session:
        return {*session.scalars(select(Enquiry.text)), *session.scalars(select(Message.text))}


class TestStepByStep:
    async def test_it_is_met_with_care_and_the_leaving_goes_on(self, asker: DeskAsker) -> None:
        reply = await asker.says(TOLD)
        assert (reply["outcome"], reply["expects"]) == ("disclosure", "name")
        said = [each["text"] for each in reply["replies"]]
        assert said[0].startswith("I am sorry.") and said[-1] == "Please give your name."

    async def test_it_asks_for_consent_twice(self, asker: DeskAsker) -> None:
        expected = [(await asker.says(text))["expects"] for text in (TOLD, *DETAILS, "yes")]
        assert expected == ["name", "email", "consent", "consent", None]

    async def test_a_yes_keeps_the_words_encrypted_without_names(
        self, asker: DeskAsker, database: Database, cipher: Cipher, tmp_path: Path
    ) -> None:
        for text in (TOLD, *DETAILS, "yes"):
            await asker.says(text)
        left = follow_up(database)
        assert cipher.decrypt(left.words_encrypted or b"") == KEPT
        assert left.words_consent_at is not None and left.words_consent_at >= left.consent_at
        assert b"monkey" not in read_raw_bytes(tmp_path)

    @pytest.mark.parametrize("answer", ["no", "cancel"])
    async def test_a_no_keeps_who_asked_and_no_word(
        self, asker: DeskAsker, database: Database, cipher: Cipher, answer: str
    ) -> None:
        for text in (TOLD, *DETAILS, answer):
            reply = await asker.says(text)
        assert reply["replies"][0]["text"].endswith("Words: no.")
        left = follow_up(database)
        assert (left.words_encrypted, left.words_consent_at) == (None, None)
        assert cipher.decrypt(left.email_encrypted or b"") == "ade@nhs.net"

    async def test_whoever_never_answers_is_written_to_and_no_word_is_read(
        self, asker: DeskAsker, database: Database
    ) -> None:
        for text in (TOLD, *DETAILS):
            await asker.says(text)
        assert follow_up(database).words_encrypted is None

    @pytest.mark.parametrize("stop", [("no",), ("cancel",)])
    async def test_without_consent_to_be_written_to_nothing_is_kept(
        self, asker: DeskAsker, database: Database, stop: tuple[str]
    ) -> None:
        for text in (TOLD, *DETAILS[:2], *stop):
            await asker.says(text)
        with database.read() as session:
            assert session.scalars(select(FollowUp)).all() == []
            assert session.scalars(select(Conversation.draft)).one() is None

    async def test_a_crisis_at_the_last_step_ends_it_and_keeps_no_word(
        self, asker: DeskAsker, database: Database
    ) -> None:
        for text in (TOLD, *DETAILS):
            await asker.says(text)
        assert (await asker.says("I want to kill myself"))["outcome"] == "crisis"
        assert follow_up(database).words_encrypted is None
        with database.read() as session:
            assert session.scalars(select(Conversation.draft)).one() is None

    async def test_the_log_has_the_category_and_no_word(self, asker: DeskAsker, database: Database) -> None:
        for text in (TOLD, *DETAILS, "yes"):
            await asker.says(text)
        assert texts(database) <= {None, "leave a question", "[name]", "[email]", "[yes or no]"}

    async def test_the_engine_is_given_no_word(self, asker: DeskAsker, engine: FakeEngine) -> None:
        await asker.says(TOLD)
        assert (engine.requests[-1].text, engine.understood) == ("", [])

    async def test_care_is_taken_though_the_engine_fails(self, asker: DeskAsker, engine: FakeEngine) -> None:
        engine.failure = TurnFailedError("no")
        reply = await asker.says(TOLD)
        assert reply["outcome"] == "disclosure"
        assert reply["replies"][0]["text"].startswith("I am sorry.")


class TestTheForm:
    async def test_without_the_tick_who_asked_is_kept_and_no_word(
        self, desk: EnquiryDesk, database: Database, cipher: Cipher, tmp_path: Path
    ) -> None:
        asker = await DeskAsker.begins(desk)
        reply = await asker.leaves(TOLD, "Ade Okafor", "ade@nhs.net")
        assert (reply["outcome"], reply["expects"]) == ("disclosure", None)
        left = follow_up(database)
        assert (left.reference, left.words_encrypted) == (reply["enquiry"], None)
        assert cipher.decrypt(left.name_encrypted or b"") == "Ade Okafor"
        assert texts(database) == {None}

    async def test_with_the_tick_its_words_are_kept(
        self, desk: EnquiryDesk, database: Database, cipher: Cipher
    ) -> None:
        asker = await DeskAsker.begins(desk)
        await asker.leaves(TOLD, "Ade Okafor", "ade@nhs.net", keep_words=True)
        left = follow_up(database)
        assert cipher.decrypt(left.words_encrypted or b"") == KEPT
        assert left.words_consent_at is not None

    async def test_the_tick_changes_nothing_for_an_ordinary_question(
        self, desk: EnquiryDesk, database: Database
    ) -> None:
        asker = await DeskAsker.begins(desk)
        await asker.leaves("Is there parking?", "Ade Okafor", "ade@nhs.net", keep_words=True)
        assert follow_up(database).words_encrypted is None
        assert texts(database) == {"Is there parking?"}


class TestWithdrawing:
    async def test_a_yes_after_it_keeps_no_word(self, desk: EnquiryDesk, asker: DeskAsker, database: Database) -> None:
        for text in (TOLD, *DETAILS):
            reply = await asker.says(text)
        await asker.withdraws(reply["enquiry"])
        await asker.says("yes")
        left = follow_up(database)
        assert (left.state, left.words_encrypted, left.email_encrypted) == ("withdrawn", None, None)

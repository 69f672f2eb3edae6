import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.follow_ups import withdraw_left_question
from assistant.enquiries.models import FollowUp, Group, OutboxLetter, QueuedEnquiry, Reason
from assistant.enquiries.outbox import note_failed, note_sent
from assistant.messaging.lanes import give_up
from assistant.messaging.models import Place, Post, PostKind
from assistant.messaging.outbox import drop_answers, open_post
from assistant.messaging.outbox import note_sent as note_post_sent
from assistant.messaging.status import (
    ANSWERED_IN_CHAT,
    NOT_DELIVERED_TO_CHAT,
    ON_ITS_WAY,
    ON_ITS_WAY_TO_CHAT,
    find_status,
    left_questions,
)
from assistant.review.answers import (
    LONGEST_ANSWER,
    Delivered,
    Way,
    check_answer,
    list_answers,
    list_deliveries,
    list_recipients,
    send_by_letter,
    write_answer,
)
from assistant.review.decisions import Choice, claim_group, decide
from assistant.review.errors import DecisionRefusedError
from assistant.review.models import DecisionKind, WrittenAnswer
from assistant.settings import Settings
from tests.support.asked import add_group

PARKING = ("Is there parking?", "Where can I park?", "parking")
SLACK = Settings(slack_signing_secret="s", slack_bot_token="xoxb-1")  # type: ignore[arg-type]
TEXT = "You asked about parking.\n\nThere is none that we know of."


def answer(
    session: Session, number: int, staff: int, references: list[str], cipher: Cipher, settings: Settings | None = None
) -> WrittenAnswer:
    group = claim_group(session, number, session.get_one(Group, number).version)
    decision = decide(session, group, staff, Choice(DecisionKind.ANSWER))
    return write_answer(session, group, decision, TEXT, references, cipher, settings or Settings())


def add_place(session: Session, reference: str, cipher: Cipher) -> None:
    place = {"token_encrypted": b"", "address_encrypted": cipher.encrypt('{"channel": "D1"}'), "is_private": True}
    session.add(Place(id="p", channel="slack", conversation_id=f"c-{reference}", **place))
    session.flush()


def ways(session: Session, written: WrittenAnswer) -> list[Way]:
    return [each.way for each in list_deliveries(session, written.id)]


class TestWriteAnswer:
    def test_it_goes_once_to_each_asker_who_was_ticked(self, session: Session, robin: int, cipher: Cipher) -> None:
        number, (first, second, third) = add_group(session, *PARKING, cipher=cipher)
        written = answer(session, number, robin, [first, second], cipher)
        letters = session.scalars(select(OutboxLetter)).all()
        assert sorted(letter.reference for letter in letters) == sorted([first, second])
        assert {letter.kind for letter in letters} == {"answer"}
        assert ways(session, written) == [Way.WAITING, Way.WAITING]
        assert list_answers(session, number) == {written.decision_id: written}
        states = {each: session.get_one(FollowUp, each).state for each in (first, second, third)}
        assert states == {first: "answered", second: "answered", third: "open"}
        assert session.get_one(FollowUp, first).closed_at is not None
        # Who was answered is answered no second time.
        assert [each.reference for each in list_recipients(session, number, ())] == [third]
        with pytest.raises(DecisionRefusedError, match="Tick at least one asker"):
            answer(session, number, robin, [first], cipher)

    def test_those_who_still_wait_are_counted_anew(self, session: Session, robin: int, cipher: Cipher) -> None:
        number, references = add_group(session, *PARKING, cipher=cipher)
        for reference in references:
            session.get_one(QueuedEnquiry, reference).reasons = [Reason.HANDOFF.value]
        answer(session, number, robin, references[:2], cipher)
        assert session.get_one(Group, number).handoffs == 1

    def test_its_letter_holds_the_answer_and_not_the_question(
        self, session: Session, robin: int, cipher: Cipher
    ) -> None:
        number, (reference, *_) = add_group(session, "Does the Zanzibar trust park?", cipher=cipher)
        answer(session, number, robin, [reference], cipher)
        content = cipher.decrypt(session.scalars(select(OutboxLetter)).one().letter_encrypted or b"")
        assert isinstance(content, dict)
        assert content["recipient"] == "asker0@nhs.net" and content["subject"] == f"Your question {reference}"
        for part in ("Hello Asker 0,", reference, TEXT, "enquiries@nhsconfed.org", "020 7799 6666", "30 days"):
            assert part in content["body"]
        assert "Zanzibar" not in content["body"]

    def test_it_goes_to_nobody_who_withdrew(self, session: Session, robin: int, cipher: Cipher) -> None:
        number, (first, second, _) = add_group(session, *PARKING, cipher=cipher)
        withdraw_left_question(session, first, drop_answers)
        assert first not in [each.reference for each in list_recipients(session, number, ())]
        written = answer(session, number, robin, [first, second], cipher)
        assert [each.reference for each in list_deliveries(session, written.id)] == [second]

    def test_it_answers_nobody_in_bulk_where_care_is_due(self, session: Session, robin: int, cipher: Cipher) -> None:
        number, references = add_group(session, None, None, cipher=cipher, kind="disclosure")
        with pytest.raises(DecisionRefusedError, match="answered alone"):
            answer(session, number, robin, references, cipher)


class TestAnswerInAChannel:
    @pytest.fixture
    def asked(self, session: Session, cipher: Cipher) -> tuple[int, str]:
        """Somebody who asked in a chat of their own, and left an address as well."""
        number, [reference] = add_group(session, "parking", cipher=cipher, channel="slack")
        session.get_one(FollowUp, reference).email_encrypted = cipher.encrypt("asker@nhs.net")
        add_place(session, reference, cipher)
        return number, reference

    def test_it_goes_to_their_own_place(
        self, session: Session, robin: int, cipher: Cipher, asked: tuple[int, str]
    ) -> None:
        number, reference = asked
        written = answer(session, number, robin, [reference], cipher, SLACK)
        post = session.scalars(select(Post)).one()
        opened = open_post(post, cipher)
        assert (opened.kind, opened.content) == (PostKind.ANSWER, {"texts": [TEXT], "reference": reference})
        assert opened.address == {"channel": "D1"} and post.reference == reference
        assert session.scalars(select(OutboxLetter)).all() == []
        assert session.get_one(FollowUp, reference).state == "answered"
        assert list_recipients(session, number, ["slack"]) == []
        assert list_deliveries(session, written.id) == [Delivered(reference, "slack", Way.WAITING, post.next_try_at)]
        assert find_status(session, f"c-{reference}", reference) == ON_ITS_WAY_TO_CHAT
        note_post_sent(session, post, "message-1")
        session.expire_all()
        assert ways(session, written) == [Way.SENT]
        assert find_status(session, f"c-{reference}", reference) == ANSWERED_IN_CHAT

    @pytest.mark.parametrize(("settings", "is_private"), [(Settings(), True), (SLACK, False)], ids=["off", "public"])
    def test_elsewhere_it_goes_by_e_mail(
        self,
        session: Session,
        robin: int,
        cipher: Cipher,
        asked: tuple[int, str],
        settings: Settings,
        is_private: bool,
    ) -> None:
        number, reference = asked
        session.scalars(select(Place)).one().is_private = is_private
        written = answer(session, number, robin, [reference], cipher, settings)
        assert [each.channel for each in list_deliveries(session, written.id)] == ["email"]
        assert session.scalars(select(Post)).all() == []

    def test_it_goes_by_e_mail_once_the_channel_refused_it(
        self, session: Session, robin: int, cipher: Cipher, asked: tuple[int, str]
    ) -> None:
        number, reference = asked
        written = answer(session, number, robin, [reference], cipher, SLACK)
        post = session.scalars(select(Post)).one()
        send_by_letter(session, post.id, cipher, SLACK)
        give_up(session, post, "channel_not_found")
        session.expire_all()
        [delivered] = list_deliveries(session, written.id)
        assert (delivered.channel, delivered.way) == ("email", Way.WAITING)
        assert find_status(session, f"c-{reference}", reference) == ON_ITS_WAY

    def test_it_has_failed_where_there_is_no_address_either(
        self, session: Session, robin: int, cipher: Cipher, asked: tuple[int, str]
    ) -> None:
        number, reference = asked
        session.get_one(FollowUp, reference).email_encrypted = None
        written = answer(session, number, robin, [reference], cipher, SLACK)
        post = session.scalars(select(Post)).one()
        send_by_letter(session, post.id, cipher, SLACK)
        give_up(session, post, "channel_not_found")
        session.expire_all()
        assert ways(session, written) == [Way.FAILED]
        assert find_status(session, f"c-{reference}", reference) == NOT_DELIVERED_TO_CHAT

    def test_what_waits_is_dropped_with_the_consent(
        self, session: Session, robin: int, cipher: Cipher, asked: tuple[int, str]
    ) -> None:
        number, reference = asked
        written = answer(session, number, robin, [reference], cipher, SLACK)
        withdraw_left_question(session, reference, drop_answers)
        session.expire_all()
        assert session.scalars(select(Post)).all() == []
        assert ways(session, written) == [Way.WITHDRAWN]

    def test_what_was_sent_stays_on_record(
        self, session: Session, robin: int, cipher: Cipher, asked: tuple[int, str]
    ) -> None:
        number, reference = asked
        written = answer(session, number, robin, [reference], cipher, SLACK)
        note_post_sent(session, session.scalars(select(Post)).one(), "message-1")
        session.expire_all()
        withdraw_left_question(session, reference, drop_answers)
        session.expire_all()
        assert ways(session, written) == [Way.SENT]


class TestListDeliveries:
    def test_it_tells_what_was_sent_has_failed_and_was_withdrawn(
        self, session: Session, robin: int, cipher: Cipher
    ) -> None:
        number, references = add_group(session, *PARKING, cipher=cipher)
        written = answer(session, number, robin, references, cipher)
        letters = {letter.reference: letter for letter in session.scalars(select(OutboxLetter))}
        note_sent(session, letters[references[0]], now())
        note_failed(session, letters[references[1]], "SMTPDataError")
        withdraw_left_question(session, references[2], drop_answers)
        session.expire_all()
        found = {each.reference: each.way for each in list_deliveries(session, written.id)}
        assert [found[each] for each in references] == [Way.SENT, Way.FAILED, Way.WITHDRAWN]


class TestStatus:
    def test_an_asker_hears_whether_it_is_on_its_way_has_come_or_came_back(
        self, session: Session, robin: int, cipher: Cipher
    ) -> None:
        number, [reference] = add_group(session, "parking", cipher=cipher)
        answer(session, number, robin, [reference], cipher)
        own = f"c-{reference}"
        letter = session.scalars(select(OutboxLetter)).one()
        assert "on its way" in str(find_status(session, own, reference))
        note_sent(session, letter, now())
        session.expire_all()
        assert find_status(session, own, reference) == "your question was answered by e-mail."
        letter.sent_at = None
        note_failed(session, letter, "SMTPDataError")
        session.expire_all()
        [left] = left_questions(session, own)
        assert "did not take our e-mail" in left.status == find_status(session, own, reference)


class TestCheckAnswer:
    @pytest.mark.parametrize(("text", "fault"), [(" \n", "Write the answer"), ("x" * (LONGEST_ANSWER + 1), "Shorten")])
    def test_it_refuses_none_and_too_much(self, text: str, fault: str) -> None:
        with pytest.raises(DecisionRefusedError, match=fault):
            check_answer(text)

    def test_it_takes_it_cleaned(self) -> None:
        assert check_answer(" One\r\nTwo\u202e ") == "One\nTwo"

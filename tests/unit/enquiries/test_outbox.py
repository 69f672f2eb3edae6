from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.follow_ups import leave_question, withdraw_consent
from assistant.enquiries.letters import LetterKind, write_letter
from assistant.enquiries.models import Conversation, Enquiry, FollowUp, OutboxLetter
from assistant.enquiries.outbox import (
    CLAIM,
    LONGEST_DELAY,
    LONGEST_WAIT,
    claim_letter,
    count_letters,
    drop_letters,
    give_up_old_letters,
    note_delay,
    note_failed,
    note_sent,
    queue_letter,
)
from assistant.messaging.outbox import drop_answers
from assistant.settings import Settings

MINE, THEIRS = "ENQ-MMMM-2222", "ENQ-TTTT-2222"
DRAFT = {"question": "Is there parking?", "name": "Ade Okafor", "email": "ade@nhs.net"}
LATER = now() + timedelta(hours=1)


@pytest.fixture
def session(database: Database, cipher: Cipher, settings: Settings) -> Iterator[Session]:
    """Two questions that were left, each with a letter that is due; mine since longer."""
    with database.write() as session:
        session.add(Conversation(id="mine", channel="web", token_hash="", choices={}))
        session.flush()
        for hours, reference in enumerate((MINE, THEIRS)):
            enquiry = Enquiry(reference=reference, conversation_id="mine", channel="web", text="?", offers=[])
            session.add(enquiry)
            session.flush()
            leave_question(session, enquiry, DRAFT, cipher)
            session.flush()
            queue_letter(session, session.get_one(FollowUp, reference), LetterKind.LAPSED, cipher, settings)
            session.flush()
            letter_about(session, reference).next_try_at = now() - timedelta(hours=2 - hours)
        session.flush()
        yield session


def letter_about(session: Session, reference: str) -> OutboxLetter:
    return session.scalars(select(OutboxLetter).where(OutboxLetter.reference == reference)).one()


def claim(session: Session) -> OutboxLetter:
    letter = claim_letter(session, LATER)
    assert letter is not None
    return letter


class TestQueueLetter:
    def test_it_keeps_recipient_and_words_encrypted(self, session: Session, cipher: Cipher) -> None:
        letter = letter_about(session, MINE)
        assert (letter.kind, letter.attempts, letter.sent_at, letter.last_error) == ("lapsed", 0, None, None)
        content = cipher.decrypt(letter.letter_encrypted or b"")
        assert isinstance(content, dict) and content["recipient"] == "ade@nhs.net"
        assert set(content) == {"id", "recipient", "subject", "body"}
        assert b"ade@" not in (letter.letter_encrypted or b"")

    def test_it_writes_to_nobody_who_withdrew(self, session: Session, cipher: Cipher, settings: Settings) -> None:
        left = session.get_one(FollowUp, MINE)
        withdraw_consent(session, "mine", MINE, drop_answers)
        left.email_encrypted = cipher.encrypt("ade@nhs.net")
        queue_letter(session, left, LetterKind.LAPSED, cipher, settings)
        assert count_letters(session) == {"waiting": 1, "failed": 0}

    def test_it_writes_to_nobody_without_address(self, session: Session, cipher: Cipher, settings: Settings) -> None:
        left = session.get_one(FollowUp, MINE)
        left.email_encrypted = None
        queue_letter(session, left, LetterKind.LAPSED, cipher, settings)
        assert count_letters(session) == {"waiting": 2, "failed": 0}


class TestClaimLetter:
    def test_it_gives_what_has_been_due_longest_and_each_once(self, session: Session) -> None:
        assert [claim(session).reference, claim(session).reference] == [MINE, THEIRS]
        assert claim_letter(session, LATER) is None

    def test_it_gives_it_again_when_the_claim_has_ended(self, session: Session) -> None:
        first, _ = claim(session), claim(session)
        again = claim_letter(session, LATER + CLAIM)
        assert again is first and again.attempts == 2

    def test_it_gives_nothing_that_is_sent_failed_or_not_yet_due(self, session: Session) -> None:
        note_sent(session, claim(session), LATER)
        note_failed(session, claim(session), "SMTPDataError")
        assert claim_letter(session, LATER + LONGEST_WAIT) is None


class TestNotes:
    def test_it_waits_twice_as_long_each_time_up_to_a_day(self, session: Session) -> None:
        letter, moment, delays = claim(session), LATER, []
        for letter.attempts in (1, 2, 3, 4, 11, 12, 40):
            note_delay(session, letter, "TimeoutError", moment)
            session.refresh(letter, ["next_try_at"])
            assert letter.next_try_at is not None
            delays.append((letter.next_try_at - moment) / timedelta(minutes=1))
        assert delays == [1, 2, 4, 8, 1024, 1440, 1440]
        assert LONGEST_DELAY == timedelta(minutes=1440)

    def test_it_keeps_no_words_of_what_is_sent_or_failed(self, session: Session) -> None:
        note_sent(session, claim(session), LATER)
        note_failed(session, claim(session), "SMTPDataError" * 10)
        assert session.scalars(select(OutboxLetter.letter_encrypted)).all() == [None, None]
        assert len(letter_about(session, THEIRS).last_error or "") == 60

    def test_it_counts_what_waits_and_what_has_failed(self, session: Session) -> None:
        note_failed(session, claim(session), "SMTPDataError")
        assert count_letters(session) == {"waiting": 1, "failed": 1}
        note_sent(session, claim(session), LATER)
        assert count_letters(session) == {"waiting": 0, "failed": 1}

    def test_it_notes_nothing_of_another_letter_when_its_own_was_dropped(
        self, session: Session, cipher: Cipher, settings: Settings
    ) -> None:
        claim(session)
        last = claim(session)
        drop_letters(session, THEIRS)
        queue_letter(session, session.get_one(FollowUp, THEIRS), LetterKind.LAPSED, cipher, settings)
        session.flush()
        note_sent(session, last, LATER)
        assert letter_about(session, THEIRS).sent_at is None


class TestDropping:
    def test_it_drops_what_waits_and_keeps_the_record_of_what_was_sent(self, session: Session) -> None:
        note_sent(session, claim(session), LATER)
        for reference in (MINE, THEIRS):
            drop_letters(session, reference)
        assert session.scalars(select(OutboxLetter.reference)).all() == [MINE]

    def test_it_gives_up_only_what_is_too_old(self, session: Session) -> None:
        letter_about(session, MINE).created_at = now() - LONGEST_WAIT - timedelta(minutes=1)
        session.flush()
        give_up_old_letters(session, now())
        session.expire_all()
        assert letter_about(session, MINE).last_error == "WaitedTooLong"
        assert letter_about(session, MINE).letter_encrypted is None
        assert letter_about(session, THEIRS).letter_encrypted is not None


class TestLetters:
    def test_its_subject_says_nothing_of_the_matter(self, settings: Settings) -> None:
        assert write_letter(LetterKind.LAPSED, "Ade", MINE, settings).subject == f"Your question {MINE}"

    @pytest.mark.parametrize(
        ("name", "greeting"),
        [
            ("Ade Okafor", "Hello Ade Okafor,"),
            ("  Sinéad\r\n  O'Neill ", "Hello Sinéad O'Neill,"),
            ("Dr. A. Smith-Jones", "Hello Dr. A. Smith-Jones,"),
            ("", "Hello,"),
            ("win at evil.example", "Hello,"),
            ("http://evil", "Hello,"),
            ("eve@evil", "Hello,"),
            ("www evil", "Hello,"),
        ],
    )
    def test_it_greets_by_name_unless_the_name_carries_a_link(
        self, settings: Settings, name: str, greeting: str
    ) -> None:
        assert write_letter(LetterKind.LAPSED, name, MINE, settings).body.startswith(f"{greeting}\n\n")

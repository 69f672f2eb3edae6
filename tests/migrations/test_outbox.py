"""The outbox on both kinds of database."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import func, select, text

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.follow_ups import leave_question
from assistant.enquiries.letters import LetterKind
from assistant.enquiries.models import Conversation, Enquiry, FollowUp, OutboxLetter
from assistant.enquiries.outbox import claim_letter, count_letters, give_up_old_letters, note_sent, queue_letter
from assistant.settings import Settings

DRAFT = {"question": "Is there parking?", "name": "Ade Okafor", "email": "ade@nhs.net"}
REFERENCES = [f"ENQ-2222-222{number}" for number in range(2, 10)]


@pytest.fixture
def outbox(database: Database) -> Database:
    """Eight letters that are due."""
    upgrade(database.engine)
    cipher = Cipher(Fernet.generate_key().decode())
    with database.write() as session:
        session.add(Conversation(id="c", channel="web", token_hash="", choices={}))
        session.flush()
        for reference in REFERENCES:
            enquiry = Enquiry(reference=reference, conversation_id="c", channel="web", text="?", offers=[])
            session.add(enquiry)
            session.flush()
            leave_question(session, enquiry, DRAFT, cipher)
            session.flush()
            queue_letter(session, session.get_one(FollowUp, reference), LetterKind.LAPSED, cipher, Settings())
    return database


def test_it_gives_each_letter_to_one_of_many(outbox: Database) -> None:
    start = threading.Barrier(4, timeout=10)
    moment = now() + timedelta(seconds=1)

    def claim_all(_: int) -> list[str]:
        start.wait()
        claimed = []
        while True:
            with outbox.write() as session:
                letter = claim_letter(session, moment)
            if letter is None:
                return claimed
            claimed.append(letter.reference)

    with ThreadPoolExecutor(4) as pool:
        shares = list(pool.map(claim_all, range(4)))
    assert sorted(reference for share in shares for reference in share) == REFERENCES


def test_it_counts_and_gives_up(outbox: Database) -> None:
    with outbox.write() as session:
        letter = claim_letter(session, now() + timedelta(seconds=1))
        assert letter is not None
        note_sent(session, letter, now())
        assert count_letters(session) == {"waiting": 7, "failed": 0}
        give_up_old_letters(session, now() + timedelta(days=31))
        assert count_letters(session) == {"waiting": 0, "failed": 7}


def test_it_goes_with_its_enquiry(outbox: Database) -> None:
    with outbox.write() as session:
        session.execute(text("DELETE FROM conversations"))
    with outbox.read() as session:
        assert session.scalar(select(func.count()).select_from(OutboxLetter)) == 0

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.errors import EnquiryNotFoundError
from assistant.enquiries.follow_ups import CONSENT_WORDING, leave_question, withdraw_consent
from assistant.enquiries.models import Conversation, Enquiry, FollowUp, Message
from assistant.messaging.outbox import drop_answers

MINE, THEIRS, PLAIN = "ENQ-MMMM-2222", "ENQ-TTTT-2222", "ENQ-PPPP-2222"
DRAFT = {"question": "Is there parking?", "name": "Ade Okafor", "email": "ade@nhs.net"}


@pytest.fixture
def session(database: Database, cipher: Cipher) -> Iterator[Session]:
    """A question left in each of two conversations, and an enquiry with none."""
    with database.write() as session:
        for conversation, references in {"mine": [MINE, PLAIN], "theirs": [THEIRS]}.items():
            session.add(Conversation(id=conversation, channel="web", token_hash="", choices={}))
            session.flush()
            for reference in references:
                enquiry = Enquiry(reference=reference, conversation_id=conversation, channel="web", text="?", offers=[])
                session.add(enquiry)
                session.flush()
                if reference != PLAIN:
                    leave_question(session, enquiry, DRAFT, cipher)
        session.flush()
        yield session


class TestLeaveQuestion:
    def test_it_keeps_the_question_in_words_and_the_asker_encrypted(self, session: Session, cipher: Cipher) -> None:
        left = session.get_one(FollowUp, MINE)
        assert session.get_one(Enquiry, MINE).text == "Is there parking?"
        assert cipher.decrypt(left.name_encrypted or b"") == "Ade Okafor"
        assert cipher.decrypt(left.email_encrypted or b"") == "ade@nhs.net"

    def test_it_keeps_what_was_consented_to_and_when(self, session: Session) -> None:
        left = session.get_one(FollowUp, MINE)
        assert (left.consent_wording, left.channel, left.state) == (CONSENT_WORDING, "web", "open")
        assert left.consent_at is not None


class TestWithdrawConsent:
    def test_it_forgets_name_address_and_words(self, session: Session) -> None:
        session.add_all(
            Message(conversation_id=whose, fingerprint="", reference=reference, text="Is there parking?")
            for whose, reference in (("mine", MINE), ("mine", PLAIN), ("theirs", THEIRS))
        )
        session.flush()
        withdraw_consent(session, "mine", MINE, drop_answers)
        left, other = session.get_one(FollowUp, MINE), session.get_one(FollowUp, THEIRS)
        assert (left.name_encrypted, left.email_encrypted, left.state) == (None, None, "withdrawn")
        assert session.get_one(Enquiry, MINE).text is None
        words = session.scalars(select(Message.text).order_by(Message.id)).all()
        assert words == [None, "Is there parking?", "Is there parking?"]
        assert session.get_one(Enquiry, THEIRS).text == "Is there parking?"
        assert other.email_encrypted is not None and other.state == "open"

    def test_it_can_be_done_twice(self, session: Session) -> None:
        withdraw_consent(session, "mine", MINE, drop_answers)
        closed_at = session.get_one(FollowUp, MINE).closed_at
        withdraw_consent(session, "mine", MINE, drop_answers)
        left = session.get_one(FollowUp, MINE)
        assert (left.state, left.closed_at) == ("withdrawn", closed_at)
        assert closed_at is not None

    @pytest.mark.parametrize("reference", [THEIRS, PLAIN, "ENQ-XXXX-2222", "", "a\0b", "ü", "\ud800", "x" * 10_000])
    def test_it_refuses_what_was_not_left_in_this_conversation(self, session: Session, reference: str) -> None:
        with pytest.raises(EnquiryNotFoundError):
            withdraw_consent(session, "mine", reference, drop_answers)
        assert session.get_one(FollowUp, THEIRS).state == "open"

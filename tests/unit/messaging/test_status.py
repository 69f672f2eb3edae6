from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.models import Conversation, Enquiry, FollowUp, FollowUpState
from assistant.messaging.status import IN_WORDS, left_questions


def add_conversation(session: Session, conversation: str, states: dict[str, str | None]) -> None:
    """A conversation with enquiries, left for a person where they have a state; the first is the latest left."""
    session.add(Conversation(id=conversation, channel="web", token_hash="", choices={}))
    session.flush()
    for age, (reference, state) in enumerate(states.items()):
        session.add(Enquiry(reference=reference, conversation_id=conversation, channel="web", offers=[]))
        session.flush()
        if state:
            at = now() - timedelta(hours=age)
            consent = {"consent_wording": "2026-11", "consent_at": at, "channel": "web"}
            session.add(FollowUp(reference=reference, state=state, **consent))
    session.flush()


class TestLeftQuestions:
    def test_it_tells_of_each_question_left_here_oldest_first(self, database: Database) -> None:
        with database.write() as session:
            add_conversation(
                session, "mine", {"ENQ-2": "open", "ENQ-1": "answered", "ENQ-0": "withdrawn", "ENQ-9": None}
            )
            add_conversation(session, "theirs", {"ENQ-5": "open"})
            left = left_questions(session, "mine")
        assert [question.reference for question in left] == ["ENQ-0", "ENQ-1", "ENQ-2"]
        assert "withdrew" in left[0].status and "answered" in left[1].status and "waits" in left[2].status

    @pytest.mark.parametrize("conversation", ["mine", "unknown", ""])
    def test_it_tells_of_nothing_where_nothing_was_left(self, database: Database, conversation: str) -> None:
        with database.write() as session:
            add_conversation(session, "mine", {"ENQ-9": None})
            add_conversation(session, "theirs", {"ENQ-5": "open"})
            assert left_questions(session, conversation) == []


class TestInWords:
    @pytest.mark.parametrize("state", FollowUpState)
    def test_it_has_a_sentence_for_every_state(self, state: FollowUpState) -> None:
        assert IN_WORDS[state].endswith(".")

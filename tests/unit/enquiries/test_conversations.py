from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.conversations import (
    get_own_conversation,
    list_messages,
    mark_useful,
    open_conversation,
)
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.erasure import erase_conversation
from assistant.enquiries.errors import ConversationNotFoundError, EnquiryNotFoundError
from assistant.enquiries.follow_ups import leave_question
from assistant.enquiries.models import Conversation, Enquiry, FollowUp, Message
from assistant.tokens import new_token

DRAFT = {"question": "Is there parking?", "name": "Ade", "email": "ade@nhs.net"}


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session on a database with two conversations, `mine` and `theirs`, each with an enquiry of that name."""
    with database.write() as session:
        session.add(Conversation(id="mine", channel="web", token_hash="", choices={}))
        session.add(Conversation(id="theirs", channel="web", token_hash="", choices={}))
        session.flush()
        add_message(session, "theirs", "ENQ-TTTT-2222")
        add_message(session, "mine", "ENQ-MMMM-2222")
        yield session


def add_message(session: Session, conversation: str, reference: str | None, **values: object) -> Message:
    """A message, with its enquiry if it has a reference."""
    if reference:
        session.add(Enquiry(reference=reference, conversation_id=conversation, channel="web", text="?", offers=[]))
    message = Message(conversation_id=conversation, fingerprint="", text="?", reference=reference, **values)
    session.add(message)
    session.flush()
    return message


class TestOpenConversation:
    def test_it_stores_a_hash_in_place_of_the_secret(self, session: Session) -> None:
        conversation, token = open_conversation(session, "slack")
        session.flush()
        opened = session.get_one(Conversation, conversation)
        assert opened.channel == "slack" and opened.choices == {} and opened.expects is None
        assert token not in (opened.id, opened.token_hash)


class TestGetOwnConversation:
    def test_it_gives_the_conversation_to_who_holds_the_secret(self, session: Session) -> None:
        conversation, token = open_conversation(session, "web")
        assert get_own_conversation(session, conversation, token).id == conversation

    @pytest.mark.parametrize("token", ["", "x", "\0", "ü", "\ud800", new_token()])
    def test_it_refuses_any_other_secret(self, session: Session, token: str) -> None:
        conversation, _ = open_conversation(session, "web")
        with pytest.raises(ConversationNotFoundError):
            get_own_conversation(session, conversation, token)

    @pytest.mark.parametrize("conversation", ["", "x", "a\0b", "ü", "\ud800", "x" * 10_000, "' OR 1=1 --"])
    def test_it_refuses_ids_that_are_none(self, session: Session, conversation: str) -> None:
        with pytest.raises(ConversationNotFoundError) as caught:
            get_own_conversation(session, conversation, "")
        assert len(conversation) < 2 or conversation not in str(caught.value)

    def test_it_says_the_same_of_unknown_and_foreign(self, session: Session) -> None:
        conversation, _ = open_conversation(session, "web")
        said = set()
        for named in (conversation, "unknown"):
            with pytest.raises(ConversationNotFoundError) as caught:
                get_own_conversation(session, named, new_token())
            said.add(str(caught.value))
        assert len(said) == 1


class TestListMessages:
    def test_it_lists_messages_and_replies_of_this_conversation_oldest_first(self, session: Session) -> None:
        reply = {"outcome": "offer", "replies": [{"text": "Yes."}]}
        add_message(session, "mine", None, reply=reply, replied_at=now())
        entries = list_messages(session, "mine")
        assert [entry["from"] for entry in entries] == ["asker", "asker", "assistant"]
        assert entries[2]["outcome"] == "offer" and entries[2]["replies"] == [{"text": "Yes."}]
        assert all(entry["at"].endswith("+00:00") for entry in entries)

    def test_it_shows_that_something_was_said_whose_words_are_not_kept(self, session: Session) -> None:
        add_message(session, "mine", None).text = None
        assert list_messages(session, "mine")[-1]["text"] is None

    def test_it_lists_nothing_of_an_empty_conversation(self, session: Session) -> None:
        conversation, _ = open_conversation(session, "web")
        assert list_messages(session, conversation) == []


class TestEraseConversation:
    def test_it_deletes_every_row_of_this_conversation_and_no_other(self, session: Session, cipher: Cipher) -> None:
        for reference in ("ENQ-MMMM-2222", "ENQ-TTTT-2222"):
            leave_question(session, session.get_one(Enquiry, reference), DRAFT, cipher)
        session.flush()
        erase_conversation(session, "mine")
        assert session.scalars(select(Conversation.id)).all() == ["theirs"]
        assert session.scalars(select(Message.conversation_id)).all() == ["theirs"]
        assert session.scalars(select(Enquiry.reference)).all() == ["ENQ-TTTT-2222"]
        assert session.scalars(select(FollowUp.reference)).all() == ["ENQ-TTTT-2222"]


class TestMarkUseful:
    def test_it_keeps_the_last_word(self, session: Session) -> None:
        mark_useful(session, "mine", "ENQ-MMMM-2222", useful=True)
        mark_useful(session, "mine", "ENQ-MMMM-2222", useful=False)
        assert session.get_one(Enquiry, "ENQ-MMMM-2222").useful is False

    @pytest.mark.parametrize("reference", ["ENQ-TTTT-2222", "ENQ-XXXX-2222", "", "a\0b", "ü", "\ud800", "x" * 10_000])
    def test_it_refuses_an_enquiry_that_is_not_of_this_conversation(self, session: Session, reference: str) -> None:
        with pytest.raises(EnquiryNotFoundError):
            mark_useful(session, "mine", reference, useful=True)
        assert session.get_one(Enquiry, "ENQ-TTTT-2222").useful is None

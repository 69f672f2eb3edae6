from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.engine import TurnRequest, Understanding
from assistant.enquiries.errors import MessageRefusedError
from assistant.enquiries.intake import (
    Form,
    Incoming,
    Intake,
    Taken,
    count_recent_messages,
    find_kept_question,
    turn_request,
)
from assistant.enquiries.models import Conversation, Enquiry, FollowUp, Message
from assistant.matching.safety import Care

UNCLEAR = Understanding("nlu_fallback", 0.1)
FORM = Form("Is there parking?", "Ade Okafor", "ade@nhs.net")
REFERENCE = "ENQ-HHHH-2222"


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session on a database with another conversation, in which a question could not be answered."""
    with database.write() as session:
        session.add(Conversation(id="theirs", channel="web", token_hash="", choices={}))
        session.flush()
        add_enquiry(session, "theirs", "ENQ-TTTT-2222", "unanswered")
        session.add(Message(conversation_id="theirs", fingerprint=""))
        yield session


@pytest.fixture
def conversation(session: Session) -> Conversation:
    """The conversation that messages are taken in."""
    conversation = Conversation(id="mine", channel="web", token_hash="", choices={"id": ["For boards", "/choose_none"]})
    session.add(conversation)
    session.flush()
    return conversation


@pytest.fixture
def intake(session: Session, conversation: Conversation, cipher: Cipher) -> Intake:
    """The intake of that conversation."""
    return Intake(session, conversation, cipher)


def add_enquiry(session: Session, conversation: str, reference: str, outcome: str | None, age: int = 0) -> Enquiry:
    """An enquiry whose text is its reference."""
    values = {"reference": reference, "conversation_id": conversation, "text": reference, "outcome": outcome}
    enquiry = Enquiry(**values, channel="web", offers=[], received_at=now() - timedelta(seconds=age))
    session.add(enquiry)
    session.flush()
    return enquiry


def take(
    intake: Intake, incoming: Incoming, redacted: str = "redacted", understood: Understanding | None = None
) -> Taken:
    """Take a message in."""
    return intake.take(replace(incoming, redacted=redacted), None, "fingerprint", understood)


def enquiries(session: Session) -> list[Enquiry]:
    """Those of the conversation under test."""
    return list(session.scalars(select(Enquiry).where(Enquiry.conversation_id == "mine")))


class TestCanonical:
    def test_it_tells_different_messages_apart(self) -> None:
        messages = [
            Incoming(text="a"),
            Incoming(text="b"),
            Incoming(choice="a"),
            Incoming(form=Form("a", "b", "c")),
            Incoming(form=Form("a", "b", "d")),
            Incoming(text='", "'),
        ]
        assert all(one.canonical() != other.canonical() for one, other in combinations(messages, 2))

    def test_it_is_the_same_for_the_same_message(self) -> None:
        assert Incoming(form=FORM).canonical() == Incoming(form=Form(*vars(FORM).values())).canonical()


class TestText:
    def test_it_writes_the_redacted_text_with_an_enquiry(self, intake: Intake, session: Session) -> None:
        taken = take(intake, Incoming(text="My address is ade@nhs.net"), "My address is [email]")
        message, enquiry = session.get_one(Message, taken.message), enquiries(session)[0]
        assert message.text == enquiry.text == "My address is [email]"
        assert message.reference == enquiry.reference == taken.request.reference
        assert taken.request == TurnRequest("mine", "My address is [email]", None, enquiry.reference, False)

    def test_it_keeps_no_word_where_care_is_due(self, intake: Intake, session: Session) -> None:
        taken = take(intake, Incoming(text="I want to kill myself", care=Care.CRISIS), "I want to kill myself")
        message = session.get_one(Message, taken.message)
        assert taken.care is Care.CRISIS
        assert (message.text, enquiries(session)[0].text, taken.request.text) == (None, None, "")


class TestChoice:
    def test_it_writes_the_label_and_gives_the_payload_on(self, intake: Intake, session: Session) -> None:
        taken = take(intake, Incoming(choice="id"))
        message = session.get_one(Message, taken.message)
        assert (message.text, message.payload) == ("For boards", "/choose_none")
        assert taken.request.payload == "/choose_none"

    @pytest.mark.parametrize("choice", ["", "other", "/choose_none", "For boards"])
    def test_it_refuses_what_was_not_offered_and_writes_nothing(
        self, intake: Intake, session: Session, choice: str
    ) -> None:
        with pytest.raises(MessageRefusedError):
            take(intake, Incoming(choice=choice))
        assert enquiries(session) == []


class TestForm:
    def test_it_leaves_the_question_at_once(self, intake: Intake, session: Session, cipher: Cipher) -> None:
        taken = take(intake, Incoming(form=FORM), "Is there parking?")
        left = session.scalars(select(FollowUp)).one()
        assert left.reference == taken.request.reference
        assert cipher.decrypt(left.email_encrypted or b"") == "ade@nhs.net"
        assert taken.request.payload == '/take_step{"step": "consent", "state": "yes"}'
        assert "Okafor" not in repr(taken)

    def test_it_ends_what_was_begun_step_by_step(
        self, intake: Intake, conversation: Conversation, cipher: Cipher
    ) -> None:
        conversation.expects, conversation.draft = "name", cipher.encrypt({"question": "Another?"})
        take(intake, Incoming(form=FORM), "Is there parking?")
        assert conversation.draft is None


class TestSteps:
    @pytest.fixture
    def at_step(self, session: Session, conversation: Conversation, cipher: Cipher) -> Conversation:
        add_enquiry(session, "mine", REFERENCE, "handoff")
        conversation.handoff_reference = REFERENCE
        conversation.draft = cipher.encrypt({"question": "Is there parking?", "name": "Ade", "email": "ade@nhs.net"})
        return conversation

    @pytest.mark.parametrize(
        ("step", "text", "shown"),
        [
            ("name", "Ade Okafor", "[name]"),
            ("email", "ade@nhs.net", "[email]"),
            ("question", "ade@nhs.net?", "redacted"),
        ],
    )
    def test_it_writes_a_word_for_what_was_given(
        self, intake: Intake, at_step: Conversation, session: Session, step: str, text: str, shown: str
    ) -> None:
        at_step.expects = step
        taken = take(intake, Incoming(text=text), understood=UNCLEAR)
        message = session.get_one(Message, taken.message)
        assert (message.text, message.reference) == (shown, REFERENCE)
        assert taken.request.payload == f'/take_step{{"step": "{step}", "state": "given"}}'
        assert len(enquiries(session)) == 1

    def test_it_keeps_what_was_given_in_the_draft(self, intake: Intake, at_step: Conversation, cipher: Cipher) -> None:
        at_step.expects = "name"
        take(intake, Incoming(text="Bo"), understood=UNCLEAR)
        draft = cipher.decrypt(at_step.draft or b"")
        assert draft == {"question": "Is there parking?", "name": "Bo", "email": "ade@nhs.net"}

    def test_it_keeps_the_draft_for_a_value_that_is_invalid(self, intake: Intake, at_step: Conversation) -> None:
        at_step.expects, before = "email", at_step.draft
        taken = take(intake, Incoming(text="ade@"), understood=UNCLEAR)
        assert taken.request.payload == '/take_step{"step": "email", "state": "invalid"}'
        assert at_step.draft == before

    def test_it_does_not_keep_an_invalid_value_either(
        self, intake: Intake, at_step: Conversation, session: Session
    ) -> None:
        at_step.expects = "email"
        taken = take(intake, Incoming(text="ade.okafor@"), "ade.okafor@", UNCLEAR)
        assert session.get_one(Message, taken.message).text == "[email]"

    def test_it_leaves_the_question_on_yes(self, intake: Intake, at_step: Conversation, session: Session) -> None:
        at_step.expects = "consent"
        take(intake, Incoming(text="yes"), understood=UNCLEAR)
        assert session.scalars(select(FollowUp.reference)).one() == REFERENCE
        assert at_step.draft is None

    def test_it_forgets_everything_on_no(self, intake: Intake, at_step: Conversation, session: Session) -> None:
        at_step.expects = "consent"
        take(intake, Incoming(text="no"), understood=UNCLEAR)
        assert session.scalars(select(FollowUp)).all() == []
        assert at_step.draft is None

    @pytest.mark.parametrize("missing", ["question", "name", "email"])
    def test_it_asks_again_for_what_was_lost(
        self, intake: Intake, at_step: Conversation, session: Session, cipher: Cipher, missing: str
    ) -> None:
        draft = {"question": "Is there parking?", "name": "Ade", "email": "ade@nhs.net"}
        at_step.draft = cipher.encrypt({name: value for name, value in draft.items() if name != missing})
        at_step.expects = "consent"
        taken = take(intake, Incoming(text="yes"), understood=UNCLEAR)
        assert taken.request.payload == f'/take_step{{"step": "{missing}", "state": "invalid"}}'
        assert session.scalars(select(FollowUp)).all() == []

    def test_it_writes_anything_else_as_an_enquiry_of_its_own(
        self, intake: Intake, at_step: Conversation, session: Session
    ) -> None:
        at_step.expects = "name"
        taken = take(intake, Incoming(text="What does the observatory do?"), "Q", Understanding("offer", 0.9))
        assert taken.request.payload is None
        assert taken.request.reference != REFERENCE and len(enquiries(session)) == 2


class TestTurnRequest:
    def test_it_is_the_same_when_it_is_made_again(
        self, intake: Intake, session: Session, conversation: Conversation
    ) -> None:
        taken = take(intake, Incoming(text="question"))
        assert turn_request(session, conversation, session.get_one(Message, taken.message)) == taken.request


class TestFindKeptQuestion:
    @pytest.mark.parametrize("outcome", ["unanswered", "out_of_scope"])
    def test_it_finds_the_last_enquiry_if_that_was_a_miss(
        self, session: Session, conversation: Conversation, outcome: str
    ) -> None:
        add_enquiry(session, "mine", "ENQ-2222-2222", "offer", age=20)
        add_enquiry(session, "mine", "ENQ-3333-3333", outcome, age=10)
        assert find_kept_question(session, conversation, None) == "ENQ-3333-3333"

    @pytest.mark.parametrize("outcome", ["offer", "clarify", "handoff", "crisis", "abuse"])
    def test_it_finds_none_where_the_last_was_met(
        self, session: Session, conversation: Conversation, outcome: str
    ) -> None:
        add_enquiry(session, "mine", "ENQ-2222-2222", "unanswered", age=20)
        add_enquiry(session, "mine", "ENQ-3333-3333", outcome, age=10)
        assert find_kept_question(session, conversation, None) is None

    def test_it_passes_over_the_message_itself_and_what_has_no_outcome(
        self, session: Session, conversation: Conversation
    ) -> None:
        add_enquiry(session, "mine", "ENQ-2222-2222", "unanswered", age=20)
        add_enquiry(session, "mine", "ENQ-3333-3333", None, age=10)
        add_enquiry(session, "mine", "ENQ-4444-4444", "offer")
        assert find_kept_question(session, conversation, "ENQ-4444-4444") == "ENQ-2222-2222"

    def test_it_finds_none_in_another_conversation(self, session: Session, conversation: Conversation) -> None:
        assert find_kept_question(session, conversation, None) is None


class TestCountRecentMessages:
    def test_it_counts_those_of_this_conversation_and_of_late(
        self, session: Session, conversation: Conversation
    ) -> None:
        for age in (0, 59, 61, 3600):
            received = now() - timedelta(seconds=age)
            session.add(Message(conversation_id="mine", fingerprint="", received_at=received))
        session.flush()
        assert count_recent_messages(session, "mine", 60) == 2
        assert count_recent_messages(session, "unknown", 60) == 0

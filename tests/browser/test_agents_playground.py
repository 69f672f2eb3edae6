"""Microsoft's own local client of Teams chats with the assistant, and shows what was stored."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect
from sqlalchemy import func, select

from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.models import Enquiry, FollowUp, Message
from assistant.messaging.models import InboxMessage, Post, PostKind
from assistant.settings import Settings
from assistant.web.app import create_app
from tests.conftest import ROOT
from tests.support.agents_playground import Chat, opened_chat, playground
from tests.support.loaded_database import write_loaded_database
from tests.support.sites import free_port, served

REFERENCE = re.compile(r"ENQ-[0-9A-Z]{4}-[0-9A-Z]{4}")
WITH_AN_OFFER = "Who do I contact about peer mentoring?"
TO_BE_ASKED_BACK = "I want consulting"
NOT_KNOWN = "Do you run the Sankofa walking tour for trust boards?"
LEFT = "Is there parking at the summer event?"
FONTS = "res-1.cdn.office.net"  # what the client's own page looks for elsewhere, and does without
SECONDS = 20


@pytest.fixture(scope="module")
def desk(real_desk: EnquiryDesk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EnquiryDesk]:
    """The real engine, with a database of its own, set up to talk to the playground."""
    settings = Settings(
        data_folder=ROOT / "data",
        var_folder=real_desk.settings.var_folder,  # where the sentence encoder is
        messages_per_minute=0,
        messages_per_minute_per_address=0,
        teams_playground=True,
    )
    database = Database(f"sqlite:///{write_loaded_database(tmp_path_factory.mktemp('playground') / 'assistant.db')}")
    yield EnquiryDesk(database, real_desk.engine, real_desk.cipher, settings, real_desk.redactor, real_desk._judge)
    database.close()


@pytest.fixture(scope="module")
def webhook(desk: EnquiryDesk) -> Iterator[str]:
    """Where the running assistant takes messages of Teams."""
    with served(create_app(desk.settings, desk), free_port()) as site:
        yield f"{site.origin}/webhooks/teams"


@pytest.fixture
def chat(browser: Browser, webhook: str, desk: EnquiryDesk, tmp_path: Path) -> Iterator[Chat]:
    """A new chat, welcomed already. After the test all that was sent stands in it once, and nobody else was reached."""
    before = count_sent(desk)
    with playground(webhook, tmp_path) as origin, opened_chat(browser, origin) as chat:
        expect(chat.answers).to_have_count(1)
        yield chat
        wait_until_quiet(chat, desk)
        expect(chat.answers).to_have_count(count_sent(desk) - before)
        assert chat.refused <= {FONTS}


def count_sent(desk: EnquiryDesk) -> int:
    """How many messages the assistant has sent; one that is shown anew stays one."""
    with desk.database.read() as session:
        kinds = (PostKind.REPLY, PostKind.NOTICE)
        return session.scalar(select(func.count()).where(Post.kind.in_(kinds), Post.sent_as.is_not(None))) or 0


def wait_until_quiet(chat: Chat, desk: EnquiryDesk) -> None:
    """Until everything was dealt with; given up is nothing."""
    deadline = time.monotonic() + SECONDS
    while True:
        with desk.database.read() as session:
            rows: list[InboxMessage | Post] = [*session.scalars(select(InboxMessage)), *session.scalars(select(Post))]
            assert not any(row.is_given_up for row in rows)
            if all(row.next_try_at is None for row in rows):
                return
        assert time.monotonic() < deadline
        chat.page.wait_for_timeout(100)


def enquiry_of(desk: EnquiryDesk, answer: Locator) -> Enquiry:
    """What was stored under the reference that an answer shows."""
    reference = REFERENCE.search(answer.inner_text())
    assert reference
    with desk.database.read() as session:
        return session.get_one(Enquiry, reference[0])


def reply_to(desk: EnquiryDesk, enquiry: Enquiry) -> dict[str, Any]:
    """The reply as it was stored."""
    with desk.database.read() as session:
        reply = session.scalars(select(Message.reply).where(Message.reference == enquiry.reference)).one()
        assert reply is not None
        return reply


def test_it_introduces_itself_once_though_the_client_tells_of_its_coming_twice(chat: Chat) -> None:
    expect(chat.answers.last).to_contain_text("I am a computer program, not a person.")


def test_a_question_is_answered_with_the_offer_and_whom_to_contact(chat: Chat, desk: EnquiryDesk) -> None:
    answer = chat.ask(WITH_AN_OFFER)
    expect(answer).to_contain_text("BME Leadership Network support")
    expect(answer).to_contain_text("Contact: miranda.seed@nhsconfed.org")
    expect(answer).to_contain_text("published in November 2022")
    enquiry = enquiry_of(desk, answer)
    assert (enquiry.channel, enquiry.outcome, enquiry.text) == ("teams", "offer", WITH_AN_OFFER)
    for offer in reply_to(desk, enquiry)["offers"]:
        expect(answer).to_contain_text(offer["name"])
        expect(answer).to_contain_text(offer["contact"]["email"])


def test_a_choice_is_answered_and_its_buttons_go(chat: Chat, desk: EnquiryDesk) -> None:
    asked_back = chat.ask(TO_BE_ASKED_BACK)
    labels = [choice["label"] for choice in reply_to(desk, enquiry_of(desk, asked_back))["choices"]]
    for label in labels:
        expect(asked_back.get_by_role("button", name=label, exact=True)).to_be_visible()
    answer = chat.choose(asked_back, labels[0])
    expect(asked_back).to_contain_text(f"You chose: {labels[0]}")
    for label in labels:
        expect(asked_back.get_by_role("button", name=label, exact=True)).to_have_count(0)
    enquiry = enquiry_of(desk, answer)
    assert enquiry.outcome == "offer"
    for offer in reply_to(desk, enquiry)["offers"]:
        expect(answer).to_contain_text(offer["contact"]["email"])


def test_a_question_is_left_with_the_form(chat: Chat, desk: EnquiryDesk) -> None:
    not_known = chat.ask(NOT_KNOWN)
    assert enquiry_of(desk, not_known).outcome == "unanswered"
    chat.press(not_known, "Use a form")
    chat.fill(not_known, {"Your question": LEFT, "Your name": "Sam Example", "Your e-mail address": "sam@example.org"})
    not_known.get_by_role("checkbox", name="You may keep my name").check()
    answer = chat.choose(not_known, "Leave my question")
    expect(not_known).to_contain_text("You left a question with the form.")
    expect(not_known.get_by_role("button", name="Use a form")).to_have_count(0)
    enquiry = enquiry_of(desk, answer)
    assert (enquiry.channel, enquiry.outcome, enquiry.text) == ("teams", "handoff", LEFT)
    with desk.database.read() as session:
        left = session.get_one(FollowUp, enquiry.reference)
        assert left.name_encrypted and left.email_encrypted and left.words_encrypted is None
        assert desk.cipher.decrypt(left.name_encrypted) == "Sam Example"
        assert desk.cipher.decrypt(left.email_encrypted) == "sam@example.org"


def test_without_consent_nothing_is_left(chat: Chat, desk: EnquiryDesk) -> None:
    not_known = chat.ask(NOT_KNOWN)
    chat.press(not_known, "Use a form")
    chat.fill(not_known, {"Your question": LEFT, "Your name": "Sam Example", "Your e-mail address": "sam@example.org"})
    chat.press(not_known, "Leave my question")
    expect(not_known).to_contain_text("Tick the box if you agree.")
    expect(chat.answers).to_have_count(2)


@pytest.mark.parametrize(
    ("button", "useful", "said"),
    [("Useful", True, "Thank you for telling us."), ("Not useful", False, "leave your question for a person")],
)
def test_whether_an_answer_was_useful_is_noted(
    chat: Chat, desk: EnquiryDesk, button: str, useful: bool, said: str
) -> None:
    answer = chat.ask(WITH_AN_OFFER)
    chat.press(answer, button)
    expect(answer).to_contain_text(said)
    expect(answer.get_by_role("button", name=button, exact=True)).to_have_count(0)
    assert enquiry_of(desk, answer).useful is useful

"""What staff wrote to an asker is in their copy, and keeps none of their words once they are erased."""

import json

import pytest

from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.erasure import erase
from assistant.enquiries.models import Group, OutboxLetter, QueuedEnquiry
from assistant.enquiries.quoting import ERASED, without_words
from assistant.review.copies import copy_of
from assistant.review.models import Decision, Delivery, WrittenAnswer
from tests.support.held import count, days_ago, hold, row

MINE, THEIRS = "ENQ-MMMM-2222", "ENQ-TTTT-2222"
TEXT = "You asked: “Words  of MINE”. It costs nothing."


@pytest.fixture
def answered(database: Database) -> Database:
    """Two asked the same. The first answer went to both, the second to one of them."""
    for name, reference in (("mine", MINE), ("theirs", THEIRS)):
        hold(database, name, days_ago(3), reference, state="answered", name_encrypted=None, email_encrypted=None)
    with database.write() as session:
        session.add(Group(id=1, leader=THEIRS, first_at=days_ago(3), last_at=days_ago(3)))
        session.flush()
        for reference in (MINE, THEIRS):
            session.get_one(QueuedEnquiry, reference).group_id = 1
        session.add(OutboxLetter(id=5, reference=MINE, kind="answer", sent_at=days_ago(1), next_try_at=None))
        session.flush()
        for number, text, references in ((1, TEXT, (MINE, THEIRS)), (2, "Only to you: words of mine.", (MINE,))):
            session.add(Decision(id=number, group_id=1, kind="answer"))
            session.flush()
            session.add(WrittenAnswer(id=number, decision_id=number, text=text, at=days_ago(2)))
            session.flush()
            for each in references:
                letter = 5 if (number, each) == (1, MINE) else None
                session.add(Delivery(answer_id=number, reference=each, channel="email", letter_id=letter))
    return database


def test_the_copy_holds_what_was_written_to_them_and_how_far_it_got(answered: Database, cipher: Cipher) -> None:
    with answered.read() as session:
        held, others = copy_of(session, MINE, cipher), copy_of(session, THEIRS, cipher)
    first, second = json.loads(json.dumps(held["written_answers"]))
    assert first == {
        "reference": MINE,
        "text": TEXT,
        "written_at": days_ago(2).isoformat(),
        "channel": "email",
        "way": "sent",
        "way_at": days_ago(1).isoformat(),
    }
    assert second["text"] == "Only to you: words of mine."
    assert [each["reference"] for each in others["written_answers"]] == [THEIRS]


def test_an_erasure_leaves_none_of_their_words_in_it(answered: Database) -> None:
    erase(answered, "mine")
    assert [row(answered, WrittenAnswer, 1).text] == [f"You asked: “{ERASED}”. It costs nothing."]
    assert (count(answered, WrittenAnswer), count(answered, Delivery), count(answered, Decision)) == (1, 1, 2)


def test_what_went_to_nobody_else_is_gone_with_the_last_of_them(answered: Database) -> None:
    erase(answered, "mine")
    erase(answered, "theirs")
    assert (count(answered, WrittenAnswer), count(answered, Delivery), count(answered, Group)) == (0, 0, 0)


def test_an_erasure_leaves_the_answers_of_others_alone(answered: Database) -> None:
    hold(answered, "third", days_ago(1), "ENQ-HHHH-2222")
    erase(answered, "third")
    assert row(answered, WrittenAnswer, 1).text == TEXT and count(answered, WrittenAnswer) == 2


@pytest.mark.parametrize(
    ("said", "written", "left"),
    [
        (
            "Is it free? I am a nurse.",
            "You wrote: is it\nFREE? And: I am a nurse",
            "You wrote: [erased]? And: [erased]",
        ),
        ("Is it free?", "It is free.", "It is free."),
        ("Thank you", "Thank you for asking.", "Thank you for asking."),
        ("What (.*) costs it", "“what (.*) costs it”", "“[erased]”"),
        ("", "As it was.", "As it was."),
    ],
)
def test_words_are_found_by_the_sentence(said: str, written: str, left: str) -> None:
    assert without_words(written, [said]) == left

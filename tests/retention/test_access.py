"""A person's copy: everything held about them, and nothing of others."""

import json

import pytest

from assistant.db.engine import Database
from assistant.enquiries.access import copy_of
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.errors import NothingHeldError
from assistant.enquiries.models import Conversation, FollowUp
from tests.support.held import change, days_ago, hold

MINE, THEIRS = "ENQ-MMMM-2222", "ENQ-TTTT-2222"


@pytest.fixture(autouse=True)
def _two_askers(database: Database, cipher: Cipher) -> None:
    for name, reference in (("mine", MINE), ("theirs", THEIRS)):
        hold(database, name, days_ago(3), reference, state="open")
        change(
            database,
            FollowUp,
            reference,
            name_encrypted=cipher.encrypt(f"name of {name}"),
            email_encrypted=cipher.encrypt(f"{name}@nhs.net"),
        )
        change(database, Conversation, name, draft=cipher.encrypt({"question": f"draft of {name}"}))


@pytest.mark.parametrize("name", [MINE, "enq mmmm 2222", "mine"])
def test_it_holds_everything_of_the_person(database: Database, cipher: Cipher, name: str) -> None:
    with database.read() as session:
        held = copy_of(session, name, cipher)
    assert held["conversation"]["id"] == "mine" and held["conversation"]["draft"] == {"question": "draft of mine"}
    assert [message["text"] for message in held["messages"]] == ["words of mine"]
    assert held["messages"][0]["reply"]["replies"] == [{"text": "answer to mine"}]
    assert held["enquiries"][0]["offers"] == ["lfhii"]
    left = held["follow_ups"][0]
    assert (left["name"], left["email"], left["words"]) == ("name of mine", "mine@nhs.net", None)
    assert (left["consent_wording"], left["consent_at"], left["channel"]) == ("w", days_ago(3).isoformat(), "web")
    assert held["dialogue_state"]["events"] == []


def test_it_holds_nothing_of_others_and_no_hash(database: Database, cipher: Cipher) -> None:
    with database.read() as session:
        held = json.dumps(copy_of(session, MINE, cipher))
    assert "theirs" not in held and THEIRS not in held
    assert "token_hash" not in held and "fingerprint" not in held


@pytest.mark.parametrize("name", ["ENQ-XXXX-2222", "", "unknown", "a\0b", "ü", f"{MINE} {THEIRS}", "x" * 10_000])
def test_it_refuses_what_is_unknown(database: Database, cipher: Cipher, name: str) -> None:
    with database.read() as session, pytest.raises(NothingHeldError):
        copy_of(session, name, cipher)

"""What channels hold about somebody goes with their conversation, and by the clock."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import null, select

from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher, make_key
from assistant.enquiries.erasure import erase as erase_enquiries
from assistant.enquiries.key_rotation import reencrypt
from assistant.enquiries.retention import Periods
from assistant.messaging.erasing import count_held, erase
from assistant.messaging.keeping import count_due, purge
from assistant.messaging.models import (
    InboxMessage,
    LinkCode,
    Place,
    Post,
    PostKind,
    SlackInstallation,
    SlackInstallState,
)
from assistant.review.copies import copy_of
from assistant.settings import Settings
from assistant.staff.models import Staff
from tests.support.held import NOW, count, days_ago, hold

PERIODS = Periods.of(Settings())
MINE, THEIRS = "ENQ-MMMM-2222", "ENQ-TTTT-2222"


def hold_in_channel(
    database: Database, cipher: Cipher, name: str, reference: str, days: int, **follow_up: object
) -> None:
    """A conversation of a channel with a place, a sent reply, a notice that waits and a message that waits."""
    at = days_ago(days)
    hold(database, name, at, reference, **follow_up)
    text = cipher.encrypt(json.dumps({"text": f"words of {name}"}))
    with database.write() as session:
        place = {"token_encrypted": text, "address_encrypted": text, "is_private": True, "created_at": at}
        session.add(Place(id=name, channel="slack", conversation_id=name, **place))
        post = {
            "channel": "slack",
            "lane": name,
            "created_at": at,
            "address_encrypted": text,
            "content_encrypted": text,
        }
        session.add(
            Post(key=f"{name} reply", kind=PostKind.REPLY, reference=reference, sent_at=at, next_try_at=null(), **post)
        )
        session.add(Post(key=f"{name} notice", kind=PostKind.NOTICE, conversation_id=name, **post))
        session.add(InboxMessage(channel="slack", key=name, lane=name, created_at=at, arrival_encrypted=text))


@pytest.fixture
def two(database: Database, cipher: Cipher) -> Database:
    hold_in_channel(database, cipher, "mine", MINE, 3)
    hold_in_channel(database, cipher, "theirs", THEIRS, 3)
    return database


def test_an_erasure_takes_it_all_and_nothing_of_others(two: Database) -> None:
    held = {"inbox": 1, "posts": 2, "places": 1}
    with two.read() as session:
        assert held.items() <= count_held(session, "mine").items()
    assert held.items() <= erase(two, "mine").items()
    assert (count(two, Place), count(two, Post)) == (1, 2)
    with two.read() as session:
        kept = {row.lane: row for row in session.scalars(select(InboxMessage))}
        assert not any(count_held(session, "mine").values())
    assert (kept["mine"].arrival_encrypted, kept["mine"].next_try_at) == (None, None)
    assert kept["theirs"].arrival_encrypted and kept["theirs"].next_try_at


def test_posts_and_places_go_with_their_conversation_whoever_erases_it(two: Database) -> None:
    erase_enquiries(two, "mine")
    assert (count(two, Place), count(two, Post)) == (1, 2)


def test_a_copy_holds_it_and_nothing_of_others(two: Database, cipher: Cipher) -> None:
    with two.read() as session:
        held = copy_of(session, MINE, cipher)["channels"]
    assert held["places"][0]["address"] == {"text": "words of mine"}
    assert [post["content"] for post in held["posts"]] == [{"text": "words of mine"}] * 2
    assert held["waiting_messages"][0]["arrival"] == {"text": "words of mine"}
    assert "theirs" not in json.dumps(held)


def test_a_change_of_keys_reaches_it(database: Database) -> None:
    old, new = make_key(), make_key()
    hold_in_channel(database, Cipher(old), "mine", MINE, 3)
    with database.write() as session:
        session.add(SlackInstallation(id="i", installation_encrypted=Cipher(old).encrypt("token")))
    done = reencrypt(database, Cipher(f"{new},{old}"))
    assert (done.renewed, done.unreadable) == (8, [])
    with database.read() as session:
        assert copy_of(session, "mine", Cipher(new))["channels"]["places"][0]["address"] == {"text": "words of mine"}
        assert Cipher(new).decrypt(session.get_one(SlackInstallation, "i").installation_encrypted) == "token"


def test_it_goes_by_the_clock(database: Database, cipher: Cipher) -> None:
    hold_in_channel(database, cipher, "old", MINE, 91)
    hold_in_channel(database, cipher, "new", THEIRS, 89)
    hold_in_channel(database, cipher, "waits", "ENQ-WWWW-2222", 91, state="open")
    with database.write() as session:
        row = {"channel": "slack", "lane": "x", "next_try_at": null()}
        for days in (6, 7, 29, 30):
            for is_given_up in (True, False):
                key = f"{days} {is_given_up}"
                session.add(InboxMessage(key=key, created_at=days_ago(days), is_given_up=is_given_up, **row))
        session.add(Post(key="answer", kind=PostKind.ANSWER, sent_at=days_ago(91), **row))
        session.add(Post(key="given up", kind=PostKind.NOTICE, created_at=days_ago(91), is_given_up=True, **row))
        session.add(Staff(id=1, email="a@nhs.net", name="A", role="reviewer"))
        session.flush()
        for minutes in (-1, 1):
            expires = NOW + timedelta(minutes=minutes)
            session.add(LinkCode(code_hash=f"{minutes}", staff_id=1, expires_at=expires))
            session.add(SlackInstallState(state_hash=f"{minutes}", expires_at=expires))
    counts = {"inbox": 7, "posts": 5, "places": 1, "link_codes": 1, "install_states": 1}
    with database.read() as session:
        assert counts.items() <= count_due(session, NOW, PERIODS).items()
    assert counts.items() <= purge(database, NOW, PERIODS).items()
    assert not any(purge(database, NOW, PERIODS)[name] for name in counts)
    with database.read() as session:
        assert set(session.scalars(select(Place.id))) == {"new", "waits"}
        assert session.scalars(select(Post).where(Post.key == "answer")).one().kind == PostKind.ANSWER
        kept = set(session.scalars(select(InboxMessage.key)))
    assert kept == {"6 True", "6 False", "7 True", "29 True"}


def test_what_waits_for_a_channel_that_is_off_is_emptied_after_a_day(database: Database, cipher: Cipher) -> None:
    hold_in_channel(database, cipher, "old", MINE, 2)
    hold_in_channel(database, cipher, "new", THEIRS, 1)
    words = {"address_encrypted": b"a", "content_encrypted": b"c", "created_at": days_ago(2)}
    with database.write() as session:
        for kind in (PostKind.REVIEW, PostKind.ANSWER):
            session.add(Post(channel="slack", key=kind, lane="x", kind=kind, **words))
    counts = {"inbox_given_up": 1, "posts_given_up": 2, "inbox": 0, "posts": 0}
    with database.read() as session:
        assert counts.items() <= count_due(session, NOW, PERIODS).items()
    assert counts.items() <= purge(database, NOW, PERIODS).items()
    assert not any(purge(database, NOW, PERIODS)[name] for name in counts)
    with database.read() as session:
        arrivals = {row.key: row for row in session.scalars(select(InboxMessage))}
        posts = {row.key: row for row in session.scalars(select(Post))}
    given_up = [arrivals["old"], posts["old notice"], posts["review"]]
    assert {(row.next_try_at, row.is_given_up, row.last_error) for row in given_up} == {(None, True, "WaitedTooLong")}
    assert arrivals["old"].arrival_encrypted is None and arrivals["new"].arrival_encrypted
    assert all(row.content_encrypted is row.address_encrypted is None for row in given_up[1:])
    kept = [posts[key] for key in ("new notice", "old reply", "answer")]  # an answer may still go as a letter
    assert all(row.content_encrypted and row.address_encrypted and not row.is_given_up for row in kept)

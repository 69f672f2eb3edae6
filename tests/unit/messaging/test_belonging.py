"""Which conversation goes on with a press, on both databases."""

from dataclasses import replace

import pytest

from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.enquiries.encryption import Cipher
from assistant.messaging.arrivals import Arrival, ArrivalKind
from assistant.messaging.belonging import aside, find_going_on, find_pressed, list_held
from assistant.messaging.models import PostKind
from assistant.messaging.outbox import Letterhead, claim_posts, note_sent, queue_post
from assistant.messaging.places import open_place
from tests.support.arrivals import arrival


@pytest.fixture
def database(database_url: str) -> Database:
    """With every table."""
    database = Database(database_url)
    upgrade(database.engine)
    return database


def press(lane: str, message: str = "1.1") -> Arrival:
    return replace(arrival(lane=lane, message=message), kind=ArrivalKind.CHOICE)


def test_what_was_told_alone_goes_on_for_that_person_alone(database: Database, cipher: Cipher) -> None:
    among_others = replace(arrival(lane="C1"), is_private=False)
    with database.write() as session:
        own = open_place(session, among_others, cipher)
        head = Letterhead("slack", among_others.place_id, aside(among_others), own.id)
        queue_post(session, head, PostKind.REPLY, "k", {"reply": {"expects": None}}, cipher)
        note_sent(session, claim_posts(session, ["slack"], 1)[0].post, "1.1")
    strangers = [
        press("D1", "1.2"), replace(press("D1"), who=("T1", "U2")), replace(press("D1"), who=("T2", "U1")),
        replace(press("D1"), channel="teams"), replace(press("D1"), is_private=False),
    ]  # fmt: skip
    with database.read() as session:
        assert find_pressed(session, press("D1"), cipher) is not None
        assert find_going_on(session, press("D1"), cipher) == own
        assert [find_going_on(session, each, cipher) for each in strangers] == [None] * len(strangers)
        assert list(list_held(session, among_others, cipher)) == [own]
        assert list(list_held(session, press("D1"), cipher)) == []
    database.close()


def test_threads_of_a_direct_chat_are_erased_with_it_and_nothing_of_others(database: Database, cipher: Cipher) -> None:
    chat, thread = arrival(lane="D1"), arrival(lane="D1 thread")
    others = [
        replace(arrival(lane="D2"), who=("T1", "U2")),
        replace(arrival(lane="C1"), is_private=False),
        replace(arrival(lane="D3"), channel="teams"),
    ]
    with database.write() as session:
        own = [open_place(session, each, cipher) for each in (chat, thread)]
        theirs = [open_place(session, each, cipher) for each in others]
    with database.read() as session:
        for each in (chat, thread):
            assert {held.id for held in list_held(session, each, cipher)} == {each.id for each in own}
        assert [list(list_held(session, each, cipher)) for each in others] == [[each] for each in theirs]
    database.close()

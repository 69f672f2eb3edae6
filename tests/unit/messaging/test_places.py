import pytest

from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher, make_key
from assistant.enquiries.errors import ContactKeyError
from assistant.messaging.places import find_conversation, find_own, find_private_place, open_place
from tests.support.arrivals import arrival


def test_a_place_keeps_its_conversation_and_another_has_its_own(database: Database, cipher: Cipher) -> None:
    with database.write() as session:
        assert find_own(session, arrival(), cipher) is None
        own = open_place(session, arrival(), cipher)
        other = open_place(session, arrival(lane="D2"), cipher)
    with database.write() as session:
        assert open_place(session, arrival(), cipher) == find_own(session, arrival(), cipher) == own != other
        assert find_conversation(session, arrival().place_id) == own.id
        assert find_conversation(session, "unknown") is None


def test_who_can_be_answered_alone_is_found_with_the_newest_address(database: Database, cipher: Cipher) -> None:
    with database.write() as session:
        own = open_place(session, arrival(), cipher)
        head = find_private_place(session, own.id, cipher)
        assert find_private_place(session, "unknown", cipher) is None
    assert head is not None and head.lane == arrival().place_id
    assert head.address == {**arrival().address, "who": arrival().who_id}


def test_without_its_key_a_place_stays_closed(database: Database, cipher: Cipher) -> None:
    with database.write() as session:
        open_place(session, arrival(), cipher)
    with database.read() as session, pytest.raises(ContactKeyError):
        find_own(session, arrival(), Cipher(make_key()))

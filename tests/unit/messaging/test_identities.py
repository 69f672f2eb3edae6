from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.messaging.arrivals import Arrival, ArrivalKind
from assistant.messaging.errors import LinkRefusedError
from assistant.messaging.identities import (
    ALPHABET,
    LIFETIME,
    burn_codes,
    find_code,
    find_codes_within,
    find_staff,
    give_code,
    list_identities,
    remove_identity,
    take_code,
)
from assistant.messaging.models import LinkCode
from assistant.staff.errors import TooManyAttemptsError
from assistant.staff.models import AuditEntry, Staff

UNKNOWN = "LINK-0000-0000-0000"


def said(user: str = "U1", channel: str = "slack") -> Arrival:
    return Arrival(channel, "e", ("T1", "D1", user), ("T1", user), ArrivalKind.MESSAGE, {}, {})


def add_staff(session: Session, name: str = "Ada Lovelace") -> int:
    staff = Staff(email=f"{name}@example.org", name=name, role="reviewer")
    session.add(staff)
    session.flush()
    return staff.id


def test_whoever_says_their_code_is_known_from_then_on(database: Database, cipher: Cipher) -> None:
    with database.write() as session:
        ada = add_staff(session)
        code = give_code(session, ada, now())
        assert session.scalars(select(LinkCode.code_hash)).one() not in code
        assert take_code(session, said(), code, cipher, now()).name == "Ada Lovelace"
        found = find_staff(session, said())
        assert found is not None and found.id == ada
        assert session.scalars(select(LinkCode)).all() == []
        entries = session.scalars(select(AuditEntry)).all()
        assert [(each.act, each.staff_id, each.details) for each in entries] == [("linked", ada, {"channel": "slack"})]


def test_nobody_else_is_nor_the_same_name_in_another_channel(database: Database, cipher: Cipher) -> None:
    with database.write() as session:
        take_code(session, said(), give_code(session, add_staff(session), now()), cipher, now())
        assert find_staff(session, said("U2")) is None
        assert find_staff(session, said(channel="teams")) is None


def test_a_code_works_once_and_for_ten_minutes(database: Database, cipher: Cipher) -> None:
    with database.write() as session:
        ada = add_staff(session)
        code = give_code(session, ada, now())
        with pytest.raises(LinkRefusedError):
            take_code(session, said(), code, cipher, now() + LIFETIME)
        take_code(session, said(), code, cipher, now())
        with pytest.raises(LinkRefusedError):
            take_code(session, said("U2"), code, cipher, now())


def test_a_new_code_takes_the_place_of_the_last(database: Database, cipher: Cipher) -> None:
    with database.write() as session:
        ada = add_staff(session)
        first = give_code(session, ada, now())
        give_code(session, ada, now())
        with pytest.raises(LinkRefusedError):
            take_code(session, said(), first, cipher, now())


def test_a_burnt_code_is_worth_nothing(database: Database, cipher: Cipher) -> None:
    with database.write() as session:
        code = give_code(session, add_staff(session), now())
        assert burn_codes(session, [UNKNOWN, code]) and not burn_codes(session, [code])
        with pytest.raises(LinkRefusedError):
            take_code(session, said(), code, cipher, now())


def test_whose_access_ended_is_nobody_at_once(database: Database, cipher: Cipher) -> None:
    with database.write() as session:
        ada = add_staff(session)
        take_code(session, said(), give_code(session, ada, now()), cipher, now())
        session.get_one(Staff, ada).is_active = False
        assert find_staff(session, said()) is None
        with pytest.raises(LinkRefusedError):
            take_code(session, said(), give_code(session, ada, now()), cipher, now())


def test_guesses_are_slowed_down_for_one_person_only(database: Database, cipher: Cipher) -> None:
    with database.write() as session:
        code = give_code(session, add_staff(session), now())
        for _ in range(5):
            with pytest.raises(LinkRefusedError):
                take_code(session, said(), UNKNOWN, cipher, now())
        with pytest.raises(TooManyAttemptsError):
            take_code(session, said(), code, cipher, now())
        assert take_code(session, said("U2"), code, cipher, now() + timedelta(seconds=1))


def test_a_link_is_removed_by_whose_it_is(database: Database, cipher: Cipher) -> None:
    with database.write() as session:
        ada, eve = add_staff(session), add_staff(session, "Eve")
        take_code(session, said(), give_code(session, ada, now()), cipher, now())
        [link] = list_identities(session, ada)
        assert not remove_identity(session, link.id, eve)
        assert remove_identity(session, link.id, ada)
        assert find_staff(session, said()) is None and not remove_identity(session, link.id, ada)


def test_who_is_linked_again_is_the_one_who_was_last(database: Database, cipher: Cipher) -> None:
    with database.write() as session:
        ada, eve = add_staff(session), add_staff(session, "Eve")
        for staff in (ada, eve):
            take_code(session, said(), give_code(session, staff, now()), cipher, now())
        found = find_staff(session, said())
        assert found is not None and found.id == eve and list_identities(session, ada) == []


@pytest.mark.parametrize(
    "text",
    [
        "LINK-2345-ABCD-01XY",
        "link-2345-abcd-o1xy",
        " `LINK-2345-ABCD-0IXY`. ",
        "\u201cLINK-2345-ABCD-0IXY.\u201d",
        "*LINK-2345-ABCD-01XY*",
        "LINK\u20132345\u2013ABCD\u2013OLXY",
        "LINK - 2345 - ABCD - 01XY",
        "LINK-2345ABCD01XY",
    ],
)
def test_a_code_is_found_however_it_is_typed(text: str) -> None:
    assert find_code(text) == "LINK-2345-ABCD-01XY"


@pytest.mark.parametrize(
    "text", ["", "Which link works with that data?", "link - this that", "ENQ-2345-ABCD", "LINK-2345-ABCD", "BLINK-1"]
)
def test_what_is_no_code_is_answered(text: str) -> None:
    assert find_code(text) is None and find_codes_within(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "My code is LINK-2345-ABCD-0IXY.",
        "_link-2345-abcd-01xy_ is it",
        "the link - organisation LINK-2345-ABCD-01XY",
        "link-LINK-2345-ABCD-01XY",
    ],
)
def test_a_code_among_other_words_is_found_by_itself(text: str) -> None:
    assert find_code(text) is None and find_codes_within(text)[-1] == "LINK-2345-ABCD-01XY"


def test_a_code_cannot_be_guessed(database: Database) -> None:
    with database.write() as session:
        ada = add_staff(session)
        codes = {give_code(session, ada, now()) for _ in range(50)}
    assert len(codes) == 50 and len(ALPHABET) ** 12 >= 2**60
    assert all(find_code(code) == code for code in codes)

from datetime import datetime, timedelta

import pyotp
import pytest

from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.staff.models import RecoveryCode, Staff
from assistant.staff.second_factor import (
    count_recovery_codes,
    drop_second_factor,
    make_recovery_codes,
    offered_secret,
    picture_of,
    set_second_factor,
    take_code,
    take_recovery_code,
)

SECRET = offered_secret("a session")


@pytest.fixture
def staff(database: Database, keys: Cipher, noon: datetime) -> Staff:
    """With a second factor since an hour ago, and somebody else with the same one."""
    before = noon - timedelta(hours=1)
    with database.write() as session:
        people = [Staff(email=f"{name}@example.org", name=name, role="reviewer") for name in ("one", "two")]
        session.add_all(people)
        session.flush()
        for person in people:
            assert set_second_factor(person, SECRET, code_at(before), before, keys)
    return people[0]


def code_at(moment: datetime) -> str:
    """What an app shows."""
    return pyotp.TOTP(SECRET).at(moment)


class TestTheOffer:
    def test_it_is_the_same_for_a_session_and_another_for_the_next(self) -> None:
        assert offered_secret("a session") == SECRET != offered_secret("another")
        assert len(SECRET) == 32

    def test_its_picture_needs_no_style(self) -> None:
        picture = picture_of(SECRET, "one@example.org")
        assert picture.startswith("<svg") and "style" not in picture and "<script" not in picture

    def test_it_is_not_taken_without_a_code_of_it(self, keys: Cipher, noon: datetime) -> None:
        person = Staff(email="three@example.org", name="three", role="reviewer")
        assert not set_second_factor(person, SECRET, "000000" if code_at(noon) != "000000" else "1", noon, keys)
        assert person.second_factor is None

    def test_it_is_stored_encrypted(self, staff: Staff, keys: Cipher) -> None:
        assert staff.second_factor is not None and SECRET.encode() not in staff.second_factor
        assert keys.decrypt(staff.second_factor) == SECRET


class TestACode:
    @pytest.mark.parametrize(("seconds", "is_taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
    def test_it_may_be_one_step_off(
        self, database: Database, staff: Staff, keys: Cipher, noon: datetime, seconds: int, is_taken: bool
    ) -> None:
        with database.write() as session:
            code = code_at(noon + timedelta(seconds=seconds))
            assert take_code(session, session.get_one(Staff, staff.id), code, noon, keys) is is_taken

    def test_it_is_never_taken_twice_nor_one_before_it(
        self, database: Database, staff: Staff, keys: Cipher, noon: datetime
    ) -> None:
        before = noon - timedelta(seconds=30)
        taken = []
        for code in (code_at(noon), code_at(noon), code_at(before)):
            with database.write() as session:
                taken.append(take_code(session, session.get_one(Staff, staff.id), code, noon, keys))
        assert taken == [True, False, False]

    @pytest.mark.parametrize("code", ["", "abc", "\u0661\u0662\u0663\u0664\u0665\u0666", "1" * 7, "-1", "1e5"])
    def test_what_is_no_code_is_not_taken(
        self, database: Database, staff: Staff, keys: Cipher, noon: datetime, code: str
    ) -> None:
        with database.write() as session:
            assert not take_code(session, session.get_one(Staff, staff.id), code, noon, keys)

    def test_it_may_be_typed_with_a_gap(self, database: Database, staff: Staff, keys: Cipher, noon: datetime) -> None:
        code = code_at(noon)
        with database.write() as session:
            person = session.get_one(Staff, staff.id)
            assert take_code(session, person, f" {code[:3]} {code[3:]}", noon, keys)


class TestRecoveryCodes:
    def test_each_works_once_and_for_its_owner_only(self, database: Database, staff: Staff, noon: datetime) -> None:
        with database.write() as session:
            person, other = session.get_one(Staff, staff.id), session.get_one(Staff, staff.id + 1)
            codes = make_recovery_codes(session, person)
            assert len(set(codes)) == 10 and count_recovery_codes(session, person) == 10
            assert not take_recovery_code(session, other, codes[0], noon)
            assert take_recovery_code(session, person, codes[0].lower().replace("-", " "), noon)
            assert not take_recovery_code(session, person, codes[0], noon)
            assert count_recovery_codes(session, person) == 9

    def test_new_ones_end_the_old_and_only_hashes_are_kept(
        self, database: Database, staff: Staff, noon: datetime
    ) -> None:
        with database.write() as session:
            person = session.get_one(Staff, staff.id)
            old = make_recovery_codes(session, person)
            new = make_recovery_codes(session, person)
            session.flush()
            kept = {row.code_hash for row in session.query(RecoveryCode)}
            assert len(kept) == 10 and not kept & set(new)
            assert not take_recovery_code(session, person, old[0], noon)

    def test_they_go_with_the_second_factor(
        self, database: Database, staff: Staff, keys: Cipher, noon: datetime
    ) -> None:
        with database.write() as session:
            person = session.get_one(Staff, staff.id)
            codes = make_recovery_codes(session, person)
            drop_second_factor(session, person)
            session.flush()
            assert not take_recovery_code(session, person, codes[0], noon)
            assert not take_code(session, person, code_at(noon), noon, keys)

from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher

from assistant.db.engine import Database
from assistant.staff import accounts, passwords
from assistant.staff.audit import find_break
from assistant.staff.errors import AccountError, NotSignedInError
from assistant.staff.models import AuditEntry, Staff
from assistant.staff.passwords import is_password
from assistant.staff.roles import Role
from assistant.staff.sessions import begin_session, find_session


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What hashing costs is tested with passwords."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def ada(database: Database, noon: datetime) -> int:
    """The only administrator."""
    with database.write() as session:
        accounts.add_staff(session, "ada@example.org", "Ada Admin", Role.ADMIN, noon, None)
        return accounts.get_staff(session, "ada@example.org").id


class TestAdding:
    def test_it_gives_a_password_that_has_to_be_changed_within_a_week(self, database: Database, noon: datetime) -> None:
        with database.write() as session:
            password = accounts.add_staff(session, " Bob@Example.org ", "Bob  B", Role.REVIEWER, noon, None)
        with database.read() as session:
            bob = accounts.get_staff(session, "BOB@example.org")
            assert (bob.email, bob.name, bob.must_change_password) == ("bob@example.org", "Bob B", True)
            assert bob.password_until == noon + timedelta(days=7)
            assert password and is_password(password, bob.password_hash)

    def test_whoever_uses_the_provider_gets_none(self, database: Database, noon: datetime) -> None:
        with database.write() as session:
            assert (
                accounts.add_staff(session, "bob@example.org", "Bob", Role.EDITOR, noon, None, with_password=False)
                is None
            )
            assert accounts.get_staff(session, "bob@example.org").password_hash is None

    @pytest.mark.parametrize(
        ("email", "name"), [("bob", "Bob"), ("", "Bob"), ("bob@example.org", " "), ("a@b.org", "x" * 101)]
    )
    def test_it_refuses_what_is_no_address_or_no_name(
        self, database: Database, noon: datetime, email: str, name: str
    ) -> None:
        with pytest.raises(AccountError), database.write() as session:
            accounts.add_staff(session, email, name, Role.REVIEWER, noon, None)

    def test_nobody_is_added_twice(self, database: Database, ada: int, noon: datetime) -> None:
        with pytest.raises(AccountError, match="already"), database.write() as session:
            accounts.add_staff(session, "ADA@example.org", "Ada", Role.REVIEWER, noon, None)

    def test_whose_access_ended_may_be_added_again_and_begins_anew(
        self, database: Database, ada: int, noon: datetime
    ) -> None:
        with database.write() as session:
            accounts.add_staff(session, "bob@example.org", "Bob", Role.ADMIN, noon, ada)
            bob = accounts.get_staff(session, "bob@example.org")
            bob.second_factor, bob.second_factor_at, bob.subject = b"x", noon, "old"
            accounts.end_access(session, bob, ada)
            accounts.add_staff(session, "bob@example.org", "Bob", Role.REVIEWER, noon, ada)
            assert (bob.is_active, bob.role, bob.second_factor_at, bob.subject) == (True, "reviewer", None, None)


class TestChanging:
    @pytest.mark.parametrize("change", ["role", "end", "password", "second factor", "provider", "own password"])
    def test_it_signs_them_out_everywhere(self, database: Database, ada: int, noon: datetime, change: str) -> None:
        with database.write() as session:
            accounts.add_staff(session, "bob@example.org", "Bob", Role.ADMIN, noon, ada)
            bob = accounts.get_staff(session, "bob@example.org")
            secrets = [begin_session(session, bob, noon, is_complete=True) for _ in range(2)]
            others = begin_session(session, session.get_one(Staff, ada), noon, is_complete=True)
        with database.write() as session:
            bob = accounts.get_staff(session, "bob@example.org")
            {
                "role": lambda: accounts.change_role(session, bob, Role.EDITOR, ada),
                "end": lambda: accounts.end_access(session, bob, ada),
                "password": lambda: accounts.reset_password(session, bob, noon, ada),
                "second factor": lambda: accounts.reset_second_factor(session, bob, ada),
                "provider": lambda: accounts.reset_provider(session, bob, ada),
                "own password": lambda: accounts.set_own_password(session, bob, "hash"),
            }[change]()
        with database.read() as session:
            for secret in secrets:
                with pytest.raises(NotSignedInError):
                    find_session(session, secret, noon)
            assert find_session(session, others, noon).staff_id == ada

    def test_the_last_administrator_stays(self, database: Database, ada: int) -> None:
        for change in (
            lambda session, staff: accounts.end_access(session, staff, ada),
            lambda session, staff: accounts.change_role(session, staff, Role.EDITOR, ada),
        ):
            with pytest.raises(AccountError, match="only administrator"), database.write() as session:
                change(session, session.get_one(Staff, ada))

    def test_each_change_is_in_the_record_with_who_did_it(self, database: Database, ada: int, noon: datetime) -> None:
        with database.write() as session:
            accounts.add_staff(session, "bob@example.org", "Bob", Role.REVIEWER, noon, ada)
            bob = accounts.get_staff(session, "bob@example.org")
            accounts.change_role(session, bob, Role.EDITOR, ada)
            accounts.reset_password(session, bob, noon, ada)
            accounts.end_access(session, bob, None)
        with database.read() as session:
            entries = session.query(AuditEntry).filter_by(subject=f"staff:{bob.id}").order_by(AuditEntry.number).all()
            assert [entry.details["change"] for entry in entries] == ["added", "role", "password reset", "ended"]
            assert [entry.staff_id for entry in entries] == [ada, ada, ada, None]
            assert not any("bob" in str(entry.details) for entry in entries)
            assert find_break(session) is None

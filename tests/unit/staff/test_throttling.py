from datetime import datetime, timedelta

import pytest

from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.staff.errors import TooManyAttemptsError
from assistant.staff.models import SignInAttempt
from assistant.staff.throttling import begin_attempt, forgive_attempt, note_signed_in, place_of

OFFICE, HOME = "192.0.2.1", "198.51.100.7"


class Guesser:
    """Tries to sign in, in vain."""

    def __init__(self, database: Database, keys: Cipher, moment: datetime) -> None:
        self.database, self.keys, self.moment = database, keys, moment

    def tries(self, times: int, email: str = "ada@example.org", address: str = OFFICE) -> int:
        """How many of these attempts were looked at."""
        return sum(self.is_heard(email, address) for _ in range(times))

    def is_heard(self, email: str = "ada@example.org", address: str = OFFICE) -> bool:
        """Whether an attempt was looked at; it fails."""
        try:
            with self.database.write() as session:
                begin_attempt(session, place_of(email, address, self.keys), self.moment)
        except TooManyAttemptsError:
            return False
        return True

    def signs_in(self, email: str = "ada@example.org", address: str = OFFICE) -> None:
        """The right password and code."""
        with self.database.write() as session:
            note_signed_in(session, place_of(email, address, self.keys), self.moment)

    def waits(self, **time: float) -> None:
        """Some time goes by."""
        self.moment += timedelta(**time)


@pytest.fixture
def guesser(database: Database, keys: Cipher, noon: datetime) -> Guesser:
    """At noon, with nothing tried yet."""
    return Guesser(database, keys, noon)


class TestAnAccountFromOneAddress:
    def test_it_is_heard_five_times_in_five_minutes(self, guesser: Guesser) -> None:
        assert guesser.tries(10) == 5
        guesser.waits(minutes=4.9)
        assert guesser.tries(10) == 0
        guesser.waits(minutes=0.2)
        assert guesser.tries(10) == 5

    def test_what_was_refused_makes_nobody_wait_longer(self, guesser: Guesser) -> None:
        guesser.tries(5)
        guesser.waits(minutes=4)
        guesser.tries(100)
        guesser.waits(minutes=1)
        assert guesser.is_heard()

    def test_typing_errors_are_forgotten_when_it_went_well(self, guesser: Guesser) -> None:
        guesser.tries(4)
        guesser.signs_in()
        assert guesser.tries(10) == 5

    def test_an_attempt_that_proved_right_does_not_count(self, guesser: Guesser) -> None:
        for _ in range(20):
            with guesser.database.write() as session:
                place = place_of("ada@example.org", OFFICE, guesser.keys)
                forgive_attempt(session, begin_attempt(session, place, guesser.moment))


class TestAnAccountFromEverywhere:
    def test_it_is_heard_twenty_times_an_hour(self, guesser: Guesser) -> None:
        assert sum(guesser.is_heard(address=f"203.0.113.{n}") for n in range(1, 101)) == 20
        guesser.waits(hours=1)
        assert guesser.is_heard(address="203.0.113.200")

    def test_its_owner_is_heard_where_they_signed_in_before(self, guesser: Guesser) -> None:
        guesser.signs_in(address=HOME)
        guesser.waits(days=80)
        for n in range(1, 101):
            guesser.is_heard(address=f"203.0.113.{n}")
        assert not guesser.is_heard(address="203.0.113.200")
        assert guesser.is_heard(address=HOME)

    def test_an_address_is_no_longer_known_after_ninety_days(self, guesser: Guesser) -> None:
        guesser.signs_in(address=HOME)
        guesser.waits(days=91)
        for n in range(1, 101):
            guesser.is_heard(address=f"203.0.113.{n}")
        assert not guesser.is_heard(address=HOME)

    def test_an_address_known_for_one_is_not_known_for_another(self, guesser: Guesser) -> None:
        guesser.signs_in("bob@example.org", HOME)
        for n in range(1, 101):
            guesser.is_heard(address=f"203.0.113.{n}")
        assert not guesser.is_heard(address=HOME)


class TestAnAddress:
    def test_it_is_heard_thirty_times_an_hour_whatever_the_accounts(self, guesser: Guesser) -> None:
        assert sum(guesser.is_heard(f"{n}@example.org") for n in range(100)) == 30
        assert guesser.is_heard("101@example.org", HOME)

    def test_a_colleague_who_is_known_there_is_heard(self, guesser: Guesser) -> None:
        guesser.signs_in("bob@example.org")
        for n in range(100):
            guesser.is_heard(f"{n}@example.org")
        assert not guesser.is_heard("carol@example.org")
        assert guesser.is_heard("bob@example.org")

    def test_a_subscriber_of_ipv6_is_one(self, guesser: Guesser) -> None:
        assert sum(guesser.is_heard(address=f"2001:db8:1:2::{n:x}") for n in range(1, 100)) == 5
        assert guesser.is_heard(address="2001:db8:1:3::1")

    def test_ipv4_in_ipv6_is_the_same(self, keys: Cipher) -> None:
        assert place_of("a", "::ffff:192.0.2.1", keys) == place_of("a", "192.0.2.1", keys)


class TestWhatIsKept:
    def test_it_names_nobody_and_no_address(self, guesser: Guesser) -> None:
        guesser.is_heard()
        with guesser.database.read() as session:
            kept = session.query(SignInAttempt).one()
        assert "ada" not in kept.account_hash and OFFICE not in kept.address_hash
        assert len(kept.account_hash) == len(kept.address_hash) == 64

    def test_failures_go_after_an_hour(self, guesser: Guesser) -> None:
        guesser.tries(5)
        guesser.waits(hours=1)
        guesser.is_heard(address=HOME)
        with guesser.database.read() as session:
            assert session.query(SignInAttempt).count() == 1

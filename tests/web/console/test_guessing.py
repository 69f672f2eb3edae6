"""E7: a thousand guesses get nowhere, and nothing tells who has an account. On both databases, all at once."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pyotp
import pytest

from assistant.db.base import now
from assistant.db.engine import Database, DatabaseUnavailableError
from assistant.db.migrate import upgrade
from assistant.enquiries.encryption import Cipher
from assistant.errors import AssistantError
from assistant.staff.accounts import add_staff, get_staff, set_own_password
from assistant.staff.errors import SignInRefusedError, TooManyAttemptsError
from assistant.staff.passwords import hash_password
from assistant.staff.roles import Role
from assistant.staff.second_factor import set_second_factor
from assistant.staff.signing_in import Visitor, take_password, take_second_factor
from tests.support.newcomer import PASSWORD

GUESSES, THREADS = 1000, 4
SAME_SECONDS = 0.020
ADA = "ada@example.org"


@pytest.fixture
def tables(database_url: str) -> Iterator[Database]:
    """With one administrator, who has chosen a password."""
    database = Database(database_url, durable=False)
    upgrade(database.engine)
    with database.write() as session:
        add_staff(session, ADA, "Ada Admin", Role.ADMIN, now(), None)
        set_own_password(session, get_staff(session, ADA), hash_password(PASSWORD))
    yield database
    database.close()


def outcome_of(database: Database, cipher: Cipher, password: str, address: str, email: str = ADA) -> str:
    """What comes of an attempt: in, refused or not looked at. While others hold the database, it is made again."""
    try:
        take_password(database, cipher, email, password, Visitor("", address, now()))
    except DatabaseUnavailableError:
        return outcome_of(database, cipher, password, address, email)
    except TooManyAttemptsError:
        return "not looked at"
    except SignInRefusedError:
        return "refused"
    return "in"


@pytest.mark.parametrize(("addresses", "looked_at"), [(1, 5), (250, 20)])
def test_a_thousand_guesses_at_once_get_nobody_in(
    tables: Database, cipher: Cipher, addresses: int, looked_at: int
) -> None:
    def guess(number: int) -> str:
        # The right password is among them, too late to be looked at.
        password = PASSWORD if number == GUESSES - 1 else f"guess number {number}"
        return outcome_of(tables, cipher, password, f"10.1.{number % addresses}.1")

    with ThreadPoolExecutor(THREADS) as pool:
        outcomes = list(pool.map(guess, range(GUESSES)))
    assert outcomes.count("in") == 0
    assert outcomes.count("refused") == looked_at


def test_a_thousand_codes_get_nobody_in(tables: Database, cipher: Cipher) -> None:
    with tables.write() as session:
        ada = get_staff(session, ADA)
        ada.second_factor, ada.second_factor_at = cipher.encrypt("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"), now()

    def guess(number: int) -> str:
        try:
            take_second_factor(tables, cipher, ada, f"{number:06}", Visitor("", f"10.1.{number % 250}.1", now()))
        except DatabaseUnavailableError:
            return guess(number)
        except AssistantError as error:
            return type(error).__name__
        return "in"

    with ThreadPoolExecutor(THREADS) as pool:
        outcomes = list(pool.map(guess, range(GUESSES)))
    # One of a million times three codes may be right by chance: 20 are looked at.
    assert outcomes.count("SignInRefusedError") == 20 and outcomes.count("TooManyAttemptsError") == GUESSES - 20


def test_the_right_password_gets_in_from_a_known_address_meanwhile(tables: Database, cipher: Cipher) -> None:
    visitor = Visitor("", "192.0.2.1", now())
    with tables.write() as session:
        ada = get_staff(session, ADA)
        secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
        before = visitor.moment - timedelta(seconds=30)
        assert set_second_factor(ada, secret, pyotp.TOTP(secret).at(before), before, cipher)
    take_second_factor(tables, cipher, ada, pyotp.TOTP(secret).at(visitor.moment), visitor)
    for number in range(100):
        outcome_of(tables, cipher, "a guess", f"10.1.{number}.1")
    assert outcome_of(tables, cipher, PASSWORD, "10.9.9.9") == "not looked at"
    assert outcome_of(tables, cipher, PASSWORD, visitor.address) == "in"


def test_nothing_tells_who_has_an_account(tables: Database, cipher: Cipher) -> None:
    spent: dict[str, list[float]] = {ADA: [], "nobody@example.org": []}
    told: dict[str, set[str]] = {ADA: set(), "nobody@example.org": set()}
    for number in range(15):
        for email in spent:
            begun = time.perf_counter()
            try:
                take_password(tables, cipher, email, "a wrong password", Visitor("", f"10.1.{number}.1", now()))
            except SignInRefusedError as error:
                told[email].add(str(error))
            spent[email].append(time.perf_counter() - begun)
    assert told[ADA] == told["nobody@example.org"] and len(told[ADA]) == 1
    # The quickest of many tries: what else the machine does at the moment only ever adds.
    there, not_there = (min(times) for times in spent.values())
    assert abs(there - not_there) <= SAME_SECONDS

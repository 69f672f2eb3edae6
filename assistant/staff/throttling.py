"""Slow down who guesses passwords and codes, without giving anybody a way to shut staff out.

Attempts are counted in the database, so that several processes count together, and each counts as failed from before
the password is looked at until it proved right: a thousand at once get no further than a thousand one by one.

- Five in five minutes for an account from one address. Typing errors fit in; guessing comes to nothing.
- Twenty in an hour for an account from anywhere stop guesses that come from many addresses. They stop **unknown
  addresses only**. Locking the account, as is often done, would let anybody who knows an e-mail address keep its owner
  out for good; so an address where the account's owner signed in during the last ninety days goes on being heard.
- Thirty in an hour from one address, whatever the accounts, stop one password tried on many accounts. A known address
  goes on being heard here too: a whole office may stand behind it.

So whoever has the right password and is where they signed in before is let in, whatever anybody does elsewhere. Only
failures for their own account from their own address make them wait, five minutes at most. From a new address, while
somebody is guessing, they may have to wait, or go where they are known.

Accounts that do not exist are counted in the same way: the limits tell nothing about which do.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import ColumnElement, and_, delete, exists, func, select
from sqlalchemy.orm import Session

from assistant.db.locks import Lock, wait_for_turn
from assistant.staff.errors import TooManyAttemptsError
from assistant.staff.keys import Keys
from assistant.staff.models import SignInAttempt

AT_ONE_PLACE, SOON = 5, timedelta(minutes=5)
AT_ONE_ACCOUNT, AT_ONE_ADDRESS, LATER = 20, 30, timedelta(hours=1)
KNOWN_FOR = timedelta(days=90)
NETWORK_BITS = 64  # of an IPv6 address: the rest is the subscriber's to choose


@dataclass(frozen=True)
class Place:
    """An account that somebody tries, there or not, and the network address they do it from; as keyed hashes."""

    account: str
    address: str


def place_of(email: str, address: str, keys: Keys) -> Place:
    """The place of an attempt with this e-mail address as typed, from this network address."""
    return Place(keys.fingerprint(f"account {email}"), keys.fingerprint(f"address {_network(address)}"))


def begin_attempt(session: Session, place: Place, moment: datetime) -> int:
    """Count an attempt as failed; returns its number. Raises TooManyAttemptsError, and does not count it."""
    wait_for_turn(session, Lock.ATTEMPTS)
    _forget_old(session, moment)
    if _is_throttled(session, place, moment):
        raise TooManyAttemptsError
    attempt = SignInAttempt(account_hash=place.account, address_hash=place.address, at=moment)
    session.add(attempt)
    session.flush()
    return attempt.id


def forgive_attempt(session: Session, attempt: int) -> None:
    """It did not fail after all."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.id == attempt))


def note_signed_in(session: Session, place: Place, moment: datetime) -> None:
    """The owner signed in there: it is a known address from now on, and typing errors are forgotten."""
    session.execute(delete(SignInAttempt).where(_at_place(place)))
    session.add(SignInAttempt(account_hash=place.account, address_hash=place.address, is_good=True, at=moment))


def _is_throttled(session: Session, place: Place, moment: datetime) -> bool:
    if _count(session, moment - SOON, _at_place(place)) >= AT_ONE_PLACE:
        return True
    is_known = session.scalar(select(exists().where(_at_place(place), SignInAttempt.is_good)))
    return not is_known and (
        _count(session, moment - LATER, SignInAttempt.account_hash == place.account) >= AT_ONE_ACCOUNT
        or _count(session, moment - LATER, SignInAttempt.address_hash == place.address) >= AT_ONE_ADDRESS
    )


def _count(session: Session, since: datetime, which: ColumnElement[bool]) -> int:
    failed = select(func.count()).where(which, SignInAttempt.is_good.is_(False), SignInAttempt.at > since)
    return session.scalar(failed) or 0


def _at_place(place: Place) -> ColumnElement[bool]:
    return and_(SignInAttempt.account_hash == place.account, SignInAttempt.address_hash == place.address)


def _forget_old(session: Session, moment: datetime) -> None:
    for is_good, period in ((False, LATER), (True, KNOWN_FOR)):
        session.execute(
            delete(SignInAttempt).where(SignInAttempt.is_good.is_(is_good), SignInAttempt.at <= moment - period)
        )


def _network(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:  # a socket without an address
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(ip_network((parsed, NETWORK_BITS), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)

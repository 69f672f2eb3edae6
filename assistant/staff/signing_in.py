"""Signing in: a password, then a second factor. Each step has a session of its own secret, and is in the record.

Hashing takes a tenth of a second, so it is done between two short transactions, never in one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy.orm import Session

from assistant.db.engine import Database
from assistant.staff.accounts import find_staff, plain_email
from assistant.staff.audit import Act, Details, record
from assistant.staff.errors import SignInRefusedError
from assistant.staff.keys import Keys
from assistant.staff.models import Staff
from assistant.staff.passwords import hash_password, is_password, needs_new_hash
from assistant.staff.second_factor import take_code, take_recovery_code
from assistant.staff.sessions import begin_session, drop_old_sessions, end_session
from assistant.staff.throttling import Place, begin_attempt, forgive_attempt, note_signed_in, place_of

WRONG_PASSWORD = "The e-mail address or the password is not right."
WRONG_CURRENT_PASSWORD = "This is not your current password."
WRONG_CODE = "This code is not right, or it was used before. Wait for the next one and try again."


class Step(Enum):
    """What somebody who gave their password still has to do before they are signed in."""

    NEW_PASSWORD = "new password"
    SECOND_FACTOR = "second factor"
    SET_UP = "set up a second factor"


@dataclass(frozen=True)
class Visitor:
    """Somebody who tries to sign in: the secret of the session that their browser held, if any, and from where."""

    secret: str
    address: str
    moment: datetime


def step_of(staff: Staff) -> Step:
    """The next step. A password that was made for somebody is changed first."""
    if staff.must_change_password:
        return Step.NEW_PASSWORD
    return Step.SET_UP if staff.second_factor_at is None else Step.SECOND_FACTOR


def take_password(database: Database, keys: Keys, email: str, password: str, visitor: Visitor) -> str:
    """The secret of a session in which the second factor is still to be given.

    Raises SignInRefusedError, after the same time and with the same words whether there is such an account or not, and
    TooManyAttemptsError.
    """
    place = place_of(plain_email(email), visitor.address, keys)
    with database.write() as session:
        attempt = begin_attempt(session, place, visitor.moment)
        staff = find_staff(session, email)
    is_right = is_password(password, _hash_of(staff, visitor.moment))
    new_hash = hash_password(password) if is_right and staff and needs_new_hash(staff.password_hash or "") else None
    with database.write() as session:
        if not is_right or staff is None:
            record_failure(session, staff.id if staff else None, {"step": "password"})
        else:
            forgive_attempt(session, attempt)
            staff = session.get_one(Staff, staff.id)
            staff.password_hash = new_hash or staff.password_hash
            return _next_session(session, staff, visitor, is_complete=False)
    raise SignInRefusedError(WRONG_PASSWORD)


def take_second_factor(database: Database, keys: Keys, staff: Staff, code: str, visitor: Visitor) -> str:
    """The secret of a session in which they are signed in. Raises SignInRefusedError, TooManyAttemptsError."""

    def check(session: Session, staff: Staff) -> bool:
        return take_code(session, staff, code, visitor.moment, keys)

    return _take_second_step(database, keys, staff, visitor, "code", check)


def take_recovery(database: Database, keys: Keys, staff: Staff, code: str, visitor: Visitor) -> str:
    """The same with a recovery code, which is then used up."""

    def check(session: Session, staff: Staff) -> bool:
        return take_recovery_code(session, staff, code, visitor.moment)

    return _take_second_step(database, keys, staff, visitor, "recovery code", check)


def complete_sign_in(session: Session, keys: Keys, staff: Staff, visitor: Visitor, way: str) -> str:
    """Sign them in: both factors were given, or the organisation's provider knows them. Returns the new secret."""
    note_signed_in(session, place_of(staff.email, visitor.address, keys), visitor.moment)
    record(session, Act.SIGNED_IN, staff.id, _subject(staff.id), {"with": way})
    return _next_session(session, staff, visitor, is_complete=True)


def check_current_password(database: Database, keys: Keys, staff: Staff, password: str, visitor: Visitor) -> None:
    """Have somebody who is signed in prove it once more. Raises SignInRefusedError, TooManyAttemptsError."""
    place = place_of(staff.email, visitor.address, keys)
    with database.write() as session:
        attempt = begin_attempt(session, place, visitor.moment)
    is_right = is_password(password, staff.password_hash)
    with database.write() as session:
        if is_right:
            forgive_attempt(session, attempt)
        else:
            record_failure(session, staff.id, {"step": "current password"})
    if not is_right:
        raise SignInRefusedError(WRONG_CURRENT_PASSWORD)


def sign_out(database: Database, staff: Staff, secret: str) -> None:
    """End this session."""
    with database.write() as session:
        end_session(session, secret)
        record(session, Act.SIGNED_OUT, staff.id, _subject(staff.id))


def record_failure(session: Session, staff_id: int | None, details: Details) -> None:
    """Put into the record that somebody did not get in."""
    record(session, Act.SIGN_IN_FAILED, staff_id, _subject(staff_id), details)


def _take_second_step(
    database: Database,
    keys: Keys,
    staff: Staff,
    visitor: Visitor,
    way: str,
    check: Callable[[Session, Staff], bool],
) -> str:
    place: Place = place_of(staff.email, visitor.address, keys)
    with database.write() as session:
        attempt = begin_attempt(session, place, visitor.moment)
    with database.write() as session:
        staff = session.get_one(Staff, staff.id)
        if check(session, staff):
            forgive_attempt(session, attempt)
            return complete_sign_in(session, keys, staff, visitor, way)
        record_failure(session, staff.id, {"step": way})
    raise SignInRefusedError(WRONG_CODE)


def _next_session(session: Session, staff: Staff, visitor: Visitor, *, is_complete: bool) -> str:
    """What was known before the step is worth nothing after it."""
    end_session(session, visitor.secret)
    drop_old_sessions(session, visitor.moment)
    return begin_session(session, staff, visitor.moment, is_complete=is_complete)


def _hash_of(staff: Staff | None, moment: datetime) -> str | None:
    """What the password is compared with: nothing where nobody may sign in with one."""
    if staff is None or not staff.is_active:
        return None
    is_late = staff.password_until is not None and staff.password_until <= moment
    return None if is_late else staff.password_hash


def _subject(staff_id: int | None) -> str:
    return f"staff:{staff_id or 'unknown'}"

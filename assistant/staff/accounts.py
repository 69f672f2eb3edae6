"""Accounts of staff: add, find, change the role, end access, reset. Each change is in the record of acts.

`by` is the id of the administrator who does it, None for the command line.
"""

import logging
from datetime import datetime, timedelta

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.staff.audit import Act, Details, record
from assistant.staff.errors import AccountError
from assistant.staff.models import NAME_LENGTH, Staff
from assistant.staff.passwords import hash_password, make_password
from assistant.staff.roles import Role
from assistant.staff.second_factor import drop_second_factor
from assistant.staff.sessions import end_sessions_of

logger = logging.getLogger(__name__)
GOOD_FOR = timedelta(days=7)  # a password that was made for somebody, until they sign in with it


def plain_email(email: str) -> str:
    """The form in which an address is kept and looked for. What is no address is only put in small letters."""
    try:
        return validate_email(email.strip(), check_deliverability=False).normalized.casefold()
    except EmailNotValidError:
        return email.strip().casefold()


def find_staff(session: Session, email: str) -> Staff | None:
    """Whoever has this address, active or not."""
    return session.scalars(select(Staff).where(Staff.email == plain_email(email))).first()


def get_staff(session: Session, email: str) -> Staff:
    """Whoever has this address. Raises AccountError when nobody does."""
    found = find_staff(session, email)
    if found is None:
        raise AccountError("Nobody with this e-mail address was added. See `assistant staff list`.")
    return found


def list_staff(session: Session) -> list[Staff]:
    """Everybody: those with access first, by name."""
    return list(session.scalars(select(Staff).order_by(Staff.is_active.desc(), Staff.name, Staff.id)))


def add_staff(
    session: Session, email: str, name: str, role: Role, moment: datetime, by: int | None, *, with_password: bool = True
) -> str | None:
    """Add somebody, or give access again to who had it. Returns the password they sign in with first.

    Without one they sign in with the organisation's provider only. Raises AccountError.
    """
    staff = _new_or_ended(session, _checked_email(email))
    staff.name, staff.role, staff.is_active = _checked_name(name), role.value, True
    session.flush()
    password = make_password() if with_password else None
    _set_one_time_password(staff, password, moment)
    _record(session, staff, by, {"change": "added", "role": role.value})
    return password


def change_role(session: Session, staff: Staff, role: Role, by: int | None) -> None:
    """Give another role. They are signed out everywhere. Raises AccountError for the last administrator."""
    if staff.role != role.value:
        _keep_an_admin(session, staff)
        _give_role(session, staff, role, by, {})


def follow_provider(session: Session, staff: Staff, role: Role) -> None:
    """Give the role that the organisation's provider says, the last administrator's too: whoever took it away there
    wants them to have it no longer, and to refuse would shut them out. Recorded, logged, and found by the doctor.
    """
    if staff.role == role.value:
        return
    is_last = _is_last_admin(session, staff)
    if is_last:
        logger.warning("The organisation's provider demoted the last administrator. Run 'assistant doctor'.")
    _give_role(session, staff, role, None, {"by": "provider", "no_admin_left": is_last})


def is_without_admin(session: Session) -> bool:
    """Whether there is staff, and nobody who may add others."""
    roles = set(session.scalars(select(Staff.role).where(Staff.is_active).distinct()))
    return bool(roles) and Role.ADMIN.value not in roles


def end_access(session: Session, staff: Staff, by: int | None) -> None:
    """They are signed out everywhere and cannot sign in. Raises AccountError for the last administrator."""
    _keep_an_admin(session, staff)
    staff.is_active, staff.password_hash, staff.subject = False, None, None
    drop_second_factor(session, staff)
    end_sessions_of(session, staff.id)
    _record(session, staff, by, {"change": "ended"})


def reset_password(session: Session, staff: Staff, moment: datetime, by: int | None) -> str:
    """A new password that they have to change at once; they are signed out everywhere. Returns it."""
    _check_active(staff)
    password = make_password()
    _set_one_time_password(staff, password, moment)
    end_sessions_of(session, staff.id)
    _record(session, staff, by, {"change": "password reset"})
    return password


def reset_second_factor(session: Session, staff: Staff, by: int | None) -> None:
    """They set up a new one when they next sign in; they are signed out everywhere."""
    _check_active(staff)
    drop_second_factor(session, staff)
    end_sessions_of(session, staff.id)
    _record(session, staff, by, {"change": "second factor reset"})


def reset_provider(session: Session, staff: Staff, by: int | None) -> None:
    """Forget who they are at the organisation's provider: the next who proves this e-mail address there is they."""
    _check_active(staff)
    staff.subject = None
    end_sessions_of(session, staff.id)
    _record(session, staff, by, {"change": "provider reset"})


def set_own_password(session: Session, staff: Staff, password_hash: str) -> None:
    """Keep the hash of a password that they chose. They are signed out everywhere."""
    staff.password_hash, staff.must_change_password, staff.password_until = password_hash, False, None
    end_sessions_of(session, staff.id)
    _record(session, staff, staff.id, {"change": "password"})


def _new_or_ended(session: Session, email: str) -> Staff:
    staff = find_staff(session, email)
    if staff is None:
        staff = Staff(email=email)
        session.add(staff)
    elif staff.is_active:
        raise AccountError("Somebody with this e-mail address has access already.")
    return staff


def _set_one_time_password(staff: Staff, password: str | None, moment: datetime) -> None:
    staff.password_hash = hash_password(password) if password else None
    staff.must_change_password = password is not None
    staff.password_until = moment + GOOD_FOR if password else None


def _checked_email(email: str) -> str:
    try:
        return validate_email(email.strip(), check_deliverability=False).normalized.casefold()
    except EmailNotValidError:
        raise AccountError("Enter an e-mail address, like name@example.org.") from None


def _checked_name(name: str) -> str:
    plain = " ".join(name.split())
    if not plain or len(plain) > NAME_LENGTH:
        raise AccountError(f"Enter a name of at most {NAME_LENGTH} characters.")
    return plain


def _check_active(staff: Staff) -> None:
    if not staff.is_active:
        raise AccountError("Their access has ended. To give it again, add them with the same e-mail address.")


def _keep_an_admin(session: Session, staff: Staff) -> None:
    """Of an administrator who is about to stop being one: there must be another."""
    _check_active(staff)
    if _is_last_admin(session, staff):
        raise AccountError("This is the only administrator. Make somebody else one first.")


def _is_last_admin(session: Session, staff: Staff) -> bool:
    admins = select(Staff.id).where(Staff.role == Role.ADMIN.value, Staff.is_active).with_for_update()
    return set(session.scalars(admins)) == {staff.id}


def _give_role(session: Session, staff: Staff, role: Role, by: int | None, details: Details) -> None:
    _record(session, staff, by, {"change": "role", "from": staff.role, "to": role.value, **details})
    staff.role = role.value
    end_sessions_of(session, staff.id)


def _record(session: Session, staff: Staff, by: int | None, details: Details) -> None:
    record(session, Act.ACCOUNT_CHANGED, by, f"staff:{staff.id}", details)

"""The invented staff, and how they sign in."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.demo.acts import Acts
from assistant.demo.script import Colleague
from assistant.staff.audit import Act, record
from assistant.staff.models import RecoveryCode, Staff
from assistant.staff.roles import Role
from assistant.staff.sessions import end_sessions_of


@dataclass(frozen=True)
class SignIn:
    """What somebody signs in with first."""

    role: str
    name: str
    email: str
    password: str


def add_colleagues(session: Session, colleagues: Sequence[Colleague], acts: Acts, at: datetime) -> Mapping[Role, int]:
    """Add the staff; returns the id of each role's. They cannot sign in before `let_in`."""
    numbers = {}
    for colleague in colleagues:
        staff = Staff(email=colleague.email, name=colleague.name, role=colleague.role.value, created_at=at)
        session.add(staff)
        session.flush()
        numbers[colleague.role] = staff.id
        acts.add(at, Act.ACCOUNT_CHANGED, None, f"staff:{staff.id}", change="added", role=staff.role)
    return numbers


def let_in(session: Session, colleagues: Sequence[Colleague]) -> list[SignIn]:
    """Give each of the staff a new password for one sign-in; whatever they signed in with before is no longer good."""
    sign_ins = []
    for colleague in colleagues:
        staff = session.scalars(select(Staff).where(Staff.email == colleague.email)).first()
        if staff is None or not staff.is_active:  # somebody tried out what an administrator can do
            continue
        password = _set_one_time_password(staff)
        staff.second_factor = staff.second_factor_at = staff.last_step = None
        session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff.id))
        end_sessions_of(session, staff.id)
        record(session, Act.ACCOUNT_CHANGED, None, f"staff:{staff.id}", {"change": "password reset"})
        sign_ins.append(SignIn(staff.role, staff.name, staff.email, password))
    return sign_ins


def _set_one_time_password(staff: Staff) -> str:
    # To be swapped for assistant.staff.accounts.reset_password once that is there.
    password = secrets.token_urlsafe(15)
    staff.password_hash, staff.must_change_password = PasswordHasher().hash(password), True
    return password

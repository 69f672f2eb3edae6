"""The invented staff, and how they sign in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.demo.acts import Acts
from assistant.demo.script import Colleague
from assistant.staff.accounts import reset_password, reset_second_factor
from assistant.staff.audit import Act
from assistant.staff.models import Staff
from assistant.staff.roles import Role


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
        reset_second_factor(session, staff, None)
        password = reset_password(session, staff, now(), None)
        sign_ins.append(SignIn(staff.role, staff.name, staff.email, password))
    return sign_ins

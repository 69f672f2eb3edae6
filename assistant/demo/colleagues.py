"""The invented staff, and how they sign in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pyotp
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.demo.acts import Acts
from assistant.demo.script import Colleague
from assistant.enquiries.encryption import Cipher
from assistant.staff.accounts import set_own_password
from assistant.staff.audit import Act
from assistant.staff.models import Staff
from assistant.staff.passwords import hash_password, make_password
from assistant.staff.roles import Role
from assistant.staff.second_factor import make_recovery_codes, set_second_factor


@dataclass(frozen=True)
class SignIn:
    """What somebody signs in with: the recovery code stands for the second factor, once."""

    role: str
    name: str
    email: str
    password: str
    recovery_code: str


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


def let_in(session: Session, colleagues: Sequence[Colleague], cipher: Cipher) -> list[SignIn]:
    """Give each of the staff a new password and recovery code; what they signed in with before is no longer good.

    So whoever looks at the demonstration needs no authenticator app.
    """
    sign_ins = []
    for colleague in colleagues:
        staff = session.scalars(select(Staff).where(Staff.email == colleague.email)).first()
        if staff is None or not staff.is_active:  # somebody tried out what an administrator can do
            continue
        password = make_password()
        set_own_password(session, staff, hash_password(password))
        _set_up_second_factor(staff, cipher)
        code = make_recovery_codes(session, staff)[0]
        sign_ins.append(SignIn(staff.role, staff.name, staff.email, password, code))
    return sign_ins


def _set_up_second_factor(staff: Staff, cipher: Cipher) -> None:
    secret, moment = pyotp.random_base32(), now()
    set_second_factor(staff, secret, pyotp.TOTP(secret).at(moment), moment, cipher)

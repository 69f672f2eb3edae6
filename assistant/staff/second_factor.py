"""The second factor of staff: codes of an authenticator app (RFC 6238), and recovery codes for when it is lost."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp
import segno
from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from assistant.staff.keys import Keys
from assistant.staff.models import RecoveryCode, Staff
from assistant.tokens import hash_token

ISSUER = "Enquiries"  # what the app shows beside the account
STEP = 30  # seconds that a code is shown for
DRIFT = 1  # steps that a telephone's clock may be ahead or behind
SECRET_BYTES = 20  # what RFC 4226 recommends
RECOVERY_CODES = 10
RECOVERY_GROUPS, RECOVERY_GROUP_LENGTH = 4, 4  # characters of 32: 80 bits, so that a plain hash is enough
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def offered_secret(session_secret: str) -> str:
    """The secret that is offered to whoever sets up a second factor with this session, in base 32.

    It is derived, not stored: the page may be loaded again without the picture changing, and what is never confirmed
    leaves nothing behind. The session gets another secret as soon as the offer is taken, so no two are the same.
    """
    derived = hmac.new(session_secret.encode(), b"second factor", hashlib.sha256).digest()
    return base64.b32encode(derived[:SECRET_BYTES]).decode()


def picture_of(secret: str, email: str) -> str:
    """What an authenticator app scans, as SVG without any style."""
    address = pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=email, issuer_name=ISSUER)
    return segno.make(address, error="m", micro=False).svg_inline(svgclass=None, lineclass=None, omitsize=True)


def set_second_factor(staff: Staff, secret: str, code: str, moment: datetime, keys: Keys) -> bool:
    """Take the offered secret, if the code shows that the owner's app has it. Returns whether it does."""
    step = _step_of(secret, code, moment)
    if step is None:
        return False
    staff.second_factor, staff.second_factor_at, staff.last_step = keys.encrypt(secret), moment, step
    return True


def drop_second_factor(session: Session, staff: Staff) -> None:
    """Forget it, and the recovery codes: a new one is set up at the next sign-in."""
    staff.second_factor = staff.second_factor_at = staff.last_step = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff.id))


def take_code(session: Session, staff: Staff, code: str, moment: datetime, keys: Keys) -> bool:
    """Whether the code is right and was not taken before; it is then taken, as is every one before it."""
    if staff.second_factor is None or staff.second_factor_at is None:
        return False
    step = _step_of(str(keys.decrypt(staff.second_factor)), code, moment)
    if step is None:
        return False
    # In one statement: of two that come with the same code at the same time, one is too late.
    is_later = or_(Staff.last_step.is_(None), Staff.last_step < step)
    taken = session.scalar(
        update(Staff).where(Staff.id == staff.id, is_later).values(last_step=step).returning(Staff.id)
    )
    return taken is not None


def make_recovery_codes(session: Session, staff: Staff) -> list[str]:
    """Ten new ones, in place of any there were. They are shown once: only hashes are kept."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff.id))
    codes = [_make_recovery_code() for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(staff_id=staff.id, code_hash=_hash_recovery_code(staff, code)) for code in codes)
    return codes


def take_recovery_code(session: Session, staff: Staff, code: str, moment: datetime) -> bool:
    """Whether this is a recovery code that is left; it is then used up."""
    own = (RecoveryCode.staff_id == staff.id, RecoveryCode.code_hash == _hash_recovery_code(staff, code))
    used = session.scalar(
        update(RecoveryCode)
        .where(*own, RecoveryCode.used_at.is_(None))
        .values(used_at=moment)
        .returning(RecoveryCode.id)
    )
    return used is not None


def count_recovery_codes(session: Session, staff: Staff) -> int:
    """How many are left."""
    left = select(func.count()).where(RecoveryCode.staff_id == staff.id, RecoveryCode.used_at.is_(None))
    return session.scalar(left) or 0


def _step_of(secret: str, code: str, moment: datetime) -> int | None:
    """The step whose code this is, of those that are near enough in time; the latest when several have it."""
    digits = "".join(code.split())
    if not (digits.isascii() and digits.isdigit()):
        return None
    codes, present = pyotp.TOTP(secret, interval=STEP), int(moment.timestamp()) // STEP
    steps = range(present + DRIFT, present - DRIFT - 1, -1)
    return next((step for step in steps if hmac.compare_digest(codes.generate_otp(step), digits)), None)


def _make_recovery_code() -> str:
    characters = (secrets.choice(ALPHABET) for _ in range(RECOVERY_GROUPS * RECOVERY_GROUP_LENGTH))
    return "-".join("".join(next(characters) for _ in range(RECOVERY_GROUP_LENGTH)) for _ in range(RECOVERY_GROUPS))


def _hash_recovery_code(staff: Staff, code: str) -> str:
    plain = "".join(character for character in code.upper() if character.isalnum())
    return hash_token(f"{staff.id}:{plain}")

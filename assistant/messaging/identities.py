"""Who of the staff somebody in a channel is.

The console gives a member of staff a code, which they say to the assistant in a chat of their own. From then on that
person in that channel is that member of staff, with whatever role they have at the time.
"""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.messaging.arrivals import Arrival
from assistant.messaging.errors import LinkRefusedError
from assistant.messaging.models import LinkCode, StaffIdentity
from assistant.staff.audit import Act, record
from assistant.staff.keys import Keys
from assistant.staff.models import Staff
from assistant.staff.throttling import begin_attempt, forgive_attempt, place_of
from assistant.tokens import hash_token

LIFETIME = timedelta(minutes=10)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O or U, and five bits a character
GROUPS, GROUP_LENGTH = 3, 4  # 60 bits
READ_AS = str.maketrans("OIL", "011")
# Telephones write other dashes, and leave some out.
_DASH = r"\s?[-\u2010-\u2015\u2212]\s?"
_GROUP = f"[0-9A-Za-z]{{{GROUP_LENGTH}}}"
_REST = rf"{_DASH}({_GROUP})(?:{_DASH})?({_GROUP})(?:{_DASH})?({_GROUP})"
_AROUND = r"[\s\"'`*_.\u2018-\u201d]*"  # what people put round a code, and what marks it up
CODE = re.compile(rf"{_AROUND}LINK{_REST}{_AROUND}", re.IGNORECASE)
# Looked ahead, so that what only looks like a code hides no code that begins inside it.
CODE_WITHIN = re.compile(rf"(?<![^\W_])LINK(?={_REST}(?![^\W_]))", re.IGNORECASE)


def give_code(session: Session, staff_id: int, moment: datetime) -> str:
    """A new code for somebody, in place of any that they have; only its hash is kept."""
    session.execute(delete(LinkCode).where((LinkCode.staff_id == staff_id) | (LinkCode.expires_at <= moment)))
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    code = "-".join(("LINK", *groups))
    session.add(LinkCode(code_hash=hash_token(code), staff_id=staff_id, expires_at=moment + LIFETIME))
    return code


def find_code(text: str) -> str | None:
    """The code, as the console writes it, that a text is, or looks like, when nothing else is said in it."""
    found = CODE.fullmatch(text)
    return _as_written(found) if found else None


def find_codes_within(text: str) -> list[str]:
    """Everything in a text that looks like a code, as the console writes it. Most of it is none."""
    return [_as_written(found) for found in CODE_WITHIN.finditer(text)]


def _as_written(found: re.Match[str]) -> str:
    return "-".join(("LINK", *(group.upper().translate(READ_AS) for group in found.groups())))


def take_code(session: Session, arrival: Arrival, code: str, keys: Keys, moment: datetime) -> Staff:
    """Link whoever said the code with the member of staff to whom it was given.

    Commit also where it is refused: the attempt is counted then. Raises LinkRefusedError, TooManyAttemptsError.
    """
    attempt = begin_attempt(session, place_of(f"link {arrival.who_id}", arrival.who_id, keys), moment)
    given = session.get(LinkCode, hash_token(code), with_for_update=True)
    staff = session.get(Staff, given.staff_id) if given is not None and given.expires_at > moment else None
    if given is None or staff is None or not staff.is_active:
        raise LinkRefusedError
    session.delete(given)
    forgive_attempt(session, attempt)
    identity = StaffIdentity(id=arrival.who_id, channel=arrival.channel, staff_id=staff.id, linked_at=moment)
    session.merge(identity)
    record(session, Act.LINKED, staff.id, f"staff:{staff.id}", {"channel": arrival.channel})
    return staff


def burn_codes(session: Session, codes: Sequence[str]) -> bool:
    """Make these codes worthless. Whether any of them was one that the console gave."""
    hashes = [hash_token(code) for code in codes]
    burnt = session.execute(delete(LinkCode).where(LinkCode.code_hash.in_(hashes)).returning(LinkCode.code_hash))
    return bool(burnt.all())


def find_staff(session: Session, arrival: Arrival) -> Staff | None:
    """The member of staff who did this, as they are now; None for others, and for those whose access has ended."""
    return session.scalars(
        select(Staff)
        .join(StaffIdentity, StaffIdentity.staff_id == Staff.id)
        .where(StaffIdentity.id == arrival.who_id, StaffIdentity.channel == arrival.channel, Staff.is_active)
    ).first()


def list_identities(session: Session, staff_id: int) -> list[StaffIdentity]:
    """Who somebody is in channels, oldest first."""
    theirs = select(StaffIdentity).where(StaffIdentity.staff_id == staff_id)
    return list(session.scalars(theirs.order_by(StaffIdentity.linked_at, StaffIdentity.id)))


def remove_identity(session: Session, identity: str, staff_id: int) -> bool:
    """Take a link away from whoever it belongs to. Whether there was one."""
    found = session.get(StaffIdentity, identity)
    if found is None or found.staff_id != staff_id:
        return False
    session.delete(found)
    record(session, Act.UNLINKED, staff_id, f"staff:{staff_id}", {"channel": found.channel})
    return True

"""Sessions of staff: who is signed in with a browser, for how long, and the proof that a form is our own."""

import hashlib
import hmac
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from assistant.staff.errors import NotSignedInError
from assistant.staff.models import Staff, StaffSession
from assistant.tokens import hash_token, new_token

IDLE = timedelta(minutes=30)  # reference/security.md E6, after which somebody else may sit at the screen
LONGEST = timedelta(hours=12)  # one working day
SEEN_EVERY = timedelta(minutes=1)  # a session is not written at each page


def begin_session(session: Session, staff: Staff, moment: datetime, *, is_complete: bool) -> str:
    """Start one with a new secret, which is returned and stored as a hash only."""
    secret = new_token()
    session.add(
        StaffSession(
            token_hash=hash_token(secret), staff_id=staff.id, is_complete=is_complete, created_at=moment, seen_at=moment
        )
    )
    if is_complete:
        staff.signed_in_at = moment
    return secret


def find_session(session: Session, secret: str, moment: datetime) -> StaffSession:
    """The session of this secret, the second factor given or not. Raises NotSignedInError when there is none that is
    still good, or its owner is no longer active.
    """
    found = session.get(StaffSession, hash_token(secret))
    if found is None or _is_over(found, moment) or not found.staff.is_active:
        raise NotSignedInError
    return found


def note_seen(session: Session, secret: str, moment: datetime) -> None:
    """Keep that somebody is still there."""
    session.execute(update(StaffSession).where(StaffSession.token_hash == hash_token(secret)).values(seen_at=moment))


def is_due_to_note(found: StaffSession, moment: datetime) -> bool:
    """Whether it is so long ago that the session was last seen that it should be written again."""
    return moment - found.seen_at >= SEEN_EVERY


def end_session(session: Session, secret: str) -> None:
    """Sign out. Does nothing when nobody was signed in."""
    session.execute(delete(StaffSession).where(StaffSession.token_hash == hash_token(secret)))


def end_sessions_of(session: Session, staff_id: int) -> None:
    """Sign somebody out everywhere: after a new password, another role, the end of their access."""
    session.execute(delete(StaffSession).where(StaffSession.staff_id == staff_id))


def drop_old_sessions(session: Session, moment: datetime) -> None:
    """Remove the sessions that are over."""
    over = or_(StaffSession.seen_at <= moment - IDLE, StaffSession.created_at <= moment - LONGEST)
    session.execute(delete(StaffSession).where(over))


def form_token(secret: str) -> str:
    """What a form of ours carries: it cannot be worked out without the session's secret, nor used to find that."""
    return hmac.new(secret.encode("utf-8", "replace"), b"form", hashlib.sha256).hexdigest()


def is_form_token(token: str, secret: str) -> bool:
    """Whether the form was made for this session, in constant time."""
    return hmac.compare_digest(token.encode("utf-8", "replace"), form_token(secret).encode())


def _is_over(found: StaffSession, moment: datetime) -> bool:
    return moment - found.seen_at >= IDLE or moment - found.created_at >= LONGEST

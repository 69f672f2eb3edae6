"""The token of the link that withdraws consent: an enquiry's reference, encrypted, so that nobody can make one up."""

from sqlalchemy.orm import Session

from assistant.enquiries.encryption import Cipher
from assistant.enquiries.errors import ContactKeyError
from assistant.enquiries.models import FollowUp, FollowUpState

PURPOSE = "withdraw"  # whatever else was encrypted with the same key is no token
PADDING = "="


def make_withdrawal_token(reference: str, cipher: Cipher) -> str:
    """A token for URLs. It does not expire."""
    return cipher.encrypt({PURPOSE: reference}).decode().rstrip(PADDING)  # mail programs cut "=" off a link's end


def read_withdrawal_token(token: str, cipher: Cipher) -> str | None:
    """The reference, or None when we did not make this token."""
    try:
        value = cipher.decrypt((token + PADDING * (-len(token) % 4)).encode("utf-8", "replace"))
    except ContactKeyError:
        return None
    return value.get(PURPOSE) if isinstance(value, dict) else None


def is_withdrawn(session: Session, reference: str) -> bool:
    """Whether there is nothing left to withdraw: it was done, or the enquiry is erased."""
    follow_up = session.get(FollowUp, reference)
    return follow_up is None or follow_up.state == FollowUpState.WITHDRAWN

"""Show what an asker let us keep of racism they told of: to somebody who says why, and never without a record."""

from sqlalchemy.orm import Session

from assistant.enquiries.encryption import Cipher
from assistant.review.errors import NothingKeptError
from assistant.review.groups import find_member
from assistant.staff.audit import Act, record


def reveal_words(session: Session, cipher: Cipher, number: int, reference: str, staff_id: int, why: str) -> str:
    """The words kept with an enquiry of a group, recorded in the same transaction with the reason given.

    Raises GroupNotFoundError, NothingKeptError, ContactKeyError.
    """
    member = find_member(session, number, reference)
    kept = member.follow_up.words_encrypted if member.follow_up else None
    if kept is None:
        raise NothingKeptError
    words = str(cipher.decrypt(kept))
    record(session, Act.REVEALED, staff_id, f"enquiry:{reference}", {"group": number, "reason": why})
    return words

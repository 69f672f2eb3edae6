"""The invented letters with written answers. The demonstration has no mail server: none of them goes anywhere."""

from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy.orm import Session

from assistant.enquiries.encryption import Cipher
from assistant.enquiries.letters import LetterKind
from assistant.enquiries.models import FollowUp, OutboxLetter
from assistant.enquiries.outbox import queue_letter
from assistant.settings import Settings

REFUSED, DELAYED = "SMTPRecipientsRefused", "SMTPServerDisconnected"
Way = Literal["sent", "waiting", "failed"]


def write_letter(
    session: Session,
    left: FollowUp,
    text: str,
    way: Way,
    at: datetime,
    next_try_at: datetime,
    cipher: Cipher,
    settings: Settings,
) -> OutboxLetter | None:
    """A letter that was written at that time and was sent, failed, or waits for the next try."""
    letter = queue_letter(session, left, LetterKind.ANSWER, cipher, settings, text)
    if letter is None:
        return None
    letter.created_at, letter.attempts = at, 1
    session.flush()  # what is set to nothing from the beginning would be filled in
    letter.next_try_at = next_try_at if way == "waiting" else None
    if way == "sent":
        letter.sent_at = at + timedelta(minutes=1)
    else:
        letter.last_error = REFUSED if way == "failed" else DELAYED
    if way != "waiting":
        letter.letter_encrypted = None
    session.flush()
    return letter

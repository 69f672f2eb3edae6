"""The invented letters with written answers. The demonstration has no mail server: none of them goes anywhere."""

from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy.orm import Session

from assistant.enquiries.encryption import Cipher
from assistant.enquiries.models import FollowUp, OutboxLetter
from assistant.tokens import new_token

KIND = "answer"
REFUSED, DELAYED = "SMTPRecipientsRefused", "SMTPServerDisconnected"
Way = Literal["sent", "waiting", "failed"]


def write_letter(
    session: Session, left: FollowUp, text: str, way: Way, at: datetime, next_try_at: datetime, cipher: Cipher
) -> OutboxLetter:
    """A letter that was written at that time and was sent, failed, or waits for the next try."""
    letter = OutboxLetter(
        reference=left.reference,
        kind=KIND,
        created_at=at,
        attempts=1,
        next_try_at=None,
        **_became(way, at),
    )
    if way == "waiting":
        letter.letter_encrypted = cipher.encrypt(_content(left, text, cipher))
        letter.next_try_at = next_try_at
    session.add(letter)
    session.flush()
    return letter


def _became(way: Way, at: datetime) -> dict[str, Any]:
    if way == "sent":
        return {"sent_at": at + timedelta(minutes=1)}
    return {"last_error": REFUSED if way == "failed" else DELAYED}


def _content(left: FollowUp, text: str, cipher: Cipher) -> dict[str, str]:
    name = str(cipher.decrypt(left.name_encrypted)) if left.name_encrypted else ""
    return {
        "id": new_token(),
        "recipient": str(cipher.decrypt(left.email_encrypted)) if left.email_encrypted else "",
        "subject": f"Your question {left.reference}",
        "body": f"Hello {name},\n\n{text}\n",
    }

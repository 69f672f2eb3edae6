"""The outbox: letters to askers, kept with what they are about until they are sent, have failed, or are dropped.

A letter waits while it has a time for its next try. Whoever sends it claims it first by putting that time off, so that
two processes do not send it twice; a process that is killed in between leaves it to be sent when the claim ends.
"""

import logging
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from assistant.enquiries.encryption import Cipher
from assistant.enquiries.errors import ContactKeyError
from assistant.enquiries.letters import LetterKind, write_letter
from assistant.enquiries.models import ERROR_LENGTH, FollowUp, FollowUpState, OutboxLetter
from assistant.enquiries.retention import Tell
from assistant.settings import Settings
from assistant.tokens import new_token

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=15)  # far longer than one sending takes
FIRST_DELAY, LONGEST_DELAY = timedelta(minutes=1), timedelta(hours=24)
MOST_DOUBLINGS = 11  # a minute doubled so often is more than a day
LONGEST_WAIT = timedelta(days=30)  # after which an address is no longer kept for a letter that cannot be sent
TOO_OLD = "WaitedTooLong"


def queue_letter(
    session: Session, follow_up: FollowUp, kind: LetterKind, cipher: Cipher, settings: Settings, answer: str = ""
) -> OutboxLetter | None:
    """Put a letter to the asker into the outbox, inside the caller's transaction.

    Nothing is written when consent was withdrawn or there is no address. Raises ContactKeyError.
    """
    if follow_up.email_encrypted is None or follow_up.state == FollowUpState.WITHDRAWN:
        return None
    name = cipher.decrypt(follow_up.name_encrypted) if follow_up.name_encrypted else ""
    letter = write_letter(kind, str(name), follow_up.reference, settings, answer)
    content = {
        "id": new_token(),  # the same at each try, so that mail programs fold a second copy
        "recipient": str(cipher.decrypt(follow_up.email_encrypted)),
        "subject": letter.subject,
        "body": letter.body,
    }
    row = OutboxLetter(reference=follow_up.reference, kind=kind.value, letter_encrypted=cipher.encrypt(content))
    session.add(row)
    return row


def lapse_teller(cipher: Cipher, settings: Settings) -> Tell:
    """Writes to an asker whose question was closed without an answer; one whose address no key opens cannot be told."""

    def tell(session: Session, follow_up: FollowUp) -> None:
        try:
            queue_letter(session, follow_up, LetterKind.LAPSED, cipher, settings)
        except ContactKeyError as error:
            # What was kept long enough goes all the same.
            logger.error("The asker of %s is not told that it lapsed: %s", follow_up.reference, error)

    return tell


def drop_letters(session: Session, reference: str) -> None:
    """Drop the letters about an enquiry that still wait."""
    session.execute(
        delete(OutboxLetter).where(OutboxLetter.reference == reference, OutboxLetter.next_try_at.is_not(None))
    )


def claim_letter(session: Session, moment: datetime) -> OutboxLetter | None:
    """The letter that has been due longest, now claimed, or None. Commit before sending it."""
    letter = session.scalars(
        select(OutboxLetter)
        .where(OutboxLetter.next_try_at <= moment)
        .order_by(OutboxLetter.next_try_at)
        .limit(1)
        .with_for_update(skip_locked=True)  # SQLite, which knows no such lock, lets one writer in at a time
    ).first()
    if letter is not None:
        letter.attempts += 1
        letter.next_try_at = moment + CLAIM
    return letter


def note_sent(session: Session, letter: OutboxLetter, moment: datetime) -> None:
    """The letter was taken by the mail server; what it said is no longer kept."""
    _note(session, letter, sent_at=moment, next_try_at=None, letter_encrypted=None, last_error=None)


def note_failed(session: Session, letter: OutboxLetter, fault: str) -> None:
    """The letter was refused for good. Staff see that it failed; what it said is no longer kept."""
    _note(session, letter, next_try_at=None, letter_encrypted=None, last_error=fault[:ERROR_LENGTH])


def note_delay(session: Session, letter: OutboxLetter, fault: str, moment: datetime) -> None:
    """The letter could not be sent now; the next try is after twice the time each time, at most a day."""
    delay = min(FIRST_DELAY * 2 ** min(letter.attempts - 1, MOST_DOUBLINGS), LONGEST_DELAY)
    _note(session, letter, next_try_at=moment + delay, last_error=fault[:ERROR_LENGTH])


def give_up_old_letters(session: Session, moment: datetime) -> None:
    """Let fail what has waited longer than LONGEST_WAIT, whether e-mail is off or the server never took it."""
    session.execute(
        update(OutboxLetter)
        .where(OutboxLetter.next_try_at.is_not(None), OutboxLetter.created_at < moment - LONGEST_WAIT)
        .values(next_try_at=None, letter_encrypted=None, last_error=func.coalesce(OutboxLetter.last_error, TOO_OLD))
    )


def count_letters(session: Session) -> dict[str, int]:
    """How many letters are waiting and how many have failed."""
    waiting = func.count(OutboxLetter.next_try_at)
    unsent = session.execute(select(waiting, func.count()).where(OutboxLetter.sent_at.is_(None))).one()
    return {"waiting": unsent[0], "failed": unsent[1] - unsent[0]}


def _note(session: Session, letter: OutboxLetter, **values: object) -> None:
    # By number and not through the object: the letter may have been dropped meanwhile.
    session.execute(update(OutboxLetter).where(OutboxLetter.id == letter.id).values(**values))

"""Send the letters that are due."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.errors import ContactKeyError
from assistant.enquiries.models import OutboxLetter
from assistant.enquiries.outbox import claim_letter, give_up_old_letters, note_delay, note_failed, note_sent
from assistant.errors import AssistantError
from assistant.mail.errors import LetterDelayedError, LetterRefusedError, MailServerError
from assistant.mail.sender import Sender

logger = logging.getLogger(__name__)


class Postman:
    """Goes the rounds. Without a sender e-mail is off: letters wait, and are given up when they get too old."""

    def __init__(
        self, database: Database, cipher: Cipher, sender: Sender | None, clock: Callable[[], datetime] = now
    ) -> None:
        self._database = database
        self._cipher = cipher
        self._sender = sender
        self._clock = clock

    async def go_round(self) -> None:
        """Send every letter that is due. Never raises, so that the next round comes; faults are logged by name."""
        try:
            await asyncio.to_thread(self._give_up)
            # A letter a thread: when the server stops, the one under way is still sent and noted, and no other begun.
            while self._sender is not None and await asyncio.to_thread(self._deliver_next, self._sender):
                pass
        except Exception as error:
            logger.error("Letters wait: %s", error if isinstance(error, AssistantError) else type(error).__name__)

    def _give_up(self) -> None:
        with self._database.write() as session:
            give_up_old_letters(session, self._clock())

    def _deliver_next(self, sender: Sender) -> bool:
        """Deliver the letter that has been due longest. Whether it is worth while to go on with the next."""
        with self._database.write() as session:
            letter = claim_letter(session, self._clock())
        if letter is None:
            return False
        try:
            sender.send(self._open(letter), letter.reference, self._cipher)
        except LetterRefusedError as error:
            self._fail(letter, str(error))
        except (LetterDelayedError, MailServerError) as error:
            self._delay(letter, str(error))
            # A server that is not there would keep every further letter waiting for it as long.
            return not isinstance(error, MailServerError)
        except ContactKeyError as error:
            self._delay(letter, type(error).__name__)
        else:
            with self._database.write() as session:
                note_sent(session, letter, self._clock())
        return True

    def _open(self, letter: OutboxLetter) -> dict[str, str]:
        content = self._cipher.decrypt(letter.letter_encrypted or b"")
        assert isinstance(content, dict)
        return content

    def _fail(self, letter: OutboxLetter, fault: str) -> None:
        logger.error("The letter about %s was refused for good: %s", letter.reference, fault)
        with self._database.write() as session:
            note_failed(session, letter, fault)

    def _delay(self, letter: OutboxLetter, fault: str) -> None:
        logger.warning("The letter about %s waits: %s", letter.reference, fault)
        with self._database.write() as session:
            note_delay(session, letter, fault, self._clock())

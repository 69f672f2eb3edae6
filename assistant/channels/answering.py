"""Work through the inbox: what waits is dealt with, put off while something is in its way, or given up."""

import logging
from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from assistant.channels.acts import Acts
from assistant.channels.dialogue import Dialogue
from assistant.channels.notices import NOT_ANSWERED, NOT_DEALT_WITH, NOT_DONE
from assistant.channels.telling import queue_notice
from assistant.channels.units import in_unit
from assistant.db.base import now
from assistant.db.engine import DatabaseUnavailableError
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.errors import AnswerInterruptedError, ContactKeyError, TooManyMessagesError
from assistant.errors import detail_of, log_unexpected
from assistant.messaging.arrivals import ArrivalKind
from assistant.messaging.inbox import claim_arrivals, open_arrival
from assistant.messaging.lanes import LONGEST_DELAY, LONGEST_WAIT, give_up, next_delay, put_off, renew
from assistant.messaging.models import InboxMessage

logger = logging.getLogger(__name__)

MOST_TRIES = 12
MOST_UNEXPECTED_TRIES = 3  # of what will hardly pass: whatever else the person wrote waits for it
MAY_PASS = (DatabaseUnavailableError, AnswerInterruptedError, TooManyMessagesError, ContactKeyError)
UNASKED = frozenset({ArrivalKind.HOME, ArrivalKind.WELCOME})  # nobody waits for an answer to these


class Answering:
    """Has arrivals answered, each once: what was answered before a crash is found again by its key."""

    def __init__(self, desk: EnquiryDesk, channels: Sequence[str], acts: Acts) -> None:
        """`acts` are what staff do in channels."""
        self._desk = desk
        self._channels = channels
        self._dialogue = Dialogue(desk, acts)
        self.on_posts: Callable[[], None] = lambda: None  # called in the event loop once there is something to send

    def claim(self, most: int) -> Sequence[InboxMessage]:
        """Claim what is due."""
        with self._desk.database.write() as session:
            return claim_arrivals(session, self._channels, most)

    def renew(self, rows: Sequence[InboxMessage]) -> None:
        """Claim for longer what takes its time."""
        with self._desk.database.write() as session:
            renew(session, rows, now())

    async def answer(self, row: InboxMessage) -> None:
        """Deal with one, and note what became of it."""
        try:
            arrival = open_arrival(row, self._desk.cipher)
            await self._dialogue.take(arrival, row)
        except MAY_PASS as error:
            await in_unit(self._desk.database.write, self._put_off, row, error)
        except Exception as error:
            log_unexpected(error)
            await in_unit(self._desk.database.write, self._put_off, row, error)
        self.on_posts()

    def _put_off(self, session: Session, row: InboxMessage, error: Exception) -> None:
        fault = type(error).__name__
        is_without_key = isinstance(error, ContactKeyError)  # nothing but its return helps; it is waited for
        most_tries = MOST_TRIES if isinstance(error, MAY_PASS) else MOST_UNEXPECTED_TRIES
        if now() - row.created_at < LONGEST_WAIT and (is_without_key or row.attempts < most_tries):
            put_off(session, row, fault, now() + (LONGEST_DELAY if is_without_key else next_delay(row.attempts)))
        elif give_up(session, row, fault):
            logger.error("Message %d of %s was given up: %s", row.id, row.channel, fault)
            self._tell_given_up(session, row)

    def _tell_given_up(self, session: Session, row: InboxMessage) -> None:
        """Whoever sent it is told that nothing will come."""
        try:
            arrival = open_arrival(row, self._desk.cipher)
        except Exception as error:
            logger.error("Nobody can be told that message %d was given up: %s", row.id, detail_of(error))
            return
        if arrival.kind in UNASKED:
            return
        settings = self._desk.settings
        what = NOT_DONE.get(arrival.kind, NOT_ANSWERED)
        text = NOT_DEALT_WITH.format(what=what, email=settings.general_email, phone=settings.general_phone)
        queue_notice(session, arrival, row, [text], self._desk.cipher)

"""What staff do in channels: prove who they are, and decide on a group of the queue."""

from sqlalchemy.orm import Session

from assistant.channels.card_decisions import Pressed, decide_on, find_texts, read_pressed
from assistant.channels.cards import find_card, show_anew
from assistant.channels.notices import (
    CODE_AMONG_WORDS,
    CODE_READ,
    CODE_REFUSED,
    LINKED,
    NOT_LINKED,
    NOT_UNDERSTOOD,
    NOTHING_CHANGED,
)
from assistant.channels.telling import queue_notice
from assistant.db.base import now
from assistant.enquiries.desk import EnquiryDesk
from assistant.errors import AssistantError
from assistant.messaging.arrivals import Arrival
from assistant.messaging.errors import LinkRefusedError
from assistant.messaging.identities import burn_codes, find_code, find_codes_within, find_staff, take_code
from assistant.messaging.inbox import note_done
from assistant.messaging.models import InboxMessage
from assistant.messaging.outbox import Letterhead
from assistant.review.errors import ChangedMeanwhileError, DecisionRefusedError, GroupNotFoundError
from assistant.staff.errors import NotAllowedError, TooManyAttemptsError
from assistant.staff.models import Staff
from assistant.staff.roles import Permission, may

PAGE = "/staff/account/channels"


class NotLinkedError(AssistantError):
    """Whoever acted is nobody of the staff, as far as is known."""


class Acts:
    """Acts of staff, with the permissions and the record of the console. What was done is noted with its arrival."""

    def __init__(self, desk: EnquiryDesk) -> None:
        self._desk = desk

    def may_hold_code(self, text: str) -> bool:
        """Whether something in a text looks like a code of the console."""
        return bool(find_codes_within(text))

    def take_code(self, arrival: Arrival, row: InboxMessage, text: str) -> bool:
        """Take the code that a text is, or burn one that stands among other words, and say what became of it.

        Whether there was one: of other words that only look like a code there is none. Raises DatabaseUnavailableError.
        """
        with self._desk.database.write() as session:
            said = self._take(session, arrival, text)
            if said is None:
                return False
            self._tell(session, arrival, row, said)
            note_done(session, row)
            return True

    def _take(self, session: Session, arrival: Arrival, text: str) -> str | None:
        code = find_code(text)
        if code is None or not arrival.is_private:
            is_burnt = burn_codes(session, find_codes_within(text))
            if not is_burnt and code is None:
                return None
            return CODE_AMONG_WORDS if arrival.is_private else CODE_READ
        try:
            staff = take_code(session, arrival, code, self._desk.cipher, now())
        except LinkRefusedError as error:
            return CODE_REFUSED.format(reason=error)
        except TooManyAttemptsError as error:
            return str(error)
        return LINKED.format(name=staff.name)

    def decide(self, arrival: Arrival, row: InboxMessage) -> None:
        """Take the decision, and have its card shown as the group stands then. Raises DatabaseUnavailableError."""
        pressed = read_pressed(arrival.content)
        texts = self._find_texts(arrival, pressed) if pressed else []
        with self._desk.database.write() as session:
            try:
                staff = _admit(session, arrival)
                if pressed is None:
                    raise DecisionRefusedError(NOT_UNDERSTOOD)
                with session.begin_nested():
                    decide_on(session, pressed, texts, staff, arrival.channel)
            except NotLinkedError:
                self._tell(session, arrival, row, self._how_to_link())
            except NotAllowedError as error:
                self._tell(session, arrival, row, NOTHING_CHANGED.format(reason=error))
            except (ChangedMeanwhileError, GroupNotFoundError, DecisionRefusedError) as error:
                self._tell(session, arrival, row, str(error))
                self._show_anew(session, arrival, row, pressed)
            else:
                self._show_anew(session, arrival, row, pressed)
            note_done(session, row)

    def _find_texts(self, arrival: Arrival, pressed: Pressed) -> list[str]:
        """The examples that come of it. Looked for before anything is held, since that takes a moment."""
        with self._desk.database.read() as session:
            try:
                _admit(session, arrival)
                return find_texts(session, pressed, self._desk)
            except (NotLinkedError, NotAllowedError, GroupNotFoundError):
                return []

    def _show_anew(self, session: Session, arrival: Arrival, row: InboxMessage, pressed: Pressed | None) -> None:
        message = str(arrival.content.get("message") or "")
        card = find_card(session, pressed.group, message) if pressed and message else None
        if card is not None:
            head = Letterhead(arrival.channel, card.lane, arrival.address)
            show_anew(session, card, head, message, f"{row.key}:card", self._desk.cipher, self._desk.settings)

    def _how_to_link(self) -> str:
        url = self._desk.settings.public_url
        return NOT_LINKED.format(where=f" {str(url).rstrip('/')}{PAGE}" if url else "")

    def _tell(self, session: Session, arrival: Arrival, row: InboxMessage, text: str) -> None:
        queue_notice(session, arrival, row, [text], self._desk.cipher)


def _admit(session: Session, arrival: Arrival) -> Staff:
    """Who acted, if they may decide now. Raises NotLinkedError, NotAllowedError."""
    staff = find_staff(session, arrival)
    if staff is None:
        raise NotLinkedError
    if not may(staff.role, Permission.REVIEW):
        raise NotAllowedError
    return staff

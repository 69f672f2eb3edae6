"""Deal with what waits in the inbox: have it answered by the desk, and put the answer into the outbox."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from assistant.channels.acts import Acts
from assistant.channels.notices import ERASED, GONE_BUTTON, NO_CONSENT, NOT_DEALT_WITH
from assistant.channels.offers_by_stage import list_by_stage
from assistant.channels.telling import queue_notice
from assistant.db.base import now
from assistant.db.engine import DatabaseUnavailableError
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.errors import (
    AnswerInterruptedError,
    ContactKeyError,
    ConversationNotFoundError,
    EnquiryNotFoundError,
    MessageRefusedError,
    TooManyMessagesError,
)
from assistant.enquiries.form_checks import check_address, check_name
from assistant.enquiries.intake import Form, Incoming
from assistant.enquiries.outcomes import Outcome
from assistant.enquiries.texts import check_text
from assistant.errors import detail_of, log_unexpected
from assistant.messaging.arrivals import Arrival, ArrivalKind
from assistant.messaging.inbox import claim_arrivals, note_done, open_arrival
from assistant.messaging.lanes import LONGEST_DELAY, LONGEST_WAIT, give_up, next_delay, put_off, renew
from assistant.messaging.models import InboxMessage, PostKind
from assistant.messaging.outbox import Letterhead, find_sent, note_pressed, queue_post
from assistant.messaging.places import OwnConversation, find_conversation, find_own, open_place

logger = logging.getLogger(__name__)

MOST_TRIES = 12
# Said where others read along, these are answered to the person alone.
ASIDE = frozenset({Outcome.CRISIS, Outcome.DISCLOSURE, Outcome.ABUSE})
MAY_PASS = (DatabaseUnavailableError, AnswerInterruptedError, TooManyMessagesError, ContactKeyError)
UNASKED = frozenset({ArrivalKind.HOME, ArrivalKind.WELCOME})  # nobody waits for an answer to these


class Answering:
    """Has arrivals answered, each once: what was answered before a crash is found again by its key."""

    def __init__(self, desk: EnquiryDesk, channels: Sequence[str], acts: Acts) -> None:
        """`acts` are what staff do in channels."""
        self._desk = desk
        self._channels = channels
        self._acts = acts
        self.on_posts: Callable[[], None] = lambda: None  # called in the event loop once there is something to send
        self._ways: dict[ArrivalKind, Callable[[Arrival, InboxMessage], Awaitable[None]]] = {
            ArrivalKind.MESSAGE: self._take_message,
            ArrivalKind.CHOICE: self._take_choice,
            ArrivalKind.FORM: self._take_form,
            ArrivalKind.FEEDBACK: self._take_feedback,
            ArrivalKind.HOME: self._show_home,
            ArrivalKind.WELCOME: self._welcome,
            ArrivalKind.ERASE: self._erase,
            ArrivalKind.DECISION: self._decide,
        }

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
            await self._ways[arrival.kind](arrival, row)
        except MAY_PASS as error:
            await self._work(self._put_off, row, error)
        except Exception as error:
            log_unexpected(error)
            await self._work(self._put_off, row, error)
        self.on_posts()

    async def _take_message(self, arrival: Arrival, row: InboxMessage) -> None:
        text = str(arrival.content["text"])
        if self._acts.is_link(text):
            return await asyncio.to_thread(self._acts.link, arrival, row)
        try:
            incoming = Incoming(text=check_text(text))
        except MessageRefusedError as error:
            return await self._notify(arrival, row, str(error))
        await self._have_answered(arrival, row, incoming)

    async def _take_choice(self, arrival: Arrival, row: InboxMessage) -> None:
        if await self._read(find_own, arrival, self._desk.cipher) is None:
            return await self._notify(arrival, row, GONE_BUTTON)  # nothing was ever offered to them here
        try:
            await self._have_answered(
                arrival, row, Incoming(choice=str(arrival.content["choice"])), {"choice": arrival.content["label"]}
            )
        except MessageRefusedError:  # somebody else's button, or one of long ago
            await self._notify(arrival, row, GONE_BUTTON)

    async def _take_form(self, arrival: Arrival, row: InboxMessage) -> None:
        given = arrival.content
        if given.get("consent") in NO_CONSENT:
            return await self._notify(arrival, row, NO_CONSENT[given["consent"]])
        try:
            form = Form(
                question=check_text(str(given["question"])),
                name=check_name(str(given["name"])),
                email=check_address(str(given["email"])),
                keep_words=given.get("keep_words") is True,
            )
            await self._have_answered(arrival, row, Incoming(form=form), {"form": True})
        except MessageRefusedError as error:
            await self._notify(arrival, row, str(error))

    async def _have_answered(
        self, arrival: Arrival, row: InboxMessage, incoming: Incoming, pressed: dict[str, Any] | None = None
    ) -> None:
        own = await self._work(open_place, arrival, self._desk.cipher)
        reply = await self._handle(own, incoming, row)

        def done(session: Session) -> None:
            self._queue_reply(session, arrival, row, own, reply)
            if pressed:
                self._queue_update(session, arrival, row, pressed)
            note_done(session, row)

        await self._work(done)

    async def _handle(self, own: OwnConversation, incoming: Incoming, row: InboxMessage) -> dict[str, Any]:
        key = f"{row.channel}:{row.key}"
        try:
            return await self._desk.handle(own.id, own.token, incoming, key, is_patient=True)
        except ConversationNotFoundError:
            # Erased between the two. The place went with it, so the next try opens a new one.
            raise AnswerInterruptedError from None

    def _queue_reply(
        self, session: Session, arrival: Arrival, row: InboxMessage, own: OwnConversation, reply: dict[str, Any]
    ) -> None:
        address = dict(arrival.address)
        if reply["outcome"] in ASIDE and not arrival.is_private:
            address["aside"] = "yes"
        head = Letterhead(arrival.channel, row.lane, address, own.id, reply["enquiry"])
        queue_post(session, head, PostKind.REPLY, f"{row.key}:reply", {"reply": reply}, self._desk.cipher)

    def _queue_update(self, session: Session, arrival: Arrival, row: InboxMessage, pressed: dict[str, Any]) -> None:
        """Have the message shown anew whose button was pressed, if it was one of ours in this conversation."""
        message = arrival.content.get("message")
        sent = find_sent(session, arrival.channel, row.lane, str(message)) if message else None
        if sent is None or sent.content_encrypted is None:
            return
        content = {**note_pressed(sent, pressed, self._desk.cipher), "message": message}
        head = Letterhead(arrival.channel, row.lane, arrival.address, sent.conversation_id, sent.reference)
        queue_post(session, head, PostKind.UPDATE, f"{row.key}:update", content, self._desk.cipher)

    async def _take_feedback(self, arrival: Arrival, row: InboxMessage) -> None:
        useful = arrival.content["useful"] is True
        own = await self._read(find_own, arrival, self._desk.cipher)
        try:
            if own is None:
                raise ConversationNotFoundError
            await self._desk.feedback(own.id, own.token, str(arrival.content["reference"]), useful=useful)
        except (ConversationNotFoundError, EnquiryNotFoundError):
            return await self._notify(arrival, row, GONE_BUTTON)

        def done(session: Session) -> None:
            self._queue_update(session, arrival, row, {"useful": useful})
            note_done(session, row)

        await self._work(done)

    async def _show_home(self, arrival: Arrival, row: InboxMessage) -> None:
        def done(session: Session) -> None:
            content = {"stages": list_by_stage(session, self._desk.settings)}
            head = Letterhead(arrival.channel, row.lane, arrival.address, find_conversation(session, row.lane))
            queue_post(session, head, PostKind.HOME, f"{row.key}:home", content, self._desk.cipher)
            note_done(session, row)

        await self._work(done)

    async def _welcome(self, arrival: Arrival, row: InboxMessage) -> None:
        await self._notify(arrival, row, is_welcome=True)

    async def _erase(self, arrival: Arrival, row: InboxMessage) -> None:
        own = await self._read(find_own, arrival, self._desk.cipher)
        if own is not None:
            await self._desk.erase(own.id, own.token)
        await self._notify(arrival, row, ERASED)

    async def _decide(self, arrival: Arrival, row: InboxMessage) -> None:
        await asyncio.to_thread(self._acts.decide, arrival, row)

    async def _notify(self, arrival: Arrival, row: InboxMessage, *texts: str, is_welcome: bool = False) -> None:
        """Say something beside the dialogue, to the person alone where others read along."""

        def done(session: Session) -> None:
            queue_notice(session, arrival, row, list(texts), self._desk.cipher, is_welcome=is_welcome)
            note_done(session, row)

        await self._work(done)

    def _put_off(self, session: Session, row: InboxMessage, error: Exception) -> None:
        fault = type(error).__name__
        is_without_key = isinstance(error, ContactKeyError)  # nothing but its return helps; it is waited for
        if now() - row.created_at < LONGEST_WAIT and (is_without_key or row.attempts < MOST_TRIES):
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
        text = NOT_DEALT_WITH.format(email=settings.general_email, phone=settings.general_phone)
        queue_notice(session, arrival, row, [text], self._desk.cipher)

    async def _work(self, work: Callable[..., Any], *given: Any) -> Any:
        def unit() -> Any:
            with self._desk.database.write() as session:
                return work(session, *given)

        return await asyncio.to_thread(unit)

    async def _read(self, work: Callable[..., Any], *given: Any) -> Any:
        def unit() -> Any:
            with self._desk.database.read() as session:
                return work(session, *given)

        return await asyncio.to_thread(unit)

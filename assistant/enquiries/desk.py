"""The enquiry desk: takes a message, writes it down, has it answered, writes the answer down, in that order."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from assistant.catalogue.signposts import in_force
from assistant.db.base import now
from assistant.db.engine import Database, DatabaseUnavailableError
from assistant.enquiries.care import CareReplies
from assistant.enquiries.completion import complete_enquiry
from assistant.enquiries.conversations import get_own_conversation, list_messages, mark_useful, open_conversation
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.engine import Engine, TurnFailedError, TurnReply, Understanding
from assistant.enquiries.erasure import erase
from assistant.enquiries.errors import AnswerInterruptedError, MessageRefusedError, TooManyMessagesError
from assistant.enquiries.follow_ups import Drop, withdraw_consent
from assistant.enquiries.intake import (
    Incoming,
    Intake,
    Taken,
    count_recent_messages,
    find_kept_question,
    find_message,
    turn_request,
)
from assistant.enquiries.models import Conversation, Message
from assistant.enquiries.outcomes import Outcome
from assistant.enquiries.pauses import is_paused, is_third_abuse
from assistant.enquiries.replies import public_reply, unrecorded_reply
from assistant.enquiries.texts import pieces_of
from assistant.matching.safety import Care, judge_safety
from assistant.settings import Settings

logger = logging.getLogger(__name__)

MOST_WAITING, MINUTE = 20, 60  # messages of one conversation that may wait for their turn; seconds
PATIENT_SECONDS = 60.0  # that a turn may take where nobody holds a connection open for it

T = TypeVar("T")


@dataclass
class _Queue:
    entry: asyncio.Lock = field(default_factory=asyncio.Lock)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    arrived: int = 0
    waiting: int = 0


class EnquiryDesk:
    """Where every channel brings its messages. Messages of one conversation are answered one after another."""

    def __init__(
        self,
        database: Database,
        engine: Engine,
        cipher: Cipher,
        settings: Settings,
        redactor: Callable[[str], str],
        judge: Callable[[str], Care | None] = judge_safety,
    ) -> None:
        """`redactor` takes out of a text what is personal. `judge` says which care a message is due, before anything is
        written, and must never raise.
        """
        self.database = database
        self.engine = engine  # set anew when another model goes live; a turn is answered whole by the one it began with
        self.settings = settings
        self.cipher = cipher
        self.redactor = redactor
        # Called in the event loop after each message and mark; whoever sorts the queue wants to know.
        self.on_change: Callable[[], None] = lambda: None
        self._judge = judge
        self.care = CareReplies(settings)
        self._queues: dict[str, _Queue] = {}

    async def open(self, channel: str) -> tuple[str, str]:
        """Start a conversation; returns its id and secret."""

        def work() -> tuple[str, str]:
            with self.database.write() as session:
                return open_conversation(session, channel)

        return await asyncio.to_thread(work)

    async def handle(
        self, conversation: str, token: str, incoming: Incoming, key: str | None = None, *, is_patient: bool = False
    ) -> dict[str, Any]:
        """Answer a message. The same `key` again gives the same answer and leaves one enquiry.

        Whoever `is_patient` sent it through an inbox, where it was acknowledged: its turn may take longer, and the
        limit of messages a minute, which asks people to come back later, is not for it. All other rules hold: who is
        in need is answered even in a pause, anybody else is not, and no more than MOST_WAITING wait for their turn.

        Raises ConversationNotFoundError, MessageRefusedError, TooManyMessagesError, DatabaseUnavailableError.
        """
        if incoming.care is None:
            incoming = replace(incoming, care=await asyncio.to_thread(self._judge, incoming.judged))
        try:
            async with self._turn_of(conversation, token):
                reply = await self._handle_in_turn(conversation, token, incoming, key, is_patient)
            self.on_change()
            return reply
        except (DatabaseUnavailableError, AnswerInterruptedError):
            if incoming.care is None:
                raise
            return unrecorded_reply(self.care.reply(incoming.care, None))  # who is in need is answered all the same

    async def judge(self, text: str) -> Care | None:
        """Which care a cleaned text is due, also one that is too long to be taken: that is judged piece by piece."""
        found = {await asyncio.to_thread(self._judge, piece) for piece in pieces_of(text)}
        return next((care for care in Care if care in found), None)

    async def history(self, conversation: str, token: str) -> list[dict[str, Any]]:
        """The conversation so far."""

        def unit() -> list[dict[str, Any]]:
            with self.database.read() as session:
                get_own_conversation(session, conversation, token)
                return list_messages(session, conversation)

        return await asyncio.to_thread(unit)

    async def feedback(self, conversation: str, token: str, reference: str, *, useful: bool) -> None:
        """Keep whether an answer was useful. Raises EnquiryNotFoundError too."""
        await self._work_on_own(
            conversation, token, lambda session: mark_useful(session, conversation, reference, useful=useful)
        )
        self.on_change()

    async def withdraw(self, conversation: str, token: str, reference: str, drop: Drop) -> None:
        """Withdraw consent to be answered and forget the address. Raises EnquiryNotFoundError too."""
        await self._work_on_own(
            conversation, token, lambda session: withdraw_consent(session, conversation, reference, drop)
        )

    async def _work_on_own(self, conversation: str, token: str, work: Callable[[Session], T]) -> T:
        def unit() -> T:
            with self.database.write() as session:
                get_own_conversation(session, conversation, token)
                return work(session)

        return await asyncio.to_thread(unit)

    async def erase(self, conversation: str, token: str) -> None:
        """Erase the conversation, its dialogue state included."""
        async with self._turn_of(conversation, token):
            await self.engine.forget(conversation)
            await asyncio.to_thread(erase, self.database, conversation)

    def _authorise(self, conversation: str, token: str) -> None:
        with self.database.read() as session:
            get_own_conversation(session, conversation, token)

    @asynccontextmanager
    async def _turn_of(self, conversation: str, token: str) -> AsyncIterator[None]:
        """Wait for the messages of this conversation that came before; refuse strangers, and when too many wait."""
        queue = self._queues.setdefault(conversation, _Queue())
        queue.arrived += 1
        try:
            # One by one: the database would let them pass in any order. A stranger takes no place among those waiting.
            async with queue.entry:
                await asyncio.to_thread(self._authorise, conversation, token)
            if queue.waiting >= MOST_WAITING:
                raise TooManyMessagesError(retry_after=5)
            async with _place_in(queue):
                yield
        finally:
            queue.arrived -= 1
            if queue.arrived == 0:
                self._queues.pop(conversation, None)

    async def _handle_in_turn(
        self, conversation: str, token: str, incoming: Incoming, key: str | None, is_patient: bool
    ) -> dict[str, Any]:
        engine = self.engine
        seconds = max(PATIENT_SECONDS, self.settings.turn_seconds) if is_patient else self.settings.turn_seconds
        incoming = replace(incoming, redacted=await asyncio.to_thread(self.redactor, incoming.words))
        understood = await self._understand_at_step(engine, conversation, token, incoming, seconds)
        taken = await asyncio.to_thread(self._take, conversation, token, incoming, key, understood, not is_patient)
        if isinstance(taken, dict):
            return taken
        try:
            reply = await self._answer(engine, taken, seconds)
            return await asyncio.to_thread(self._complete, engine.model, conversation, taken, reply)
        except DatabaseUnavailableError as error:
            raise AnswerInterruptedError from error

    async def _understand_at_step(
        self, engine: Engine, conversation: str, token: str, incoming: Incoming, seconds: float
    ) -> Understanding | None:
        """While a step is open, what a text means decides whether it is that step's value or something else."""

        def step_is_open() -> bool:
            with self.database.read() as session:
                return get_own_conversation(session, conversation, token).expects is not None

        if not incoming.text or incoming.care or not await asyncio.to_thread(step_is_open):
            return None
        try:
            return await asyncio.wait_for(engine.understand(incoming.redacted), seconds)
        except (TurnFailedError, TimeoutError) as error:
            logger.warning("A message at a step was taken as its value: %s", error or "it took too long")
            return Understanding("", 0.0)

    def _take(
        self,
        conversation: str,
        token: str,
        incoming: Incoming,
        key: str | None,
        understood: Understanding | None,
        is_limited: bool,
    ) -> Taken | dict[str, Any]:
        """Write the message down, or find the reply that a repeat of it already has."""
        fingerprint = self.cipher.fingerprint(incoming.canonical()) if key else ""
        with self.database.write() as session:
            own = get_own_conversation(session, conversation, token)
            earlier = find_message(session, conversation, key)
            if earlier is not None:
                return _repeat(session, own, earlier, incoming, self.cipher)
            if incoming.care not in (Care.CRISIS, Care.DISCLOSURE):  # nobody in need is told to come back later
                if is_paused(session, conversation, now()):
                    return unrecorded_reply(self.care.pause())
                if is_limited:
                    self._check_rate(session, conversation)
            return Intake(session, own, self.cipher).take(incoming, key, fingerprint, understood)

    def _check_rate(self, session: Session, conversation: str) -> None:
        limit = self.settings.messages_per_minute
        if limit and count_recent_messages(session, conversation, MINUTE) >= limit:
            raise TooManyMessagesError(retry_after=MINUTE)

    async def _answer(self, engine: Engine, taken: Taken, seconds: float) -> TurnReply:
        if taken.care is None:
            return await self._take_turn(engine, taken, seconds)
        if taken.care is Care.CRISIS:
            await engine.forget(taken.request.conversation)
        following = await self._take_turn(engine, taken, seconds) if taken.request.payload else None
        return await asyncio.to_thread(self._care_reply, taken.request.conversation, taken.care, following)

    async def _take_turn(self, engine: Engine, taken: Taken, seconds: float) -> TurnReply:
        try:
            return await asyncio.wait_for(engine.answer(taken.request), seconds)
        except (TurnFailedError, TimeoutError) as error:
            logger.error("Turn failed for %s: %s", taken.request.reference, error or "it took too long")
            return await asyncio.to_thread(self._apology, taken.request.conversation)

    def take_signposts(self) -> None:
        """Take into memory the signposts that staff published. Raises DatabaseUnavailableError."""
        with self.database.read() as session:
            self.care.use(in_force(session, self.care.from_file))

    def _care_reply(self, conversation: str, care: Care, following: TurnReply | None) -> TurnReply:
        with self.database.read() as session:
            self.care.use(in_force(session, self.care.from_file))  # another process may have published some
            if care is Care.ABUSE and is_third_abuse(session, conversation, now()):
                return self.care.pause()
        return self.care.reply(care, self._expects(conversation), following)

    def _apology(self, conversation: str) -> TurnReply:
        text = (
            "I am sorry, something went wrong on our side. Your question is kept. You can try again, write to "
            f"{self.settings.general_email} or ring {self.settings.general_phone}."
        )
        return TurnReply(outcome=Outcome.UNANSWERED.value, texts=(text,), expects=self._expects(conversation))

    def _expects(self, conversation: str) -> str | None:
        with self.database.read() as session:
            found = session.get(Conversation, conversation)
            return found.expects if found else None

    def _complete(self, model: str, conversation: str, taken: Taken, reply: TurnReply) -> dict[str, Any]:
        """Write the answer down: with the message, the enquiry and the conversation."""
        with self.database.write() as session:
            own = session.get_one(Conversation, conversation)
            message = session.get_one(Message, taken.message)
            complete_enquiry(session, message, reply, model)
            _follow_steps(session, own, message, reply, self.cipher)
            public = public_reply(session, reply, own, message.reference, self.settings)
            message.reply, message.replied_at = public, now()
            if reply.outcome == Outcome.SMALLTALK:
                message.reference = None
            return public


@asynccontextmanager
async def _place_in(queue: _Queue) -> AsyncIterator[None]:
    queue.waiting += 1
    try:
        async with queue.lock:
            yield
    finally:
        queue.waiting -= 1


def _repeat(
    session: Session, conversation: Conversation, earlier: Message, incoming: Incoming, cipher: Cipher
) -> Taken | dict[str, Any]:
    """The reply that was given, or the turn to take up again when the first was cut off before its answer."""
    if not cipher.recognises(incoming.canonical(), earlier.fingerprint):
        raise MessageRefusedError("This Idempotency-Key was used for another message. Use a new one for each message.")
    if earlier.reply is not None:
        return earlier.reply
    return Taken(earlier.id, incoming.care, turn_request(session, conversation, earlier))


def _follow_steps(
    session: Session, conversation: Conversation, message: Message, reply: TurnReply, cipher: Cipher
) -> None:
    """Keep which step is open, the reference of what is being left, and the question that is passed on."""
    if reply.expects and conversation.handoff_reference is None:
        conversation.handoff_reference = message.reference
        kept = find_kept_question(session, conversation, message.reference)
        if reply.expects == "name" and kept:
            Intake(session, conversation, cipher).keep_question(kept)
    if reply.expects is None:
        conversation.handoff_reference = conversation.draft = None
    conversation.expects = reply.expects

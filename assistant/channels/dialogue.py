"""Have what somebody did in a channel answered by the desk, and put the answer into the outbox."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy.orm import Session

from assistant.channels.acts import Acts
from assistant.channels.notices import ERASED, FORM_ONLY, GONE_BUTTON, NO_CONSENT, NO_FORM
from assistant.channels.offers_by_stage import list_by_stage
from assistant.channels.telling import queue_notice
from assistant.channels.units import in_unit
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.errors import (
    AnswerInterruptedError,
    ConversationNotFoundError,
    EnquiryNotFoundError,
    MessageRefusedError,
)
from assistant.enquiries.form_checks import check_address, check_name
from assistant.enquiries.intake import Form, Incoming
from assistant.enquiries.outcomes import Outcome
from assistant.enquiries.texts import check_text
from assistant.messaging.arrivals import Arrival, ArrivalKind
from assistant.messaging.belonging import aside, find_going_on, find_pressed, list_held, open_going_on
from assistant.messaging.inbox import is_erased, note_done
from assistant.messaging.models import InboxMessage, PostKind
from assistant.messaging.outbox import Letterhead, is_repeated, note_pressed, queue_post
from assistant.messaging.places import OwnConversation, find_conversation, is_known

# Said where others read along, these are answered to the person alone.
ASIDE = frozenset({Outcome.CRISIS, Outcome.DISCLOSURE, Outcome.ABUSE, Outcome.HANDOFF})
END_OF_STEP = "cancel"


class Dialogue:
    """What each kind of arrival leads to. Its answer is queued in the transaction that notes it as dealt with."""

    def __init__(self, desk: EnquiryDesk, acts: Acts) -> None:
        """`acts` are what staff do in channels."""
        self._desk = desk
        self._acts = acts
        self._ways: dict[ArrivalKind, Callable[[Arrival, InboxMessage], Awaitable[None]]] = {
            ArrivalKind.MESSAGE: self._take_message,
            ArrivalKind.CHOICE: self._take_choice,
            ArrivalKind.FORM: self._take_form,
            ArrivalKind.NO_FORM: self._tell_of_no_form,
            ArrivalKind.FEEDBACK: self._take_feedback,
            ArrivalKind.HOME: self._show_home,
            ArrivalKind.WELCOME: self._welcome,
            ArrivalKind.ERASE: self._erase,
            ArrivalKind.DECISION: self._decide,
        }

    async def take(self, arrival: Arrival, row: InboxMessage) -> None:
        """Deal with it. Raises whatever keeps it from being dealt with now; then nothing was queued."""
        await self._ways[arrival.kind](arrival, row)

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
        if await in_unit(self._desk.database.read, find_going_on, arrival, self._desk.cipher) is None:
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

    async def _tell_of_no_form(self, arrival: Arrival, row: InboxMessage) -> None:
        await self._notify(arrival, row, NO_FORM)

    async def _have_answered(
        self, arrival: Arrival, row: InboxMessage, incoming: Incoming, pressed: dict[str, Any] | None = None
    ) -> None:
        if pressed is not None and await in_unit(self._desk.database.write, self._pass_over, arrival, row, incoming):
            return
        own = await in_unit(self._desk.database.write, self._open_conversation, arrival, row)
        if own is None:
            return
        reply = await self._handle(own, incoming, row.key, row)
        is_aside = not arrival.is_private and (reply["outcome"] in ASIDE or reply["expects"] is not None)
        if is_aside and reply["expects"] is not None:
            reply = await self._offer_form_only(own, reply, row)

        def done(session: Session) -> None:
            address = aside(arrival) if is_aside else arrival.address
            head = Letterhead(arrival.channel, row.lane, address, own.id, reply["enquiry"])
            queue_post(session, head, PostKind.REPLY, f"{row.key}:reply", {"reply": reply}, self._desk.cipher)
            if pressed:
                self._queue_update(session, arrival, row, pressed, incoming.canonical())
            note_done(session, row)

        await in_unit(self._desk.database.write, done)

    def _pass_over(self, session: Session, arrival: Arrival, row: InboxMessage, incoming: Incoming) -> bool:
        """Whether a press repeats the one before, as a double click does: then it is dealt with already."""
        sent = find_pressed(session, arrival, self._desk.cipher)
        if sent is None or not is_repeated(sent, incoming.canonical(), row.created_at, self._desk.cipher):
            return False
        note_done(session, row)
        return True

    def _open_conversation(self, session: Session, arrival: Arrival, row: InboxMessage) -> OwnConversation | None:
        """None where the message was erased meanwhile: it must not begin a new conversation."""
        return None if is_erased(session, row) else open_going_on(session, arrival, self._desk.cipher)

    async def _handle(self, own: OwnConversation, incoming: Incoming, key: str, row: InboxMessage) -> dict[str, Any]:
        try:
            return await self._desk.handle(own.id, own.token, incoming, f"{row.channel}:{key}", is_patient=True)
        except ConversationNotFoundError:
            # Erased between the two. The place went with it, so the next try opens a new one.
            raise AnswerInterruptedError from None

    async def _offer_form_only(self, own: OwnConversation, reply: dict[str, Any], row: InboxMessage) -> dict[str, Any]:
        """Among others nobody is asked for name and address: the step that was opened is ended, and a form offered."""
        await self._handle(own, Incoming(text=END_OF_STEP), f"{row.key}:step", row)
        said = [] if reply["outcome"] == Outcome.HANDOFF else reply["replies"]
        return {**reply, "replies": [*said, {"text": FORM_ONLY}], "choices": []}

    def _queue_update(
        self, session: Session, arrival: Arrival, row: InboxMessage, pressed: dict[str, Any], taken: str | None = None
    ) -> None:
        """Have the message shown anew whose button was pressed, if it was one of ours in this conversation."""
        sent = find_pressed(session, arrival, self._desk.cipher)
        if sent is None or sent.content_encrypted is None:
            return
        content = {**note_pressed(sent, pressed, self._desk.cipher, taken), "message": sent.sent_as}
        head = Letterhead(arrival.channel, row.lane, arrival.address, sent.conversation_id, sent.reference)
        queue_post(session, head, PostKind.UPDATE, f"{row.key}:update", content, self._desk.cipher)

    async def _take_feedback(self, arrival: Arrival, row: InboxMessage) -> None:
        useful = arrival.content["useful"] is True
        own = await in_unit(self._desk.database.read, find_going_on, arrival, self._desk.cipher)
        try:
            if own is None:
                raise ConversationNotFoundError
            await self._desk.feedback(own.id, own.token, str(arrival.content["reference"]), useful=useful)
        except (ConversationNotFoundError, EnquiryNotFoundError):
            return await self._notify(arrival, row, GONE_BUTTON)

        def done(session: Session) -> None:
            self._queue_update(session, arrival, row, {"useful": useful})
            note_done(session, row)

        await in_unit(self._desk.database.write, done)

    async def _show_home(self, arrival: Arrival, row: InboxMessage) -> None:
        def done(session: Session) -> None:
            content = {"stages": list_by_stage(session, self._desk.settings)}
            head = Letterhead(arrival.channel, row.lane, arrival.address, find_conversation(session, row.lane))
            queue_post(session, head, PostKind.HOME, f"{row.key}:home", content, self._desk.cipher)
            note_done(session, row)

        await in_unit(self._desk.database.write, done)

    async def _welcome(self, arrival: Arrival, row: InboxMessage) -> None:
        is_unasked = arrival.content.get("is_unasked") is True
        if is_unasked and await in_unit(self._desk.database.write, self._greet_no_more, row):
            return
        await self._notify(arrival, row, is_welcome=True)

    def _greet_no_more(self, session: Session, row: InboxMessage) -> bool:
        """Whether who opens the chat knows us: the inbox, which takes a greeting once, forgets that in a week."""
        if not is_known(session, row.lane):
            return False
        note_done(session, row)
        return True

    async def _erase(self, arrival: Arrival, row: InboxMessage) -> None:
        for own in await in_unit(self._desk.database.read, list_held, arrival, self._desk.cipher):
            await self._desk.erase(own.id, own.token)
        await self._notify(arrival, row, ERASED)

    async def _decide(self, arrival: Arrival, row: InboxMessage) -> None:
        await asyncio.to_thread(self._acts.decide, arrival, row)

    async def _notify(self, arrival: Arrival, row: InboxMessage, *texts: str, is_welcome: bool = False) -> None:
        """Say something beside the dialogue, to the person alone where others read along."""

        def done(session: Session) -> None:
            queue_notice(session, arrival, row, list(texts), self._desk.cipher, is_welcome=is_welcome)
            note_done(session, row)

        await in_unit(self._desk.database.write, done)

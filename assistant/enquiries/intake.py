"""Take a message in: judge its safety, redact it, work out what it is, and write it down before it is answered."""

import json
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.engine import TurnRequest, Understanding
from assistant.enquiries.errors import MessageRefusedError
from assistant.enquiries.follow_ups import keep_words, leave_question
from assistant.enquiries.models import Conversation, Enquiry, FollowUp, FollowUpState, Message
from assistant.enquiries.outcomes import MISSES
from assistant.enquiries.redactor import NAME, PERSON_LABEL
from assistant.enquiries.references import new_reference
from assistant.enquiries.steps import CANCELLED, StepTaken, take_step
from assistant.matching.safety import Care
from assistant.tokens import hash_token

# What the log shows in place of what was given at a step.
GIVEN = {"name": "[name]", "email": "[email]", "consent": "[yes or no]", "words": "[yes or no]"}


@dataclass(frozen=True)
class Form:
    """A question left in one go, with consent to be written to.

    `keep_words` is consent to keep what it tells of racism.
    """

    question: str
    name: str
    email: str
    keep_words: bool = False


@dataclass(frozen=True)
class Incoming:
    """A message as it came in, cleaned: a text, a choice that was pressed, or a form.

    It is within its limits, unless it is due care: whoever is in need may write more.

    `care` is what the desk found it to be due, here or before it was handed over, and `redacted` its words without what
    is personal, before anything was written.
    """

    text: str = ""
    choice: str | None = None
    form: Form | None = None
    care: Care | None = None
    redacted: str = ""

    @property
    def words(self) -> str:
        """What the asker wrote, as far as it may be judged and kept; empty for a choice."""
        return self.form.question if self.form else self.text

    @property
    def judged(self) -> str:
        """What is judged for safety: everything typed, wherever it was put."""
        return f"{self.form.question}\n{self.form.name}" if self.form else self.text

    def canonical(self) -> str:
        """The same for the same message, to recognise a repeat."""
        form = [self.form.question, self.form.name, self.form.email, self.form.keep_words] if self.form else None
        return json.dumps([self.text, self.choice, form])


@dataclass(frozen=True)
class Taken:
    """A message written down, and how to go on: a care reply at once, or a turn of the engine."""

    message: int
    care: Care | None
    request: TurnRequest


class Intake:
    """Writes one message of a conversation down, inside the caller's transaction."""

    def __init__(self, session: Session, conversation: Conversation, cipher: Cipher) -> None:
        self._session = session
        self._conversation = conversation
        self._cipher = cipher

    def take(self, incoming: Incoming, key: str | None, fingerprint: str, understood: Understanding | None) -> Taken:
        """Write the message and, unless it is a step of leaving a question, its enquiry. Nothing is committed here."""
        key_hash = hash_token(key) if key else None  # whatever a client makes its keys of is not kept
        message = Message(conversation_id=self._conversation.id, key=key_hash, fingerprint=fingerprint)
        if incoming.care is not None:
            self._take_with_care(message, incoming)
        elif incoming.form is not None:
            self._take_form(message, incoming.form, incoming.redacted)
        elif incoming.choice is not None:
            self._take_choice(message, incoming.choice)
        else:
            self._take_text(message, incoming.text, incoming.redacted, understood)
        self._session.add(message)
        self._session.flush()
        return Taken(message.id, incoming.care, turn_request(self._session, self._conversation, message))

    def _take_with_care(self, message: Message, incoming: Incoming) -> None:
        """Keep that such a message came. A disclosure left for a person goes on, its words only with a yes to that."""
        enquiry = self._new_enquiry(None)
        message.reference = enquiry.reference
        if incoming.care is not Care.DISCLOSURE:
            return
        words = PERSON_LABEL.sub(NAME, incoming.redacted)
        if incoming.form is not None:
            self._forget_draft()
            left = {"name": incoming.form.name, "email": incoming.form.email}
            follow_up = leave_question(self._session, enquiry, left, self._cipher)
            if incoming.form.keep_words:
                keep_words(follow_up, words, self._cipher)
            message.payload = StepTaken("words", "yes" if incoming.form.keep_words else "no").payload
        elif self._conversation.expects == "question":
            self._conversation.draft = self._cipher.encrypt({"words": words})
            message.payload = StepTaken("question", "given").payload

    def _take_form(self, message: Message, form: Form, redacted: str) -> None:
        enquiry = self._new_enquiry(redacted)
        draft = {"question": redacted, "name": form.name, "email": form.email}
        leave_question(self._session, enquiry, draft, self._cipher)
        self._forget_draft()
        message.text, message.reference = redacted, enquiry.reference
        message.payload = StepTaken("consent", "yes").payload

    def _take_choice(self, message: Message, choice: str) -> None:
        offered = self._conversation.choices.get(choice)
        if offered is None:
            raise MessageRefusedError("There is no such choice in this conversation. Type your answer instead.")
        message.text, message.payload = offered
        message.reference = self._new_enquiry(message.text).reference

    def _take_text(self, message: Message, text: str, redacted: str, understood: Understanding | None) -> None:
        step = self._conversation.expects
        taken = take_step(step, text, understood) if step and understood else None
        if taken is None:
            message.text = redacted
            message.reference = self._new_enquiry(redacted).reference
            return
        message.reference = self._handoff_enquiry().reference
        message.text = redacted if taken.state == CANCELLED else GIVEN.get(taken.step, redacted)
        message.payload = self._keep_step(taken, redacted).payload

    def _keep_step(self, taken: StepTaken, redacted: str) -> StepTaken:
        """Keep what was given, encrypted, until the asker has said yes or no."""
        draft = self._draft()
        if taken.state == "given":
            draft[taken.step] = redacted if taken.step == "question" else taken.value
            self._conversation.draft = self._cipher.encrypt(draft)
            if taken.step == "question":
                self._handoff_enquiry().text = redacted
        elif taken.step == "words" and taken.state in ("yes", "no"):
            self._decide_on_words(draft, is_kept=taken.state == "yes")
        elif taken.state == "yes":
            return self._leave(taken, draft)
        elif taken.state == "no":
            self._forget_draft()
            self._take_back()
        return taken

    def _decide_on_words(self, draft: dict[str, str], *, is_kept: bool) -> None:
        follow_up = self._session.get(FollowUp, self._conversation.handoff_reference or "")
        if is_kept and follow_up is not None and follow_up.state == FollowUpState.OPEN and draft.get("words"):
            keep_words(follow_up, draft["words"], self._cipher)
        self._forget_draft()

    def _handoff_enquiry(self) -> Enquiry:
        """The enquiry that is being left, made anew when its beginning was lost."""
        found = self._session.get(Enquiry, self._conversation.handoff_reference or "")
        if found is None:
            found = self._new_enquiry(None)
            self._conversation.handoff_reference = found.reference
        return found

    def _take_back(self) -> None:
        """A yes whose answer was cut off may be followed by a no."""
        left = self._session.get(FollowUp, self._conversation.handoff_reference or "")
        if left is not None:
            self._session.delete(left)

    def _leave(self, taken: StepTaken, draft: dict[str, str]) -> StepTaken:
        enquiry = self._handoff_enquiry()
        if self._session.get(FollowUp, enquiry.reference) is not None:
            return taken  # left already, and the answer was cut off
        words = draft.pop("words", None)
        needed = ("name", "email") if words else ("question", "name", "email")
        missing = next((step for step in needed if not draft.get(step)), None)
        if missing:
            # Something given was lost with an earlier state; asking again is better than leaving half a question.
            return StepTaken(missing, "invalid")
        leave_question(self._session, enquiry, draft, self._cipher)
        self._forget_draft()
        if words is None:
            return taken
        self._conversation.draft = self._cipher.encrypt({"words": words})
        return StepTaken("consent", "given")

    def _draft(self) -> dict[str, str]:
        draft = self._cipher.decrypt(self._conversation.draft) if self._conversation.draft else {}
        return dict(draft) if isinstance(draft, dict) else {}

    def keep_question(self, question: str) -> None:
        """Start the draft with a question that could not be answered."""
        self._conversation.draft = self._cipher.encrypt({"question": question})

    def _forget_draft(self) -> None:
        self._conversation.draft = None

    def _new_enquiry(self, text: str | None) -> Enquiry:
        enquiry = Enquiry(
            reference=new_reference(),
            conversation_id=self._conversation.id,
            channel=self._conversation.channel,
            text=text,
            offers=[],
        )
        self._session.add(enquiry)
        return enquiry


def turn_request(session: Session, conversation: Conversation, message: Message) -> TurnRequest:
    """The turn that answers a message that was written down; the same again when it is resumed after a crash."""
    return TurnRequest(
        conversation=conversation.id,
        text=message.text or "",
        payload=message.payload,
        reference=message.reference or "",
        kept_question=find_kept_question(session, conversation, message.reference) is not None,
        step=conversation.expects,
    )


def find_kept_question(session: Session, conversation: Conversation, besides: str | None) -> str | None:
    """The last question, if the last answer was none: "yes please" then means that question.

    What only turns an answer down, as "none of these" does, is not the question; what was asked before it is.
    """
    earlier = (
        select(Enquiry)
        .where(Enquiry.conversation_id == conversation.id, Enquiry.reference != besides, Enquiry.outcome.is_not(None))
        .order_by(Enquiry.received_at.desc())
        .limit(1)
    )
    last = session.scalars(earlier).first()
    if last is None or last.outcome not in MISSES:
        return None
    question = session.scalars(earlier.where(Enquiry.rejects.is_(False))).first()
    return question.text if question is not None else None


def find_message(session: Session, conversation: str, key: str | None) -> Message | None:
    """The message that this conversation sent with this idempotency key before."""
    if key is None:
        return None
    return session.scalars(
        select(Message).where(Message.conversation_id == conversation, Message.key == hash_token(key))
    ).one_or_none()


def count_recent_messages(session: Session, conversation: str, seconds: int) -> int:
    """How many messages the conversation sent in the last so many seconds."""
    since = now() - timedelta(seconds=seconds)
    counted = select(func.count(Message.id)).where(Message.conversation_id == conversation, Message.received_at > since)
    return session.scalar(counted) or 0

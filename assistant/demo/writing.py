"""Write the invented visits down as the desk would have, each at its own time."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from assistant.demo.replies import Replies
from assistant.demo.visits import Left, Question, Visit
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.engine import TurnReply
from assistant.enquiries.follow_ups import CONSENT_WORDING, withdraw_left_question
from assistant.enquiries.intake import GIVEN
from assistant.enquiries.models import CONVERSATION_LENGTH, Conversation, Enquiry, FollowUp, Message, Reason
from assistant.enquiries.outcomes import Outcome
from assistant.enquiries.queueing import queue_enquiry, reason_to_queue
from assistant.enquiries.references import ALPHABET, REFERENCE_PATTERN
from assistant.enquiries.replies import public_reply
from assistant.enquiries.shown_offers import note_offers, note_useful
from assistant.enquiries.steps import StepTaken
from assistant.messaging.outbox import drop_answers
from assistant.settings import Settings
from assistant.tokens import hash_token

MARK = "demo-"  # begins the id of every conversation that was made up, and of no other
TURN = timedelta(milliseconds=40)
STEP = timedelta(seconds=18)
HEXADECIMAL = "0123456789abcdef"


@dataclass(frozen=True)
class Queued:
    """An enquiry that was put into the queue: which of the wordings of what is asked, and what of that was kept."""

    reference: str
    wording: int
    text: str
    at: datetime


class Writer:
    """Writes visits, inside the caller's transaction, and remembers what went into the queue."""

    def __init__(
        self,
        session: Session,
        replies: Replies,
        settings: Settings,
        cipher: Cipher,
        redact: Callable[[str], str],
        model: str,
        random: Random,
    ) -> None:
        """`redact` takes out of a text what is personal; `model` is the name of the model that is said to answer."""
        self._session = session
        self._replies = replies
        self._settings = settings
        self._cipher = cipher
        self._redact = redact
        self._model = model
        self._random = random
        self.queued: dict[str, dict[str, Queued]] = defaultdict(dict)  # by slug of what is asked, then by reference

    def write(self, visit: Visit) -> int:
        """Write one visit with everything in it. Returns how many enquiries it has."""
        conversation = self._open(visit)
        enquiries = [self._ask(conversation, question) for question in visit.questions]
        if visit.left is not None:
            enquiries.append(self._leave(conversation, visit.questions[-1], enquiries[-1], visit.left))
        if visit.thanked_at is not None:
            self._thank(conversation, visit.thanked_at)
        return len({enquiry.reference for enquiry in enquiries})

    def _open(self, visit: Visit) -> Conversation:
        id_ = MARK + self._code(HEXADECIMAL, CONVERSATION_LENGTH - len(MARK))
        secret = hash_token(self._code(HEXADECIMAL, CONVERSATION_LENGTH))
        at = visit.questions[0].at
        conversation = Conversation(id=id_, channel=visit.channel, token_hash=secret, created_at=at, choices={})
        self._session.add(conversation)
        self._session.flush()
        return conversation

    def _ask(self, conversation: Conversation, question: Question) -> Enquiry:
        text = self._redact(question.text) if question.text is not None else None
        reply = self._replies.reply(question, text)
        enquiry = self._enquire(conversation, question.at, text, reply)
        enquiry.useful = question.useful
        note_useful(self._session, enquiry)
        self._note(conversation, enquiry.reference, text, None, reply, question.at)
        if reason := reason_to_queue(reply):
            self._queue(enquiry, reason, question)
        if question.useful is False:
            self._queue(enquiry, Reason.NOT_USEFUL, question)
        return enquiry

    def _leave(self, conversation: Conversation, question: Question, asked: Enquiry, left: Left) -> Enquiry:
        """Who told of racism leaves that and no words; every other question is passed on as an enquiry of its own."""
        enquiry = asked
        if not question.ask.is_care:
            say = self._replies.responses.say
            offered = TurnReply(Outcome.HANDOFF.value, (say("utter_ask_name_for_kept_question"),), expects="name")
            enquiry = self._enquire(conversation, left.at, asked.text, offered)
            self._note(conversation, enquiry.reference, "yes please", None, offered, left.at)
        self._take_steps(conversation, enquiry.reference, left.at)
        self._session.add(
            FollowUp(
                reference=enquiry.reference,
                name_encrypted=self._cipher.encrypt(left.name),
                email_encrypted=self._cipher.encrypt(left.email),
                consent_wording=CONSENT_WORDING,
                consent_at=left.at + 3 * STEP,
                channel=enquiry.channel,
                closed_at=left.withdrawn_at,
            )
        )
        self._queue(enquiry, Reason.HANDOFF, question)
        if left.withdrawn_at is not None:
            self._withdraw(enquiry, question)
        return enquiry

    def _take_steps(self, conversation: Conversation, reference: str, at: datetime) -> None:
        say = self._replies.responses.say
        steps = (
            ("name", "given", "utter_ask_email", "email"),
            ("email", "given", "utter_ask_consent", "consent"),
            ("consent", "yes", "utter_question_left", None),
        )
        for number, (step, state, response, expects) in enumerate(steps, start=1):
            reply = TurnReply(Outcome.HANDOFF.value, (say(response, reference=reference),), expects=expects)
            payload = StepTaken(step, state).payload
            self._note(conversation, reference, GIVEN[step], payload, reply, at + number * STEP)

    def _thank(self, conversation: Conversation, at: datetime) -> None:
        reply = TurnReply(Outcome.SMALLTALK.value, (self._replies.responses.say("utter_thank"),), confidence=1.0)
        self._note(conversation, None, "thanks", None, reply, at)

    def _enquire(self, conversation: Conversation, at: datetime, text: str | None, reply: TurnReply) -> Enquiry:
        enquiry = Enquiry(
            reference=self._reference(),
            conversation_id=conversation.id,
            channel=conversation.channel,
            text=text,
            outcome=reply.outcome,
            offers=list(reply.offers),
            confidence=reply.confidence,
            model=self._model,
            rejects=reply.rejects,
            received_at=at,
            answered_at=at + TURN,
        )
        self._session.add(enquiry)
        self._session.flush()
        note_offers(self._session, enquiry)
        return enquiry

    def _note(
        self,
        conversation: Conversation,
        reference: str | None,
        text: str | None,
        payload: str | None,
        reply: TurnReply,
        at: datetime,
    ) -> None:
        public: dict[str, Any] = public_reply(self._session, reply, conversation, reference, self._settings)
        self._session.add(
            Message(
                conversation_id=conversation.id,
                fingerprint="",
                text=text,
                payload=payload,
                reference=reference,
                reply=public,
                received_at=at,
                replied_at=at + TURN,
            )
        )

    def _queue(self, enquiry: Enquiry, reason: Reason, question: Question) -> None:
        queue_enquiry(self._session, enquiry, reason)
        self._session.flush()
        if enquiry.text is not None:
            queued = Queued(enquiry.reference, question.wording, enquiry.text, enquiry.received_at)
            self.queued[question.ask.slug].setdefault(enquiry.reference, queued)

    def _withdraw(self, enquiry: Enquiry, question: Question) -> None:
        withdraw_left_question(self._session, enquiry.reference, drop_answers)
        self.queued[question.ask.slug].pop(enquiry.reference, None)

    def _reference(self) -> str:
        while True:
            code = self._code(ALPHABET, 8)
            reference = f"ENQ-{code[:4]}-{code[4:]}"
            if REFERENCE_PATTERN.fullmatch(reference):
                return reference

    def _code(self, alphabet: str, length: int) -> str:
        return "".join(self._random.choices(alphabet, k=length))

"""An engine for tests: no Rasa, but a dialogue's state of its own, and everything it was asked on record."""

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field, replace

from assistant.enquiries.engine import Engine, TurnReply, TurnRequest, Understanding

NEXT_STEP = {"question": "name", "name": "email", "email": "consent", "consent": "words"}
CHOICES = (("For boards", '/choose{"slug": "ics-diverse-boards"}'), ("None of these", "/choose_none"))

# What a text means to this engine. Any other text is answered with an offer.
REPLIES = {
    "hello": TurnReply("smalltalk", ("Hello.",), confidence=0.99),
    "what about boards?": TurnReply(
        "clarify",
        ("Which of these do you mean?",),
        offers=("ics-diverse-boards", "ics-tailored-recruitment"),
        choices=CHOICES,
        confidence=0.5,
    ),
    "everything please": TurnReply("list", ("All of it.",), offers=("lfhii", "bme-leadership-network"), confidence=0.8),
    "who leads this?": TurnReply(
        "info",
        ("The directors.",),
        topic="accountability",
        person="joan-saddler",
        people=("joan-saddler", "matthew-taylor"),
        confidence=0.9,
    ),
    "who is [person:matthew-taylor]?": TurnReply("person", ("He is.",), person="matthew-taylor", confidence=0.9),
    "where can i park?": TurnReply("out_of_scope", ("That is outside what I know.",), confidence=0.7),
    "gibberish": TurnReply("unanswered", ("I do not know.",), confidence=0.2),
}
OFFER = TurnReply("offer", ("The observatory.",), offers=("race-health-observatory",), confidence=0.95)


@dataclass
class FakeEngine:
    """Answers by `REPLIES` and takes the steps of leaving a question as the real one does.

    `failure` is raised by each turn while it is set. While `gate` is set to an event, turns wait for it, and `entered`
    is set as soon as one does.
    """

    model: str = "fake-model"
    requests: list[TurnRequest] = field(default_factory=list)
    understood: list[str] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    intents: dict[str, Understanding] = field(default_factory=dict)
    steps: dict[str, str | None] = field(default_factory=dict)
    turns: Counter[str] = field(default_factory=Counter)
    failure: BaseException | None = None
    gate: asyncio.Event | None = None
    entered: asyncio.Event = field(default_factory=asyncio.Event)

    async def understand(self, text: str) -> Understanding:
        """The intent that was set for this text, or nothing in particular."""
        self.understood.append(text)
        return self.intents.get(text, Understanding("offer", 0.1))

    def knows(self, text: str) -> bool:
        """Nothing in particular."""
        return False

    async def answer(self, request: TurnRequest) -> TurnReply:
        """Answer, and keep the open step only when the turn succeeds."""
        self.requests.append(request)
        if self.gate is not None:
            self.entered.set()
            await self.gate.wait()
        if self.failure is not None:
            raise self.failure
        reply = self._reply(request)
        self.turns[request.conversation] += 1
        self.steps[request.conversation] = reply.expects
        return reply

    async def forget(self, conversation: str) -> None:
        """Drop the conversation's turns and step."""
        self.forgotten.append(conversation)
        self.turns.pop(conversation, None)
        self.steps.pop(conversation, None)

    def _reply(self, request: TurnRequest) -> TurnReply:
        if request.payload is not None:
            return self._reply_to_payload(request, request.payload)
        if request.text == "leave a question":
            return self._begin(request)
        if request.text == "cancel":
            return TurnReply("handoff", ("I have stopped.",))
        # As the real dialogue does, what is asked in between is answered and the open step stays open.
        return replace(REPLIES.get(request.text.lower(), OFFER), expects=self.steps.get(request.conversation))

    def _reply_to_payload(self, request: TurnRequest, payload: str) -> TurnReply:
        name, brace, rest = payload.partition("{")
        values = json.loads(brace + rest) if brace else {}
        if name == "/take_step":
            return _step(values["step"], values["state"], request.reference)
        if name == "/choose":
            return TurnReply("offer", ("That one.",), offers=(values["slug"],), confidence=1.0)
        if name == "/cancel":
            return TurnReply("handoff", ("I have stopped.",))
        if name == "/leave_question":
            return self._begin(request)
        return TurnReply("clarify", ("Which one, then?",))

    def _begin(self, request: TurnRequest) -> TurnReply:
        step = "name" if request.kept_question else "question"
        return TurnReply("handoff", (f"Please give your {step}.",), expects=step)


def _step(step: str, state: str, reference: str) -> TurnReply:
    if state == "invalid":
        return TurnReply("handoff", (f"That is no {step}.",), expects=step)
    if step == "words":
        return TurnReply("handoff", (f"Your reference is {reference}. Words: {state}.",))
    if state in ("yes", "no"):
        return TurnReply("handoff", (f"Your reference is {reference}." if state == "yes" else "Nothing is kept.",))
    return TurnReply("handoff", (f"Please give your {NEXT_STEP[step]}.",), expects=NEXT_STEP[step])


_CHECKED_BY_TYPES: type[Engine] = FakeEngine

"""Questions, replies and runs that nobody asked, for tests of what is made of them."""

from datetime import UTC, datetime
from typing import Any

from assistant.enquiries.engine import TurnFailedError
from assistant.enquiries.intake import Incoming
from assistant.learning.evaluation.facts import Facts
from assistant.learning.evaluation.questions import Question
from assistant.learning.evaluation.report import EarlierReport, Report, make_report
from assistant.learning.evaluation.run import Answer, Certainty, Got, Run, TurnTaken

FACTS = Facts(
    offers={"lfhii": "Inequalities framework", "primary-care-hub": "Member hub"},
    contacts={"lfhii": None, "primary-care-hub": "hub@example.org"},
    people={"joan-saddler": "Joan Saddler"},
    topics=frozenset({"commit"}),
    addresses=frozenset({"hub@example.org", "general@example.org"}),
    general_email="general@example.org",
)
MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def make_question(text: str = "what is the LFHII?", outcome: str = "offer", **changes: Any) -> Question:
    """A question for the LFHII, or of the outcome with what that needs, but for the changes."""
    needed: dict[str, Any] = {"offer": {"offers": ["lfhii"]}, "list": {"offers": list(FACTS.offers)}}.get(outcome, {})
    fields = {"text": text, "outcome": outcome, "file": "questions.yml", "entry": 1, "kind": "name"} | needed | changes
    return Question.model_validate(fields)


def make_answer(
    question: Question | None = None, outcome: str = "offer", sure: float | None = 0.9, **changes: Any
) -> Answer:
    """A question that was answered rightly, with the LFHII where the outcome is an offer, but for the changes."""
    fields: dict[str, Any] = {
        "question": question or make_question(),
        "got": Got(outcome=outcome, offers=("lfhii",) if outcome == "offer" else ()),
        "problems": (),
        "has_right_contact": None,
        "certainty": Certainty(confidence=sure, known=sure),
        "milliseconds": 5.0,
    }
    return Answer.model_validate(fields | changes)


def make_turn(**changes: Any) -> TurnTaken:
    """A turn that was right, but for the changes."""
    fields: dict[str, Any] = {"dialogue": "asks twice", "number": 2, "sent": "says: and that?", "got": None}
    return TurnTaken.model_validate(fields | {"problems": ()} | changes)


def make_run(*answers: Answer, turns: tuple[TurnTaken, ...] = (), **changes: Any) -> Run:
    """A run with these answers."""
    fields: dict[str, Any] = {"at": MORNING, "model": "first.tar.gz", "seconds": 12.0}
    return Run.model_validate(fields | {"answers": answers, "turns": turns} | changes)


def report_on(run: Run, previous: EarlierReport | None = None) -> Report:
    """The whole report of a run."""
    return make_report(run, list(FACTS.offers), previous)


def make_reply(outcome: str = "offer", **changes: Any) -> dict[str, Any]:
    """A reply of the public API with the LFHII and the general contact where it is an offer, but for the changes."""
    contact = {"email": "general@example.org", "phone": "020 0000", "published": False}
    offers = [{"slug": "lfhii", "contact": contact}] if outcome == "offer" else []
    nothing: dict[str, Any] = {"topic": None, "person": None, "people": [], "choices": [], "expects": None}
    replies = [{"text": "The framework. Write to general@example.org."}]
    return {"enquiry": "ENQ-7K3F-92QD", "outcome": outcome, "replies": replies, "offers": offers, **nothing, **changes}


class FakeDesk:
    """Gives the reply that is kept for a text or a choice, or else an offer, and parses as its engine would."""

    model = "fake.tar.gz"

    def __init__(self, replies: dict[str, dict[str, Any]] | None = None) -> None:
        self.replies = replies or {}
        self.conversations = 0
        self.received: list[tuple[str, Incoming]] = []
        self.parsed: list[str] = []
        self.fails_to_parse = False

    @staticmethod
    def redactor(text: str) -> str:
        """Takes the one address out that a test writes."""
        return text.replace("ann@example.net", "[email]")

    @property
    def engine(self) -> "FakeDesk":
        """The desk itself, which parses."""
        return self

    async def open(self, channel: str) -> tuple[str, str]:
        """Count the conversation."""
        self.conversations += 1
        return f"{channel} {self.conversations}", "secret"

    async def handle(self, conversation: str, token: str, incoming: Incoming) -> dict[str, Any]:
        """Keep the message and reply."""
        self.received.append((conversation, incoming))
        return self.replies.get(incoming.choice or incoming.words, make_reply())

    async def parse(self, text: str) -> dict[str, Any]:
        """Rather sure of the LFHII, with some doubt whether it is for us at all."""
        self.parsed.append(text)
        if self.fails_to_parse:
            raise TurnFailedError("Rasa raised ValueError.")
        weighed = (("offer/lfhii", 0.6), ("out_of_scope", 0.2), ("topic/commit", 0.1), ("greet", 0.05))
        ranking = [{"label": label, "confidence": confidence} for label, confidence in weighed]
        return {"intent": {"name": "offer", "confidence": 0.6}, "decision": {"ranking": ranking}}

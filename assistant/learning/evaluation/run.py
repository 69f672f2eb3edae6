"""What came of asking everything once, as it is kept from run to run."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.enquiries.outcomes import MISSES, Outcome
from assistant.learning.evaluation.questions import Question

# Decisions of which the assistant is sure enough to answer. What rules decide, and courtesy, is not among them.
ANSWERED = frozenset({Outcome.OFFER, Outcome.LIST, Outcome.PERSON, Outcome.INFO, Outcome.HANDOFF})


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Got(_Record):
    """What a reply was about: slugs of offers, the name of a topic, the name of a person."""

    outcome: Outcome
    offers: tuple[str, ...] = ()
    topic: str | None = None
    person: str | None = None


class Certainty(_Record):
    """How sure the assistant was, each from 0 to 1. None where nothing was weighed, as with a message in crisis.

    `confidence` is that of what was decided. `known` is the probability that the message is one of those we answer,
    whichever it is. `ranking` are the likeliest labels, best first.
    """

    confidence: float | None = None
    known: float | None = None
    ranking: tuple[tuple[str, float], ...] = ()


class Answer(_Record):
    """One question with what came of it. `has_right_contact` is None where no contact was to be judged."""

    question: Question
    got: Got
    problems: tuple[str, ...]
    has_right_contact: bool | None
    certainty: Certainty
    milliseconds: float

    @property
    def is_right(self) -> bool:
        """Whether the reply is all that was expected."""
        return not self.problems

    @property
    def is_answered(self) -> bool:
        """Whether the assistant was sure enough to venture an answer."""
        return self.got.outcome in ANSWERED

    @property
    def is_refused(self) -> bool:
        """Whether the assistant said that it cannot answer."""
        return self.got.outcome in MISSES


class TurnTaken(_Record):
    """One turn of a dialogue with what came of it. `got` is None when the turn could not be taken."""

    dialogue: str
    number: int
    sent: str
    got: Got | None
    problems: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Whether the reply is all that was expected."""
        return not self.problems


class Run(_Record):
    """Everything asked of one model, once."""

    form: Literal[1] = 1
    at: datetime
    model: str
    seconds: float
    answers: tuple[Answer, ...]
    turns: tuple[TurnTaken, ...]

"""What the enquiry log asks of the engine that answers. The real one is in assistant.engine; tests use a fake."""

from dataclasses import dataclass
from typing import Protocol

from assistant.errors import AssistantError


class TurnFailedError(AssistantError):
    """The engine gave no usable answer in time."""


@dataclass(frozen=True)
class Understanding:
    """What the engine makes of a text, without answering it.

    `label` is what it most probably means, such as offer/lfhii; `is_answered` whether it would be answered, rather than
    asked back or given up; `others` what else it may mean, the most probable first.
    """

    intent: str
    confidence: float
    label: str | None = None
    is_answered: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class TurnRequest:
    """One turn to answer. `payload`, in Rasa's slash syntax, comes from our own code only and goes before the text."""

    conversation: str
    text: str
    payload: str | None = None
    reference: str = ""
    kept_question: bool = False
    step: str | None = None  # the step of leaving a question that is open


@dataclass(frozen=True)
class TurnReply:
    """The answer: texts for people, and what they are about as slugs. Choices are pairs of label and payload."""

    outcome: str
    texts: tuple[str, ...]
    offers: tuple[str, ...] = ()
    topic: str | None = None
    person: str | None = None
    people: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    expects: str | None = None
    rejects: bool = False  # the asker turned the answer before down, and asked nothing
    confidence: float = 0.0


class Engine(Protocol):
    """Answers turns."""

    @property
    def model(self) -> str:
        """The name of the live model."""

    async def understand(self, text: str) -> Understanding:
        """Say what a cleaned text means, keeping nothing. Raises TurnFailedError."""

    def knows(self, text: str) -> bool:
        """Whether a text means something that is answered; nothing is kept."""

    async def answer(self, request: TurnRequest) -> TurnReply:
        """Answer one turn and keep the dialogue's state. Raises TurnFailedError; nothing of the turn is kept then."""

    async def forget(self, conversation: str) -> None:
        """Drop the dialogue's state."""

"""What a channel delivered, in our own terms: who is where, and what they want."""

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from assistant.tokens import hash_token


class ArrivalKind(StrEnum):
    """What somebody did; in brackets what the content holds."""

    MESSAGE = "message"
    """They wrote something (text), or sent files without a word (files)."""
    CHOICE = "choice"
    """They pressed one of the choices (choice, label, message)."""
    FORM = "form"
    """They left a question in a form (question, name, email, keep_words), or sent one without consent (consent)."""
    NO_FORM = "no_form"
    """They wanted to leave a question, and the form may not have been shown."""
    FEEDBACK = "feedback"
    """They said whether an answer was useful (reference, useful, message)."""
    WITHDRAW = "withdraw"
    """They withdrew a question that they had left (reference, message)."""
    HOME = "home"
    """They opened the assistant's own page."""
    WELCOME = "welcome"
    """They want to know what the assistant is, or opened its chat (is_unasked), and are greeted."""
    ERASE = "erase"
    """They want what they asked here to be erased."""
    DECISION = "decision"
    """Somebody decided on a group of the queue (group, version, act, label, message)."""


@dataclass(frozen=True)
class Arrival:
    """One event of a channel.

    `key` is what the channel calls it, the same at each delivery; `twin` is the same for two events that a channel
    sends for one message. `place` tells whose conversation it belongs to, `who` the person who acted. `address` is
    what the channel's courier needs to answer there. Where it `is_private`, nobody else reads the answer.
    """

    channel: str
    key: str
    place: tuple[str, ...]
    who: tuple[str, ...]
    kind: ArrivalKind
    address: dict[str, str]
    content: dict[str, Any] = field(default_factory=dict)
    is_private: bool = True
    twin: str | None = None

    @property
    def place_id(self) -> str:
        """The lane of this conversation, and the id of its place."""
        return hash_of(self.channel, *self.place)

    @property
    def who_id(self) -> str:
        """The person who acted, in this channel."""
        return hash_of(self.channel, *self.who)

    def to_dict(self) -> dict[str, Any]:
        """As the inbox keeps it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> "Arrival":
        """The other way round."""
        tuples = {name: tuple(kept[name]) for name in ("place", "who")}
        return cls(**{**kept, **tuples, "kind": ArrivalKind(kept["kind"])})


def hash_of(*names: str) -> str:
    """A hash that stands for these names, whatever they hold."""
    return hash_token(json.dumps(names))

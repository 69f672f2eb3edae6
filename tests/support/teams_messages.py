"""What passes between the assistant and the Teams that stands in: keys, calls, messages, as Microsoft models them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm
from microsoft_teams.api.activities.message import MessageActivityInput
from microsoft_teams.api.activities.typing import TypingActivityInput
from microsoft_teams.cards import AdaptiveCard

CARD = "application/vnd.microsoft.card.adaptive"
Answer = tuple[int, dict[str, Any]]


@cache
def private_key(name: str) -> rsa.RSAPrivateKey:
    """A key of this name, the same for all tests: making one takes a while."""
    return rsa.generate_private_key(65537, 1024 if name == "short" else 2048)


@dataclass
class Fault:
    """What befalls one call: it is answered with `status`, or not at all where that is 0, before or after it did."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    is_done: bool = False
    message: str = ""
    seconds: float = 0.0
    """How long it takes first."""


@dataclass
class Call:
    """A call to the connector."""

    method: str
    path: str
    host: str
    authorization: str
    body: dict[str, Any]


@dataclass
class Message:
    """A message in a conversation, as people there see it. A stream `is_open` until it has its content."""

    id: str
    conversation: str
    activity: dict[str, Any]
    is_open: bool = False
    sequence: int = 0
    times_shown: int = 1

    @property
    def card(self) -> dict[str, Any]:
        """Its card."""
        return next((each["content"] for each in self.activity.get("attachments", [])), {})

    def buttons(self, act: str) -> list[dict[str, Any]]:
        """What its buttons of this act send, wherever in the card they are."""
        return [each for each in data_of(self.card) if each.get("act") == act]


def not_allowed(message: str) -> tuple[int, dict[str, Any]]:
    return 403, {"error": {"code": "ContentStreamNotAllowed", "message": message}}


def check(body: dict[str, Any]) -> None:
    """As Microsoft's models and documents want it."""
    kind = {"message": MessageActivityInput, "typing": TypingActivityInput}[body["type"]]
    kind.model_validate(body)
    info = next((each for each in body.get("entities", []) if each["type"] == "streaminfo"), None)
    if info is not None:
        data = body["channelData"]
        assert all(data.get(name) == info.get(name) for name in ("streamId", "streamType", "streamSequence")), "stream"
    assert body["type"] == "typing" or body.get("text") or body.get("attachments"), "empty"
    for attachment in body.get("attachments", []):
        assert attachment["contentType"] == CARD, "attachment"
        AdaptiveCard.model_validate(attachment["content"])


def is_typing(body: dict[str, Any]) -> bool:
    """Whether it only shows that an answer is on its way, and begins no message."""
    return body.get("type") == "typing" and not body.get("text")


def public_key(name: str, endorsements: list[str]) -> dict[str, Any]:
    key = RSAAlgorithm.to_jwk(private_key(name).public_key(), as_dict=True)
    return {**key, "kid": name, "x5t": name, "use": "sig", "endorsements": endorsements}


def data_of(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if part.get("type") == "Action.Submit":
            yield part["data"]
        for each in part.values():
            yield from data_of(each)
    elif isinstance(part, list):
        for each in part:
            yield from data_of(each)

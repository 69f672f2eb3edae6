"""A stand-in until the real one is merged."""

from dataclasses import dataclass
from typing import Any

from assistant.messaging.outbox import OpenPost
from assistant.settings import Settings


@dataclass(frozen=True)
class TeamsMessage:
    """What is posted."""

    text: str
    card: dict[str, Any] | None = None


def render(post: OpenPost, settings: Settings) -> TeamsMessage:
    """Texts in a card, choices as buttons."""
    reply = post.content.get("reply")
    if reply is None:
        return TeamsMessage("\n".join(post.content.get("texts") or post.content.get("lines") or ("Hello.",)))
    texts = [str(each["text"]) for each in reply["replies"]]
    choices = [] if "pressed" in post.content else reply.get("choices", [])
    card = {
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": [{"type": "TextBlock", "text": each, "wrap": True} for each in texts],
        "actions": [
            {
                "type": "Action.Submit",
                "title": each["label"],
                "data": {"act": "choice", "choice": each["id"], "label": each["label"]},
            }
            for each in choices
        ],
    }
    return TeamsMessage("\n".join(texts), card)

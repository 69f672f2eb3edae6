"""Messages to a channel of Slack or Teams, through the address that an operator set. Nothing else is called."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import httpx

from assistant.errors import AssistantError

SECONDS = 10.0  # for each step of a call
DELAYS = (2.0, 10.0)  # seconds before the second and third try
TOO_MANY, FAULT = 429, 500  # answers from which a later try may be another

# httpx writes the whole address, which is the secret, at INFO.
logging.getLogger("httpx").setLevel(logging.WARNING)


class WebhookError(AssistantError):
    """The message was not taken. Says why, never where to."""


def slack_message(title: str, lines: Sequence[str], link: str | None) -> dict[str, Any]:
    """As an incoming webhook of Slack takes it: blocks, and a text for notifications."""
    points = "\n".join(f"• {line}" for line in lines)
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": title}},
        {"type": "section", "text": {"type": "mrkdwn", "text": points}},
    ]
    if link:
        blocks.append({"type": "section", "text": {"type": "mrkdwn", "text": f"<{link}|Open the queue>"}})
    return {"text": f"{title}: {', '.join(lines)}", "blocks": blocks}


def teams_message(title: str, lines: Sequence[str], link: str | None) -> dict[str, Any]:
    """As a workflow of Teams takes it: a message with an Adaptive Card."""
    card: dict[str, Any] = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": [
            {"type": "TextBlock", "text": title, "weight": "Bolder", "size": "Medium", "wrap": True},
            *({"type": "TextBlock", "text": f"- {line}", "wrap": True, "spacing": "Small"} for line in lines),
        ],
    }
    if link:
        card["actions"] = [{"type": "Action.OpenUrl", "title": "Open the queue", "url": link}]
    return {
        "type": "message",
        "attachments": [
            {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
        ],
    }


def post(url: str, message: Mapping[str, Any], wait: Callable[[float], None] = time.sleep) -> None:
    """Send the message, three times at most while the other side is away. Raises WebhookError."""
    for delay in (*DELAYS, None):
        try:
            response = httpx.post(url, json=message, timeout=SECONDS, follow_redirects=False)
        except httpx.HTTPError as error:
            fault, is_final = type(error).__name__, False
        else:
            if response.is_success:
                return
            status = response.status_code
            fault, is_final = f"answered {status}", status < FAULT and status != TOO_MANY
        if is_final or delay is None:
            break
        wait(delay)
    raise WebhookError(fault)

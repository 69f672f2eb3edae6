"""Messages to a channel of Slack or Teams, through the address that an operator set. Nothing else is called."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from assistant.errors import AssistantError

SECONDS = 10.0  # for each step of a call
TOO_MANY, FAULT = 429, 500  # a later try may be answered otherwise

# httpx writes the whole address, which is the secret, at INFO.
logging.getLogger("httpx").setLevel(logging.WARNING)


class WebhookError(AssistantError):
    """The message was not taken, and may be later. Says why, never where to."""


class WebhookRefusedError(WebhookError):
    """The message will never be taken."""


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


def post(url: str, message: Mapping[str, Any]) -> None:
    """Send the message. Raises WebhookError, WebhookRefusedError."""
    try:
        response = httpx.post(url, json=message, timeout=SECONDS, follow_redirects=False)
    except httpx.HTTPError as error:
        raise WebhookError(type(error).__name__) from None
    if response.is_success:
        return
    may_change = response.status_code >= FAULT or response.status_code == TOO_MANY
    raise (WebhookError if may_change else WebhookRefusedError)(f"answered {response.status_code}")

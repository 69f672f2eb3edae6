"""Slack, as far as it calls us: payloads in its shapes, signed with its own signer, and asked of the app."""

import itertools
import json
import math
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
from slack_sdk.signature import SignatureVerifier

from assistant.enquiries.follow_ups import CONSENT_WORDING
from tests.support.slack_stand_in import BOT_USER

SECRET = "only Slack and we know"
TEAM, USER, DIRECT, CHANNEL = "T1", "U1", "D1", "C1"
PATH = "/webhooks/slack"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"

Payload = dict[str, Any]
_numbers = itertools.count(1)


def stamp(offset: int = 0) -> str:
    """The time, in whole seconds; never before the present one, so that an offset of 301 is more than five minutes."""
    return str(math.ceil(time.time()) + offset)


def signed(body: str | bytes, when: str | None = None, secret: str = SECRET) -> dict[str, str]:
    """The headers with which Slack proves this body."""
    when = when or stamp()
    signature = SignatureVerifier(secret).generate_signature(timestamp=when, body=body) or ""
    return {"X-Slack-Request-Timestamp": when, "X-Slack-Signature": signature}


def event(inner: Payload, event_id: str = "") -> Payload:
    """An event as the Events API delivers it."""
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "api_app_id": "A1",
        "event": inner,
        "event_time": int(time.time()),
        "event_id": event_id or f"Ev{next(_numbers)}",
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
    }


def direct(text: str, *, event_id: str = "", ts: str = "", user: str = USER, **more: Any) -> Payload:
    """Somebody wrote to the assistant."""
    inner = {"type": "message", "channel": DIRECT, "channel_type": "im", "user": user, "text": text}
    return event({**inner, "ts": ts or f"1700000000.{next(_numbers):06d}", **more}, event_id)


def mention(text: str, *, event_id: str = "", ts: str = "", user: str = USER, **more: Any) -> Payload:
    """Somebody mentioned the assistant in a channel."""
    inner = {"type": "app_mention", "channel": CHANNEL, "user": user, "text": f"<@{BOT_USER}> {text}"}
    return event({**inner, "ts": ts or f"1700000000.{next(_numbers):06d}", **more}, event_id)


def home(tab: str = "home", user: str = USER) -> Payload:
    """Somebody opened the assistant's page, or its direct messages."""
    return event({"type": "app_home_opened", "user": user, "channel": DIRECT, "tab": tab, "event_ts": "1.1"})


def command(text: str, user: str = USER, trigger: str = "") -> Payload:
    """The slash command."""
    return {
        "command": "/support", "text": text, "team_id": TEAM, "user_id": user, "channel_id": CHANNEL,
        "trigger_id": trigger or f"trigger-{next(_numbers)}", "api_app_id": "A1",
    }  # fmt: skip


def press(
    action: Payload, *, message: str = "1.1", channel: str = DIRECT, thread: str = "", user: str = USER
) -> Payload:
    """A button was pressed."""
    shown = {"ts": message, **({"thread_ts": thread} if thread else {})}
    return {
        "type": "block_actions", "team": {"id": TEAM}, "user": {"id": user, "team_id": TEAM}, "api_app_id": "A1",
        "trigger_id": f"trigger-{next(_numbers)}", "channel": {"id": channel}, "message": shown,
        "container": {"type": "message", "message_ts": message, "channel_id": channel},
        "actions": [{"type": "button", "block_id": "b", "action_ts": "1.2", **action}],
    }  # fmt: skip


def sent_form(
    metadata: str,
    *,
    user: str = USER,
    consents: bool = True,
    keeps: bool = False,
    wording: str = CONSENT_WORDING,
    **typed: str,
) -> Payload:
    """The form was sent."""
    given = {"question": "Is there parking?", "name": "Ade Okafor", "email": "ade@nhs.net", **typed}
    values: Payload = {name: {"value": {"type": "plain_text_input", "value": value}} for name, value in given.items()}
    for name, value, is_ticked in (("consent", wording, consents), ("keep_words", "yes", keeps)):
        chosen = [{"value": value}] if is_ticked else []
        values[name] = {"value": {"type": "checkboxes", "selected_options": chosen}}
    view = {
        "id": f"V{next(_numbers)}", "hash": "h1", "type": "modal", "callback_id": "question_form",
        "private_metadata": metadata, "state": {"values": values},
    }  # fmt: skip
    return {"type": "view_submission", "team": {"id": TEAM}, "user": {"id": user}, "api_app_id": "A1", "view": view}


@dataclass
class SlackCaller:
    """Delivers to the app as Slack does."""

    client: httpx.AsyncClient
    secret: str = SECRET
    answers: list[httpx.Response] = field(default_factory=list)

    async def sends(self, body: str | bytes, content_type: str = JSON, **headers: str) -> httpx.Response:
        """These bytes, signed unless the headers say otherwise."""
        given = {**signed(body, secret=self.secret), "Content-Type": content_type, **headers}
        return await self.client.post(PATH, content=body, headers=given)

    async def delivers(self, payload: Payload, **headers: str) -> httpx.Response:
        """An event or an interaction, in the encoding that Slack has for it."""
        if payload.get("type") == "event_callback":
            return await self.sends(json.dumps(payload), **headers)
        form = payload if "command" in payload else {"payload": json.dumps(payload)}
        return await self.sends(urlencode(form), FORM, **headers)

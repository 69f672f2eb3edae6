"""Turn what Slack delivers into arrivals: payload in, arrival out, None where there is nothing for us."""

import json
from dataclasses import dataclass, replace
from typing import Any

from assistant.channels.slack.texts import plain_text
from assistant.messaging.arrivals import Arrival, ArrivalKind
from assistant.messaging.models import ChannelName

Payload = dict[str, Any]

WRITTEN = frozenset({"", "file_share", "thread_broadcast", "me_message"})  # of messages, what people wrote themselves
DIRECT = "dm"  # stands for a person's direct messages in places: Slack names their channel only once there is one
CHOICE, LINK, DECIDE = "choice:", "link:", "decide:"
DECISIONS = frozenset({"take", "out_of_scope", "assign"})


@dataclass(frozen=True)
class Workspace:
    """Where the app is installed; of an organisation without Enterprise Grid the first is empty."""

    enterprise: str
    team: str

    @property
    def organisation(self) -> str:
        """Within which nobody else has the same id. In Enterprise Grid a person may act in several workspaces."""
        return self.enterprise or self.team


@dataclass(frozen=True)
class Spot:
    """Where somebody is in a workspace. `thread` is empty outside threads, `channel` where Slack names none."""

    workspace: Workspace
    channel: str
    thread: str
    user: str

    @property
    def is_private(self) -> bool:
        """Whether nobody else reads there."""
        return not self.channel or self.channel.startswith("D")

    def arrival(self, key: str, kind: ArrivalKind, content: Payload | None = None, twin: str | None = None) -> Arrival:
        """Something that was done there."""
        workspace, organisation = self.workspace, self.workspace.organisation
        channel = DIRECT if self.is_private else self.channel
        return Arrival(
            channel=ChannelName.SLACK.value,
            key=key,
            place=(organisation, channel, self.thread, self.user),
            who=(organisation, self.user),
            kind=kind,
            address={
                "enterprise": workspace.enterprise,
                "team": workspace.team,
                "channel": self.channel,
                "thread": self.thread,
                "user": self.user,
            },
            content=content or {},
            is_private=self.is_private,
            twin=twin,
        )

    @classmethod
    def in_thread(cls, workspace: Workspace, channel: str, thread: str, ts: str, user: str) -> "Spot":
        """Of a message. In a channel it begins a thread if it stands in none; direct messages go on without."""
        spot = cls(workspace, channel, thread, user)
        if spot.is_private:
            return replace(spot, thread="" if thread == ts else thread)
        return replace(spot, thread=thread or ts)


def text_at(payload: object, *path: str) -> str:
    """The text at this path, empty where there is none."""
    found = payload
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, str) else ""


def from_message(body: Payload, workspace: Workspace) -> Arrival | None:
    """Somebody wrote to the assistant directly, or mentioned it."""
    event = body.get("event", {})
    user, ts, text = text_at(event, "user"), text_at(event, "ts"), text_at(event, "text")
    is_theirs = user and user != _own_id(body) and not event.get("bot_id")
    if not is_theirs or text_at(event, "subtype") not in WRITTEN or event.get("edited"):
        return None  # what was edited was answered as it was first written
    spot = Spot.in_thread(workspace, text_at(event, "channel"), text_at(event, "thread_ts"), ts, user)
    is_mention = text_at(event, "type") == "app_mention"
    if not is_mention and not spot.is_private:
        return None  # people talk among themselves
    said = plain_text(text, _own_id(body) or (_first_mentioned(text) if is_mention else ""))
    twin = "\x1f".join((workspace.organisation, spot.channel, ts, user, text))
    has_files = bool(event.get("files")) or text_at(event, "subtype") == "file_share"
    if is_mention and not said and not has_files:
        return spot.arrival(_event_key(body), ArrivalKind.WELCOME, twin=twin)
    content = {"text": said} if said or not has_files else {"text": said, "files": True}
    return spot.arrival(_event_key(body), ArrivalKind.MESSAGE, content, twin)


def from_home(body: Payload, workspace: Workspace) -> Arrival | None:
    """Somebody opened the assistant's page, or its direct messages: those greet everybody once."""
    event = body.get("event", {})
    user, tab = text_at(event, "user"), text_at(event, "tab")
    spot = Spot(workspace, text_at(event, "channel"), "", user)
    if user and tab == "home":
        return spot.arrival(_event_key(body), ArrivalKind.HOME)
    if user and tab == "messages":
        return spot.arrival(f"welcome:{workspace.organisation}:{user}", ArrivalKind.WELCOME, {"is_unasked": True})
    return None


def from_command(body: Payload, workspace: Workspace) -> Arrival | None:
    """Somebody asked by the slash command, wherever they were. They are answered in their direct messages."""
    user, text = text_at(body, "user_id"), plain_text(text_at(body, "text"))
    if not user:
        return None
    spot, key = Spot(workspace, "", "", user), f"command:{text_at(body, 'trigger_id')}"
    return spot.arrival(key, ArrivalKind.MESSAGE, {"text": text}) if text else spot.arrival(key, ArrivalKind.WELCOME)


def spot_of_action(body: Payload, workspace: Workspace) -> Spot:
    """Where a button was pressed."""
    channel = text_at(body, "channel", "id") or text_at(body, "container", "channel_id")
    thread = text_at(body, "message", "thread_ts") or text_at(body, "container", "thread_ts")
    return Spot.in_thread(workspace, channel, thread, message_of(body), text_at(body, "user", "id"))


def message_of(body: Payload) -> str:
    """The message whose button was pressed."""
    return text_at(body, "container", "message_ts") or text_at(body, "message", "ts")


def from_action(body: Payload, workspace: Workspace) -> Arrival | None:
    """Somebody pressed a button, other than those that open a form or a link."""
    actions = body.get("actions")
    action = actions[0] if isinstance(actions, list) and actions and isinstance(actions[0], dict) else {}
    done = _done_by(action)
    spot = spot_of_action(body, workspace)
    if done is None or not spot.user:
        return None
    kind, content = done
    key = "action:" + "\x1f".join(
        (text_at(body, "trigger_id") or message_of(body), text_at(action, "action_ts"), spot.user)
    )
    return spot.arrival(key, kind, {**content, "message": message_of(body)})


def from_form_button(body: Payload, workspace: Workspace) -> Arrival | None:
    """Somebody pressed the button of the form, and it may not have been shown."""
    spot = spot_of_action(body, workspace)
    return spot.arrival(f"no_form:{text_at(body, 'trigger_id')}", ArrivalKind.NO_FORM) if spot.user else None


def _done_by(action: Payload) -> tuple[ArrivalKind, Payload] | None:
    name, value = text_at(action, "action_id"), text_at(action, "value")
    if name.startswith(CHOICE):
        return ArrivalKind.CHOICE, {"choice": value, "label": plain_text(text_at(action, "text", "text"))}
    if name in ("useful", "not_useful"):
        return ArrivalKind.FEEDBACK, {"reference": value, "useful": name == "useful"}
    if name == "withdraw":
        return ArrivalKind.WITHDRAW, {"reference": value}
    if name == "erase":
        return ArrivalKind.ERASE, {}
    if name.startswith(DECIDE):
        return _decision(name.removeprefix(DECIDE).partition(":")[0], action)
    return None


def _decision(act: str, action: Payload) -> tuple[ArrivalKind, Payload] | None:
    act = "take" if act == "other" else act
    try:
        value = json.loads(text_at(action, "value") or text_at(action, "selected_option", "value"))
        decided = {"group": int(value["group"]), "version": int(value["version"]), "label": str(value["label"] or "")}
    except (ValueError, TypeError, KeyError):
        return None
    return (ArrivalKind.DECISION, {**decided, "act": act}) if act in DECISIONS else None


def _event_key(body: Payload) -> str:
    return f"event:{text_at(body, 'event_id')}"


def _own_id(body: Payload) -> str:
    """What Slack calls the assistant there."""
    installed = body.get("authorizations")
    first = installed[0] if isinstance(installed, list) and installed else {}
    return text_at(first, "user_id") if isinstance(first, dict) and first.get("is_bot") is True else ""


def _first_mentioned(text: str) -> str:
    _, mark, rest = text.partition("<@")
    return rest.partition(">")[0].partition("|")[0] if mark else ""

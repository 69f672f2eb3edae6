"""What an activity of Teams means in our own terms. Nothing here calls anybody."""

import re
from collections.abc import Mapping
from typing import Any

from microsoft_teams.api.activities import ActivityTypeAdapter
from microsoft_teams.api.activities.conversation import ConversationUpdateActivity
from microsoft_teams.api.activities.invoke import AdaptiveCardInvokeActivity
from microsoft_teams.api.activities.message import MessageActivity
from microsoft_teams.api.models import ActivityBase, MentionEntity
from pydantic import ValidationError

from assistant.channels.teams.errors import ActivityUnreadableError
from assistant.channels.teams.tokens import tenants_of
from assistant.enquiries.follow_ups import CONSENT_WORDING
from assistant.messaging.arrivals import Arrival, ArrivalKind
from assistant.messaging.models import ChannelName

TAKEN = frozenset({"message", "conversationUpdate"})  # all other types are acknowledged, and nothing is done
CARD_ACTION = "adaptiveCard/action"
AT = re.compile(r"<at\b[^>]*>.*?</at>", re.DOTALL)  # of whomever, where Teams says no more
OTHER_AT = re.compile(r"</?at\b[^>]*>")
SOMEBODY = "somebody"
ENTITIES = {"&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&"}
ENTITY = re.compile("|".join(map(re.escape, ENTITIES)))
PICTURE = re.compile(r"<(?:img|video|audio)\b", re.IGNORECASE)
NO_FILES = frozenset({"messageReference"})  # what was quoted
TRUE = "true"  # a toggle that is on
WELCOMED = "welcome"
DECISIONS = {"take": "take", "take_other": "take", "out_of_scope": "out_of_scope", "assign": "assign"}


def read_arrival(body: Mapping[str, Any]) -> Arrival | None:
    """What somebody did, None when there is nothing to do. Raises ActivityUnreadableError."""
    kind = body.get("type")
    if not isinstance(kind, str):
        raise ActivityUnreadableError("no type")
    if kind not in TAKEN and not (kind == "invoke" and body.get("name") == CARD_ACTION):
        return None
    try:
        activity = ActivityTypeAdapter.validate_python({name: each for name, each in body.items() if each is not None})
    except ValidationError:
        raise ActivityUnreadableError("another shape than Microsoft's model") from None
    if not activity.id or activity.from_.id == activity.recipient.id or activity.from_.role == "bot":
        return None
    if isinstance(activity, MessageActivity):
        return _read_message(activity, body)
    if isinstance(activity, AdaptiveCardInvokeActivity):
        return _read_submit(activity, body, activity.value.action.data)
    if isinstance(activity, ConversationUpdateActivity):
        return _read_update(activity, body)
    return None


def _read_message(activity: MessageActivity, body: Mapping[str, Any]) -> Arrival | None:
    if activity.value is not None:
        pressed = _read_submit(activity, body, activity.value)
        if pressed is not None or not activity.text:
            return pressed
    text, is_mentioned = _without_mention(activity)
    if not _is_personal(activity) and not is_mentioned:
        return None  # said among others, and not to the assistant
    if not text and _has_files(activity):
        return _arrival(activity, body, ArrivalKind.MESSAGE, text=text, files=True)
    if not text and not _is_personal(activity):
        return _arrival(activity, body, ArrivalKind.WELCOME)
    return _arrival(activity, body, ArrivalKind.MESSAGE, text=text)


def _read_update(activity: ConversationUpdateActivity, body: Mapping[str, Any]) -> Arrival | None:
    if not _is_personal(activity) or not activity.members_added:
        return None
    # Whoever is added, and however often: once.
    return _arrival(activity, body, ArrivalKind.WELCOME, once=WELCOMED, is_unasked=True)


def _read_submit(activity: ActivityBase, body: Mapping[str, Any], data: Any) -> Arrival | None:
    """What was pressed on a card of ours; None for what is not ours."""
    if not isinstance(data, dict):
        return None
    message = activity.reply_to_id or ""
    act = data.get("act")
    if act == "choice":
        choice, label = _text(data, "choice"), _text(data, "label")
        return _arrival(activity, body, ArrivalKind.CHOICE, choice=choice, label=label, message=message)
    if act in ("useful", "not_useful"):
        given = {"reference": _text(data, "reference"), "useful": act == "useful"}
        return _arrival(activity, body, ArrivalKind.FEEDBACK, **given, message=message)
    if act == "withdraw":
        return _arrival(activity, body, ArrivalKind.WITHDRAW, reference=_text(data, "reference"), message=message)
    if act == "form":
        return _arrival(activity, body, ArrivalKind.FORM, **_read_form(data), message=message)
    if act == "erase":
        return _arrival(activity, body, ArrivalKind.ERASE)
    if act == "decide":
        decision = _read_decision(data)
        return _arrival(activity, body, ArrivalKind.DECISION, **decision, message=message) if decision else None
    return None


def _read_form(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in; nothing of it without consent to what is said today, which whoever sent it is then told."""
    if data.get("consent") != TRUE:
        return {"consent": "missing"}
    if data.get("wording") != CONSENT_WORDING:
        return {"consent": "outdated"}  # a card of long ago
    typed = {name: _text(data, name) for name in ("question", "name", "email")}
    return {**typed, "keep_words": data.get("keep_words") == TRUE}


def _read_decision(data: Mapping[str, Any]) -> dict[str, Any] | None:
    act, group, version = DECISIONS.get(_text(data, "do")), data.get("group"), data.get("version")
    if act is None or type(group) is not int or type(version) is not int:
        return None
    return {"group": group, "version": version, "act": act, "label": _text(data, "label")}


def _arrival(
    activity: ActivityBase, body: Mapping[str, Any], kind: ArrivalKind, once: str | None = None, **content: Any
) -> Arrival:
    """`once` stands for the activity where it is not its id that must be new."""
    conversation, user = activity.conversation.id, activity.from_.id
    tenant = min(tenants_of(body), default="")
    person = activity.from_.aad_object_id or user
    is_private = _is_personal(activity)
    return Arrival(
        channel=ChannelName.TEAMS.value,
        key="\x1f".join((tenant, conversation, once or activity.id, str(body["type"]))),
        place=(tenant, conversation, person),
        who=(tenant, person),
        kind=kind,
        address={
            "service_url": activity.service_url or "",
            "conversation": conversation,
            "tenant": tenant,
            "user": user,
            "bot": activity.recipient.id,
            "is_personal": "yes" if is_private else "",
            "reply_to": activity.id,
        },
        content=content,
        is_private=is_private,
    )


def _is_personal(activity: ActivityBase) -> bool:
    return activity.conversation.conversation_type == "personal"


def _has_files(activity: MessageActivity) -> bool:
    """Whether a file, a recording or a picture came with it. What was typed comes as HTML too, and holds pictures."""
    return any(
        PICTURE.search(str(each.content)) if each.content_type == "text/html" else each.content_type not in NO_FILES
        for each in activity.attachments or ()
    )


def _without_mention(activity: MessageActivity) -> tuple[str, bool]:
    """What was written, without the assistant's name or anybody else's, and whether the assistant was mentioned."""
    text, is_mentioned = activity.text or "", False
    for entity in activity.entities or ():
        if isinstance(entity, MentionEntity):
            is_own = entity.mentioned.id == activity.recipient.id
            is_mentioned = is_mentioned or is_own
            named = entity.text or f"<at>{entity.mentioned.name}</at>"
            text = text.replace(named, "" if is_own else SOMEBODY)
    text = AT.sub(SOMEBODY, text)
    return ENTITY.sub(lambda found: ENTITIES[found[0]], OTHER_AT.sub("", text)).strip(), is_mentioned


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""

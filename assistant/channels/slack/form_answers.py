"""What somebody filled in to leave a question: where the form was opened travels with it, and all is checked."""

import json
from collections.abc import Callable
from typing import Any

from assistant.channels.slack.arrivals import Spot, Workspace, message_of, spot_of_action, text_at
from assistant.enquiries.errors import MessageRefusedError
from assistant.enquiries.follow_ups import CONSENT_WORDING
from assistant.enquiries.form_checks import check_address, check_name
from assistant.enquiries.texts import check_text
from assistant.messaging.arrivals import Arrival, ArrivalKind

CONSENT_MISSING = "Without your agreement nothing can be kept. Please tick this, or close the form."
CONSENT_OUTDATED = (
    "What you agree to has changed since this form was opened. Nothing was kept. Please close it and open it again."
)
CHECKS: dict[str, Callable[[str], str]] = {"question": check_text, "name": check_name, "email": check_address}


def metadata_of(body: dict[str, Any], workspace: Workspace) -> str:
    """What goes with a form that is opened by this button: where the answer belongs. Slack hands it back."""
    spot = spot_of_action(body, workspace)
    return json.dumps({"channel": spot.channel, "thread": spot.thread, "message": message_of(body)})


def find_mistakes(view: dict[str, Any]) -> dict[str, str]:
    """What has to be put right, by block."""
    mistakes = {}
    for name, check in CHECKS.items():
        try:
            check(_typed(view, name))
        except MessageRefusedError as error:
            mistakes[name] = str(error)
    ticked = _ticked(view, "consent")
    if CONSENT_WORDING not in ticked:
        mistakes["consent"] = CONSENT_OUTDATED if ticked else CONSENT_MISSING
    return mistakes


def from_form(body: dict[str, Any], workspace: Workspace) -> Arrival | None:
    """Somebody left a question. What they typed has been checked."""
    view, user = body.get("view", {}), text_at(body, "user", "id")
    try:
        opened = json.loads(text_at(view, "private_metadata") or "{}")
    except ValueError:
        opened = {}
    if not user:
        return None
    spot = Spot(workspace, text_at(opened, "channel"), text_at(opened, "thread"), user)
    content: dict[str, Any] = {name: _typed(view, name) for name in CHECKS}
    content |= {"keep_words": bool(_ticked(view, "keep_words")), "message": text_at(opened, "message")}
    return spot.arrival(f"form:{text_at(view, 'id')}:{text_at(view, 'hash')}", ArrivalKind.FORM, content)


def _typed(view: dict[str, Any], block: str) -> str:
    return text_at(view, "state", "values", block, "value", "value")


def _ticked(view: dict[str, Any], block: str) -> list[str]:
    """The values of what is ticked; of the consent, the version of the wording that was shown."""
    found: Any = view
    for name in ("state", "values", block, "value", "selected_options"):
        found = found.get(name) if isinstance(found, dict) else None
    return [text_at(each, "value") for each in found] if isinstance(found, list) else []

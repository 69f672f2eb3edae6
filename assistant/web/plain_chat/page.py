"""Draw the pages. Whatever a member or the catalogue says is shown as text, never as markup."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from assistant.enquiries.outcomes import Outcome
from assistant.matching.cleaning import clean
from assistant.showing.page_parts import REPLY_TEMPLATES, add_reply_parts
from assistant.tokens import new_token
from assistant.web.plain_chat.cookie import read_held
from assistant.web.plain_chat.failures import Failure
from assistant.web.withdrawal import POLICY

PRIVACY_QUESTION = "What happens to what I write?"
TOO_LARGE, TO_BE_MENDED = 413, 422  # statuses that say that what was sent has to be another
# A wrong moment to ask whether the answer was useful.
NOT_JUDGED = frozenset({Outcome.HANDOFF, Outcome.CRISIS, Outcome.DISCLOSURE, Outcome.ABUSE, Outcome.SMALLTALK})
# With no referrer at all, browsers say of our own forms as of others' that they come from the origin "null".
REFERRERS = "same-origin"

Entry = dict[str, Any]


@dataclass(frozen=True)
class Box:
    """What stands over the box, and how a browser may fill it. One line is enough for a name."""

    label: str
    hint: str
    autocomplete: str = "off"
    input_mode: str = "text"
    has_one_line: bool = True


STORED = "It is stored encrypted, apart from your question."
QUESTION = Box(
    "Your question",
    "Please do not include names or personal details, your own or anybody else's. Up to 1,000 characters.",
    has_one_line=False,
)
STEPS = {
    "name": Box("Your name", STORED, "name"),
    "email": Box("Your e-mail address", STORED, "email", "email"),
    "consent": Box("Yes or no", "Say whether we may keep your details to answer you."),
}


TEMPLATES = Environment(
    loader=ChoiceLoader([PackageLoader("assistant.web"), REPLY_TEMPLATES]),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
add_reply_parts(TEMPLATES)
TEMPLATES.globals.update(not_judged=NOT_JUDGED, privacy=PRIVACY_QUESTION)


def draw_chat(
    request: Request,
    entries: Sequence[Entry],
    failure: Failure | None = None,
    typed: Mapping[str, str] | None = None,
    note: str = "",
) -> HTMLResponse:
    """The conversation with its box. `typed` is what was sent and could not be taken; `note` says what was done."""
    expects = next((entry["expects"] for entry in reversed(entries) if entry["from"] == "assistant"), None)
    typed = typed or {}
    return draw(
        request,
        "page",
        failure,
        typed.get("key"),
        errors={"text": failure.message} if failure and _is_about_text(failure, typed) else {},
        entries=entries,
        is_begun=bool(entries) or _is_held(request, failure),
        box=STEPS.get(expects or "", QUESTION),
        text=clean(typed.get("text", "")),
        note=note,
    )


def _is_about_text(failure: Failure, typed: Mapping[str, str]) -> bool:
    """Whether the box has to be filled in another way: what is wrong with a button pressed is not its fault."""
    was_written = "text" in typed and not typed.get("choice")
    return failure.status == TOO_LARGE or (failure.status == TO_BE_MENDED and was_written)


def _is_held(request: Request, failure: Failure | None) -> bool:
    """Whether the browser has a conversation, though perhaps it cannot be shown just now."""
    return read_held(request) is not None and not (failure and failure.is_gone)


def draw(
    request: Request, name: str, failure: Failure | None = None, key: str | None = None, **values: Any
) -> HTMLResponse:
    """A page by the name of its template. Each has a key of its own, by which a form sent twice is recognised.

    A page about a failure keeps the key of the form that failed, so that what was cut off is taken up again.
    """
    template = TEMPLATES.get_template(f"chat/{name}.html.j2")
    page = template.render(settings=request.app.state.settings, failure=failure, key=key or new_token(), **values)
    headers = {
        **(failure.headers if failure else {}),
        "Content-Security-Policy": POLICY,
        "Referrer-Policy": REFERRERS,
    }
    return HTMLResponse(page, failure.status if failure else 200, headers)

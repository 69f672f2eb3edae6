"""Draw the pages. Whatever a member or the catalogue says is shown as text, never as markup."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.enquiries.outcomes import Outcome
from assistant.matching.cleaning import clean
from assistant.tokens import new_token
from assistant.web.plain_chat.failures import Failure
from assistant.web.plain_chat.words import cards, dialled, linked, month, texts_beside_cards
from assistant.web.withdrawal import POLICY

PRIVACY_QUESTION = "What happens to what I write?"
MANY_OFFERS = 3  # more cards than this are shown folded
TIERS = {"current": "Current support", "enhanced": "Enhanced support"}
TO_BE_MENDED = (413, 422)  # statuses that say that the box is to be filled in another way
# A wrong moment to ask whether the answer was useful.
NOT_JUDGED = frozenset({Outcome.HANDOFF, Outcome.CRISIS, Outcome.DISCLOSURE, Outcome.ABUSE, Outcome.SMALLTALK})
# What a page says about what was just done, by the `note` in its address.
NOTES = {
    "useful": "Thank you for telling us.",
    "not-useful": "Thank you for telling us. You can ask again in other words, or leave a question for a person.",
    "restarted": "You have started again. Your next question begins a new conversation.",
    "erased": "Your conversation is erased.",
}

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
    loader=PackageLoader("assistant.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.filters.update(month=month, dialled=dialled, linked=linked)
TEMPLATES.globals.update(
    many_offers=MANY_OFFERS,
    tiers=TIERS,
    not_judged=NOT_JUDGED,
    privacy=PRIVACY_QUESTION,
    texts_beside_cards=texts_beside_cards,
    cards=cards,
)


def draw_chat(
    request: Request,
    entries: Sequence[Entry],
    failure: Failure | None = None,
    typed: Mapping[str, str] | None = None,
    note: str = "",
) -> HTMLResponse:
    """The conversation with its box. `typed` is what was sent and could not be taken; `note` is a key of NOTES."""
    expects = next((entry["expects"] for entry in reversed(entries) if entry["from"] == "assistant"), None)
    typed = typed or {}
    return draw(
        request,
        "page",
        failure,
        typed.get("key"),
        errors={"text": failure.message} if failure and failure.status in TO_BE_MENDED else {},
        entries=entries,
        box=STEPS.get(expects or "", QUESTION),
        text=clean(typed.get("text", "")),
        note=NOTES.get(note, ""),
    )


def draw(
    request: Request, name: str, failure: Failure | None = None, key: str | None = None, **values: Any
) -> HTMLResponse:
    """A page by the name of its template. Each has a key of its own, by which a form sent twice is recognised.

    A page about a failure keeps the key of the form that failed, so that what was cut off is taken up again.
    """
    template = TEMPLATES.get_template(f"chat/{name}.html.j2")
    page = template.render(settings=request.app.state.settings, failure=failure, key=key or new_token(), **values)
    headers = {**(failure.headers if failure else {}), "Content-Security-Policy": POLICY}
    return HTMLResponse(page, failure.status if failure else 200, headers)

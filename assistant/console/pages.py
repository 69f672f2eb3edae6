"""Draw the console's pages. Whatever a member, the catalogue or staff wrote is shown as text, never as markup."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup

from assistant.console.cookies import keep_visit, leave_note, read_note, read_visit, take_note
from assistant.db.base import LONDON, now
from assistant.showing.page_parts import REPLY_TEMPLATES, add_reply_parts
from assistant.showing.unseen import mark_unseen
from assistant.staff.roles import Permission, may
from assistant.staff.sessions import form_token
from assistant.tokens import new_token

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# Browsers that are told to send no referrer at all send no origin with a form either, and forms without are refused.
HEADERS = {"Content-Security-Policy": POLICY, "Referrer-Policy": "same-origin"}


@dataclass(frozen=True)
class Section:
    """An entry of the navigation, shown to those who may use it."""

    text: str
    href: str
    permission: Permission
    besides: tuple[str, ...] = ()  # other addresses whose pages belong to it


# In the order of a reviewer's day. A section's pages all begin with its address.
SECTIONS: tuple[Section, ...] = (
    Section("Queue", "/staff/queue", Permission.REVIEW, ("/staff/groups",)),
    Section("Examples", "/staff/examples", Permission.REVIEW),
    Section("Models", "/staff/models", Permission.REPORT),
    Section("Catalogue", "/staff/catalogue", Permission.REVIEW),
    Section("Figures", "/staff/figures", Permission.REPORT),
    Section("Channels", "/staff/channels", Permission.REPORT),
    Section("Record", "/staff/record", Permission.AUDIT),
    Section("Staff", "/staff/accounts", Permission.ACCOUNTS),
)

TEMPLATES = Environment(
    loader=ChoiceLoader([PackageLoader("assistant.console"), PackageLoader("nhsuk_frontend_jinja"), REPLY_TEMPLATES]),
    autoescape=True,
    undefined=ChainableUndefined,  # what the components of nhsuk-frontend expect
    trim_blocks=True,
    lstrip_blocks=True,
)


def draw(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The page of this template, with whoever uses it and what was done on the page before."""
    signed_in = getattr(request.state, "signed_in", None)
    whole = signed_in if signed_in is not None and signed_in.is_complete else None
    secret = signed_in.secret if signed_in else read_visit(request) or new_token()
    page = TEMPLATES.get_template(template).render(
        signed_in=whole,
        sections=_sections_for(request, whole.staff.role if whole else None),
        note=read_note(request),
        form_token=lambda: _hidden_token(form_token(secret)),
        **values,
    )
    response = HTMLResponse(page, status, HEADERS)
    take_note(request, response)
    if not signed_in and secret != read_visit(request):
        keep_visit(response, secret)
    return response


def go_to(path: str, note: str = "") -> RedirectResponse:
    """Send the browser to another page of ours, which says what was done."""
    response = RedirectResponse(path, 303)
    if note:
        leave_note(response, note)
    return response


def _sections_for(request: Request, role: str | None) -> Sequence[dict[str, Any]]:
    return [
        {
            "text": section.text,
            "href": section.href,
            "current": request.scope["path"].startswith((section.href, *section.besides)),
            "exact": request.scope["path"] == section.href,
        }
        for section in SECTIONS
        if role is not None and may(role, section.permission)
    ]


def _hidden_token(token: str) -> Markup:
    """The field that makes a form ours; `{{ form_token() }}` stands in every form that changes something."""
    return Markup('<input type="hidden" name="form_token" value="{}">').format(token)


def written_day(value: date | datetime | None) -> str:
    """A day as people write it, in London: 3 November 2026."""
    if value is None:
        return "never"
    day = value.astimezone(LONDON) if isinstance(value, datetime) else value
    return f"{day.day} {day:%B %Y}"


def written_time(value: datetime | None) -> str:
    """A moment as people write it, in London: 3 November 2026, 14:05."""
    return "never" if value is None else f"{written_day(value)}, {value.astimezone(LONDON):%H:%M}"


def age(value: datetime) -> str:
    """How long ago something was, as people say it."""
    minutes = int((now() - value).total_seconds() // 60)
    for size, unit in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {unit}{'' if count == 1 else 's'} ago"
    return "just now"


def count_of(count: int, one: str, several: str = "") -> str:
    """A number with its noun: 1 asker, 3 askers."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"


add_reply_parts(TEMPLATES)
TEMPLATES.filters.update(day=written_day, time=written_time, age=age, count_of=count_of, marked=mark_unseen)

"""What the pages of signing in share: who comes from where, and where they go next."""

import re
from urllib.parse import quote

from fastapi import Request, Response

from assistant.console.cookies import keep_secret, read_secret
from assistant.console.pages import go_to
from assistant.db.base import now
from assistant.staff.models import Staff
from assistant.staff.signing_in import Step, Visitor, step_of

START = "/staff"
LONGEST_PATH = 1000  # characters, query included; forms carry it
# A path of the console and nothing else: no host, no other scheme, no way up, no page of signing in. What follows the
# question mark is as browsers write the fields of a form, so that a narrowed queue comes back as it was.
OWN_PATH = re.compile(
    r"/staff(?!/(?:sign-|second-factor|set-up))(?:/(?!\.|%2[Ee])[\w.~%-]+)*/?(?:\?[\w.~%&=+*-]*)?", re.ASCII
)
PATHS = {
    Step.NEW_PASSWORD: "/staff/set-up/password",
    Step.SECOND_FACTOR: "/staff/second-factor",
    Step.SET_UP: "/staff/set-up/second-factor",
}


def visitor_of(request: Request) -> Visitor:
    """Who sent this, as far as a stranger is known."""
    return Visitor(read_secret(request), request.client.host if request.client else "unknown", now())


def own_path(path: str) -> str:
    """Where to go after signing in: a page of the console, whatever was asked for."""
    return path if len(path) <= LONGEST_PATH and OWN_PATH.fullmatch(path) else START


def go_on(staff: Staff, secret: str, next: str) -> Response:
    """To the next step, with the secret of the session that it is taken in."""
    response = go_to(f"{PATHS[step_of(staff)]}?next={quote(own_path(next))}")
    keep_secret(response, secret)
    return response


def enter(secret: str, next: str, note: str = "") -> Response:
    """Into the console: they are signed in."""
    response = go_to(own_path(next), note)
    keep_secret(response, secret)
    return response

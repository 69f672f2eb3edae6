"""Who may see which page. A page without a rule cannot be declared, so a new one cannot be left open."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.routing import APIRoute

from assistant.console.cookies import read_secret, read_visit
from assistant.console.failures import draw_failure
from assistant.console.numbers import LARGEST
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from assistant.staff.errors import NotAllowedError, NotSignedInError
from assistant.staff.models import Staff
from assistant.staff.roles import Permission, may
from assistant.staff.sessions import find_session, form_token, is_due_to_note, is_form_token, note_seen

PREFIX = "/staff"
FOREIGN = 403
OWN_SITES = ("same-origin", "none")  # values of Sec-Fetch-Site; none is somebody's own bookmark or typing
SAFE_METHODS = frozenset({"GET", "HEAD"})
FORM_FIELD = "form_token"
NOT_OURS = "This form is out of date or was sent from another website, so nothing was changed. Please try again."


class Stage(Enum):
    """Pages for those who are not signed in yet."""

    STRANGER = "stranger"
    """Anybody."""
    HALF_SIGNED_IN = "half_signed_in"
    """Who gave their password, and has a second factor to give or to set up."""


Rule = Permission | Stage
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


def allowed(rule: Rule) -> Callable[[Endpoint], Endpoint]:
    """Declare who may use a page; stands under the router's own decorator."""

    def declare(endpoint: Endpoint) -> Endpoint:
        endpoint.__dict__["rule"] = rule
        return endpoint

    return declare


def rule_of(endpoint: Callable[..., Any]) -> Rule:
    """Who may use a page. Raises TypeError when nobody said."""
    rule = getattr(endpoint, "rule", None)
    if not isinstance(rule, Permission | Stage):
        raise TypeError(f"{endpoint.__name__} does not say who may use it: put @allowed(...) under its route.")
    return rule


@dataclass(frozen=True)
class SignedIn:
    """Whoever uses the page, and what makes a form of theirs their own.

    Before `is_complete` they gave their password, and something is still missing.
    """

    staff: Staff
    secret: str
    is_complete: bool = True

    @property
    def form_token(self) -> str:
        """What their forms carry."""
        return form_token(self.secret)


class ConsoleRoute(APIRoute):
    """Lets through only whom the page's rule allows, refuses forms that are not ours, and makes pages of errors."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        self.rule = rule_of(endpoint)
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler with guards before it."""
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            request.state.signed_in = None
            try:
                await self._admit(request)
                return await handle(request)
            except Exception as error:
                return draw_failure(request, error)

        return guarded

    async def _admit(self, request: Request) -> None:
        _refuse_other_sites(request)
        if self.rule is Stage.STRANGER:
            await _refuse_other_forms(request, read_visit(request))
            return
        signed_in = await asyncio.to_thread(_find_signed_in, request, is_complete=self.rule is not Stage.HALF_SIGNED_IN)
        request.state.signed_in = signed_in
        if isinstance(self.rule, Permission) and not may(signed_in.staff.role, self.rule):
            raise NotAllowedError
        _refuse_large_numbers(request)
        await _refuse_other_forms(request, signed_in.secret)


def console_router() -> APIRouter:
    """A router for some pages of the console."""
    return APIRouter(prefix=PREFIX, route_class=ConsoleRoute, include_in_schema=False)


def _refuse_other_sites(request: Request) -> None:
    """Another site's page must not send anything here; the cookie, which stays with us, keeps most of them out."""
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    is_own_origin = origin is None or origin.partition("://")[2] == request.headers.get("host")
    if site not in (None, *OWN_SITES) or not is_own_origin:
        raise HTTPException(FOREIGN, NOT_OURS)


def _refuse_large_numbers(request: Request) -> None:
    """A number that no column holds is nothing's. SQLite and PostgreSQL would each fail over it in a way of its own."""
    for value in request.path_params.values():
        digits = value.lstrip("-")
        if digits.isdecimal() and (len(digits) > len(str(LARGEST)) or int(digits) > LARGEST):
            raise HTTPException(404, "There is no such page. The address may be mistyped.")


async def _refuse_other_forms(request: Request, secret: str) -> None:
    """A form has to carry what only a page of ours for this browser holds. Without that, another site could sign
    somebody in with an account of its own, and see what they do there.
    """
    if request.method in SAFE_METHODS:
        return
    sent = (await request.form()).get(FORM_FIELD)
    if not secret or not isinstance(sent, str) or not is_form_token(sent, secret):
        raise HTTPException(FOREIGN, NOT_OURS)


def _find_signed_in(request: Request, *, is_complete: bool) -> SignedIn:
    secret, moment = read_secret(request), now()
    database = get_desk(request).database
    with database.read() as session:
        found = find_session(session, secret, moment)
    if found.is_complete != is_complete:
        raise NotSignedInError
    if is_due_to_note(found, moment):
        with database.write() as session:
            note_seen(session, secret, moment)
    return SignedIn(found.staff, secret, found.is_complete)


def get_desk(request: Request) -> EnquiryDesk:
    """FastAPI dependency: the desk. Raises HTTPException while there is none yet."""
    desk: EnquiryDesk | None = request.app.state.desk
    if desk is None:
        raise HTTPException(503, "The assistant is starting. Please try again in a minute.")
    return desk


def get_database(request: Request) -> Database:
    """FastAPI dependency: the database."""
    return get_desk(request).database


def get_signed_in(request: Request) -> SignedIn:
    """FastAPI dependency: whoever uses the page."""
    signed_in: SignedIn | None = request.state.signed_in
    if signed_in is None:
        raise NotSignedInError
    return signed_in


Desk = Annotated[EnquiryDesk, Depends(get_desk)]
Data = Annotated[Database, Depends(get_database)]
Who = Annotated[SignedIn, Depends(get_signed_in)]

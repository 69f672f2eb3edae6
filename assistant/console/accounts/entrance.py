"""Sign in with password and second factor; sign out."""

import asyncio
from typing import Annotated

from fastapi import Form, Request, Response

from assistant.console.access import Data, Desk, Stage, Who, allowed, console_router
from assistant.console.accounts.visitors import enter, go_on, own_path, visitor_of
from assistant.console.cookies import drop_secret
from assistant.console.pages import draw, go_to
from assistant.staff.errors import SignInRefusedError, TooManyAttemptsError
from assistant.staff.roles import Permission
from assistant.staff.second_factor import count_recovery_codes
from assistant.staff.sessions import find_session
from assistant.staff.signing_in import Step, sign_out, step_of, take_password, take_recovery, take_second_factor

router = console_router()

LONGEST_TYPED = 1000  # characters; more is no password and no address
Typed = Annotated[str, Form(max_length=LONGEST_TYPED)]
REFUSED, TOO_MANY = 422, 429
FEW_CODES = 3  # recovery codes left, from which on their owner is told


@router.get("/sign-in")
@allowed(Stage.STRANGER)
async def show_sign_in(request: Request, next: str = "") -> Response:
    """Ask for e-mail address and password."""
    return _draw_sign_in(request, next)


@router.post("/sign-in")
@allowed(Stage.STRANGER)
async def sign_in(request: Request, desk: Desk, email: Typed = "", password: Typed = "", next: Typed = "") -> Response:
    """Take the password."""
    visitor = visitor_of(request)
    try:
        secret = await asyncio.to_thread(take_password, desk.database, desk.cipher, email, password, visitor)
    except TooManyAttemptsError as error:
        return _draw_sign_in(request, next, TOO_MANY, email, {"email": str(error)})
    except SignInRefusedError as error:
        return _draw_sign_in(request, next, REFUSED, email, {"email": str(error)})
    with desk.database.read() as session:
        return go_on(find_session(session, secret, visitor.moment).staff, secret, next)


@router.get("/second-factor")
@allowed(Stage.HALF_SIGNED_IN)
async def show_second_factor(request: Request, who: Who, next: str = "") -> Response:
    """Ask for a code."""
    if step_of(who.staff) is not Step.SECOND_FACTOR:
        return go_on(who.staff, who.secret, next)
    return _draw_second_factor(request, next)


@router.post("/second-factor")
@allowed(Stage.HALF_SIGNED_IN)
async def give_second_factor(
    request: Request, who: Who, desk: Desk, code: Typed = "", recovery: Typed = "", next: Typed = ""
) -> Response:
    """Take the code, or a recovery code."""
    if step_of(who.staff) is not Step.SECOND_FACTOR:
        return go_on(who.staff, who.secret, next)
    take, given, field = (take_recovery, recovery, "recovery") if recovery else (take_second_factor, code, "code")
    try:
        secret = await asyncio.to_thread(take, desk.database, desk.cipher, who.staff, given, visitor_of(request))
    except TooManyAttemptsError as error:
        return _draw_second_factor(request, next, TOO_MANY, {field: str(error)})
    except SignInRefusedError as error:
        return _draw_second_factor(request, next, REFUSED, {field: str(error)})
    with desk.database.read() as session:
        left = count_recovery_codes(session, who.staff)
    few = f"Recovery codes left: {left}. Make new ones under your account." if left <= FEW_CODES else ""
    return enter(secret, next, few)


@router.post("/sign-out")
@allowed(Permission.OWN_ACCOUNT)
async def leave(who: Who, database: Data) -> Response:
    """Sign out."""
    await asyncio.to_thread(sign_out, database, who.staff, who.secret)
    response = go_to("/staff/sign-in", "You are signed out.")
    drop_secret(response)
    return response


def _draw_sign_in(
    request: Request, next: str, status: int = 200, email: str = "", errors: dict[str, str] | None = None
) -> Response:
    return draw(
        request,
        "accounts/sign_in.html.jinja",
        status,
        next=own_path(next),
        email=email,
        errors=errors,
        has_provider=request.app.state.provider is not None,
    )


def _draw_second_factor(
    request: Request, next: str, status: int = 200, errors: dict[str, str] | None = None
) -> Response:
    return draw(request, "accounts/second_factor.html.jinja", status, next=own_path(next), errors=errors)

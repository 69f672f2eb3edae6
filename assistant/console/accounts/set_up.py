"""The first time: change the password that was made for somebody, set up the second factor, keep recovery codes."""

import asyncio

from fastapi import Request, Response
from markupsafe import Markup
from sqlalchemy.orm import Session

from assistant.console.access import Desk, Stage, Who, allowed, console_router
from assistant.console.accounts.entrance import REFUSED, Typed
from assistant.console.accounts.visitors import go_on, own_path, visitor_of
from assistant.console.cookies import keep_secret
from assistant.console.pages import draw
from assistant.enquiries.encryption import Cipher
from assistant.staff.accounts import set_own_password
from assistant.staff.errors import PasswordRefusedError
from assistant.staff.models import Staff
from assistant.staff.passwords import check_password, hash_password, is_password
from assistant.staff.second_factor import make_recovery_codes, offered_secret, picture_of, set_second_factor
from assistant.staff.sessions import begin_session
from assistant.staff.signing_in import WRONG_CODE, Step, Visitor, complete_sign_in, step_of

router = console_router()

NOT_THE_SAME = "The two passwords are not the same."
THE_OLD_ONE = "Choose another password than the one you were given."


@router.get("/set-up/password")
@allowed(Stage.HALF_SIGNED_IN)
async def show_new_password(request: Request, who: Who, next: str = "") -> Response:
    """Ask for a password of their own."""
    if step_of(who.staff) is not Step.NEW_PASSWORD:
        return go_on(who.staff, who.secret, next)
    return _draw_password(request, next)


@router.post("/set-up/password")
@allowed(Stage.HALF_SIGNED_IN)
async def set_password(
    request: Request, who: Who, desk: Desk, password: Typed = "", again: Typed = "", next: Typed = ""
) -> Response:
    """Take it."""
    if step_of(who.staff) is not Step.NEW_PASSWORD:
        return go_on(who.staff, who.secret, next)

    def work() -> tuple[Staff, str]:
        if is_password(password, who.staff.password_hash):
            raise PasswordRefusedError(THE_OLD_ONE)
        password_hash = hash_new_password(who.staff, password, again)
        with desk.database.write() as session:
            staff = session.get_one(Staff, who.staff.id)
            set_own_password(session, staff, password_hash)
            return staff, begin_session(session, staff, visitor_of(request).moment, is_complete=False)

    try:
        staff, secret = await asyncio.to_thread(work)
    except PasswordRefusedError as error:
        return _draw_password(request, next, {"password": str(error)})
    return go_on(staff, secret, next)


@router.get("/set-up/second-factor")
@allowed(Stage.HALF_SIGNED_IN)
async def show_set_up(request: Request, who: Who, next: str = "") -> Response:
    """Offer a secret to an authenticator app."""
    if step_of(who.staff) is not Step.SET_UP:
        return go_on(who.staff, who.secret, next)
    return draw_offer(request, who.staff, who.secret, "accounts/set_up.html.jinja", next=own_path(next))


@router.post("/set-up/second-factor")
@allowed(Stage.HALF_SIGNED_IN)
async def set_up(request: Request, who: Who, desk: Desk, code: Typed = "", next: Typed = "") -> Response:
    """Take it, once a code shows that the app has it. They are signed in, and see their recovery codes once."""
    if step_of(who.staff) is not Step.SET_UP:
        return go_on(who.staff, who.secret, next)
    visitor = visitor_of(request)

    def work() -> tuple[str, list[str]] | None:
        with desk.database.write() as session:
            staff = session.get_one(Staff, who.staff.id)
            codes = take_offer(session, staff, who.secret, code, visitor, desk.cipher)
            if codes is None:
                return None
            return complete_sign_in(session, desk.cipher, staff, visitor, "new second factor"), codes

    done = await asyncio.to_thread(work)
    if done is None:
        template, errors = "accounts/set_up.html.jinja", {"code": WRONG_CODE}
        return draw_offer(request, who.staff, who.secret, template, REFUSED, errors, next=own_path(next))
    return draw_recovery_codes(request, *done, next=own_path(next))


def hash_new_password(staff: Staff, password: str, again: str) -> str:
    """What is kept of a new password. Raises PasswordRefusedError when it will not do."""
    if password != again:
        raise PasswordRefusedError(NOT_THE_SAME)
    check_password(password, staff.name, staff.email)
    return hash_password(password)


def take_offer(
    session: Session, staff: Staff, secret: str, code: str, visitor: Visitor, cipher: Cipher
) -> list[str] | None:
    """Make what this session was offered the second factor; returns new recovery codes, or None for a wrong code."""
    if not set_second_factor(staff, offered_secret(secret), code, visitor.moment, cipher):
        return None
    return make_recovery_codes(session, staff)


def draw_offer(
    request: Request,
    staff: Staff,
    secret: str,
    template: str,
    status: int = 200,
    errors: dict[str, str] | None = None,
    **values: str,
) -> Response:
    """A page with the secret that this session is offered, as a picture and in letters."""
    offered = offered_secret(secret)
    picture = Markup(picture_of(offered, staff.email))
    groups = " ".join(offered[start : start + 4] for start in range(0, len(offered), 4))
    return draw(request, template, status, picture=picture, key=groups, errors=errors, **values)


def draw_recovery_codes(request: Request, secret: str, codes: list[str], next: str) -> Response:
    """Show new recovery codes, this once, to somebody whose session has this secret now."""
    response = draw(request, "accounts/recovery_codes.html.jinja", codes=codes, next=next)
    keep_secret(response, secret)
    return response


def _draw_password(request: Request, next: str, errors: dict[str, str] | None = None) -> Response:
    template, status = "accounts/new_password.html.jinja", REFUSED if errors else 200
    return draw(request, template, status, next=own_path(next), errors=errors)

"""The own account: password, second factor, recovery codes. Each change asks for the current password."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from fastapi import Request, Response
from sqlalchemy.orm import Session

from assistant.console.access import Data, Desk, SignedIn, Who, allowed, console_router
from assistant.console.accounts.entrance import REFUSED, TOO_MANY, Typed
from assistant.console.accounts.set_up import draw_offer, draw_recovery_codes, hash_new_password, take_offer
from assistant.console.accounts.visitors import enter, visitor_of
from assistant.console.pages import draw
from assistant.enquiries.desk import EnquiryDesk
from assistant.messaging.identities import list_identities
from assistant.staff.accounts import set_own_password
from assistant.staff.audit import Act, record
from assistant.staff.errors import PasswordRefusedError, SignInRefusedError, TooManyAttemptsError
from assistant.staff.models import Staff
from assistant.staff.roles import Permission
from assistant.staff.second_factor import count_recovery_codes, make_recovery_codes
from assistant.staff.sessions import begin_session, end_sessions_of
from assistant.staff.signing_in import WRONG_CODE, check_current_password

router = console_router()

ACCOUNT = "/staff/account"
PASSWORD, SECOND_FACTOR, CODES = (
    f"accounts/{name}.html.jinja" for name in ("change_password", "replace_second_factor", "new_recovery_codes")
)
T = TypeVar("T")


@router.get("/account")
@allowed(Permission.OWN_ACCOUNT)
async def show_account(request: Request, who: Who, database: Data) -> Response:
    """Who they are here, and what they may change."""
    with database.read() as session:
        left = count_recovery_codes(session, who.staff)
        links = len(list_identities(session, who.staff.id))
    return draw(request, "accounts/account.html.jinja", staff=who.staff, codes_left=left, links=links)


@router.get("/account/password")
@allowed(Permission.OWN_ACCOUNT)
async def show_change_password(request: Request, who: Who) -> Response:
    """Ask for the old password and a new one."""
    return draw(request, PASSWORD)


@router.post("/account/password")
@allowed(Permission.OWN_ACCOUNT)
async def change_password(
    request: Request, who: Who, desk: Desk, current: Typed = "", password: Typed = "", again: Typed = ""
) -> Response:
    """Change the password. They stay signed in here and are signed out everywhere else."""

    def prepare() -> str:
        return hash_new_password(who.staff, password, again)

    def work(session: Session, staff: Staff, password_hash: str) -> None:
        set_own_password(session, staff, password_hash)

    try:
        secret, _ = await asyncio.to_thread(_change, request, who, desk, current, work, prepare)
    except (SignInRefusedError, TooManyAttemptsError) as error:
        return draw(request, PASSWORD, _status(error), errors={"current": str(error)})
    except PasswordRefusedError as error:
        return draw(request, PASSWORD, REFUSED, errors={"password": str(error)})
    return enter(secret, ACCOUNT, "Your password is changed. Other browsers were signed out.")


@router.get("/account/second-factor")
@allowed(Permission.OWN_ACCOUNT)
async def show_replace_second_factor(request: Request, who: Who) -> Response:
    """Offer another secret to an authenticator app; the old one stays until a code of the new one is given."""
    return draw_offer(request, who.staff, who.secret, SECOND_FACTOR)


@router.post("/account/second-factor")
@allowed(Permission.OWN_ACCOUNT)
async def replace_second_factor(
    request: Request, who: Who, desk: Desk, current: Typed = "", code: Typed = ""
) -> Response:
    """Take the new one, and show new recovery codes."""

    def work(session: Session, staff: Staff, _: None) -> list[str]:
        codes = take_offer(session, staff, who.secret, code, visitor_of(request), desk.cipher)
        if codes is None:
            raise PasswordRefusedError(WRONG_CODE)
        _note(session, staff, "second factor")
        return codes

    try:
        secret, codes = await asyncio.to_thread(_change, request, who, desk, current, work, _nothing)
    except (SignInRefusedError, TooManyAttemptsError) as error:
        errors = {"current": str(error)}
        return draw_offer(request, who.staff, who.secret, SECOND_FACTOR, _status(error), errors)
    except PasswordRefusedError as error:
        return draw_offer(request, who.staff, who.secret, SECOND_FACTOR, REFUSED, {"code": str(error)})
    return draw_recovery_codes(request, secret, codes, next=ACCOUNT)


@router.get("/account/recovery-codes")
@allowed(Permission.OWN_ACCOUNT)
async def show_new_recovery_codes(request: Request, who: Who) -> Response:
    """Ask for the password before new recovery codes are made."""
    return draw(request, CODES)


@router.post("/account/recovery-codes")
@allowed(Permission.OWN_ACCOUNT)
async def new_recovery_codes(request: Request, who: Who, desk: Desk, current: Typed = "") -> Response:
    """Make new ones and show them; the old ones are worth nothing."""

    def work(session: Session, staff: Staff, _: None) -> list[str]:
        _note(session, staff, "recovery codes")
        return make_recovery_codes(session, staff)

    try:
        secret, codes = await asyncio.to_thread(_change, request, who, desk, current, work, _nothing)
    except (SignInRefusedError, TooManyAttemptsError) as error:
        return draw(request, CODES, _status(error), errors={"current": str(error)})
    return draw_recovery_codes(request, secret, codes, next=ACCOUNT)


P = TypeVar("P")


def _change(
    request: Request,
    who: SignedIn,
    desk: EnquiryDesk,
    current: str,
    work: Callable[[Session, Staff, P], T],
    prepare: Callable[[], P],
) -> tuple[str, T]:
    """Have them prove the current password, do it, and give this browser a session with a new secret: others end."""
    visitor = visitor_of(request)
    check_current_password(desk.database, desk.cipher, who.staff, current, visitor)
    prepared = prepare()
    with desk.database.write() as session:
        staff = session.get_one(Staff, who.staff.id)
        done = work(session, staff, prepared)
        end_sessions_of(session, staff.id)
        return begin_session(session, staff, visitor.moment, is_complete=True), done


def _nothing() -> None:
    """Nothing needs preparing."""


def _note(session: Session, staff: Staff, what: str) -> None:
    record(session, Act.ACCOUNT_CHANGED, staff.id, f"staff:{staff.id}", {"change": what})


def _status(error: Exception) -> int:
    return TOO_MANY if isinstance(error, TooManyAttemptsError) else REFUSED

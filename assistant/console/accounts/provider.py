"""Sign in with the organisation's own provider: there and back again."""

import asyncio
import hmac

from fastapi import HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from assistant.console.access import Desk, Stage, allowed, console_router
from assistant.console.accounts.visitors import own_path, visitor_of
from assistant.console.cookies import LONGEST_ERRAND, drop_errand, keep_errand, keep_secret, read_errand
from assistant.console.failures import draw_failure
from assistant.console.pages import draw
from assistant.db.base import now
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.errors import ContactKeyError
from assistant.staff.errors import ProviderRefusedError
from assistant.staff.provider import Identity, Provider
from assistant.staff.provider_accounts import find_staff_of
from assistant.staff.signing_in import complete_sign_in, record_failure

router = console_router()

CALLBACK = "/staff/sign-in/provider/callback"


@router.get("/sign-in/provider")
@allowed(Stage.STRANGER)
async def go_there(request: Request, desk: Desk, next: str = "") -> Response:
    """Send the browser to the provider. A link and no form: the page's policy lets forms go to ourselves only."""
    errand = await _provider(request).begin(_redirect_address(request))
    kept = {"state": errand.state, "nonce": errand.nonce, "verifier": errand.verifier, "next": own_path(next)}
    response = RedirectResponse(errand.url, 303)
    keep_errand(response, desk.cipher.encrypt({**kept, "at": str(now().timestamp())}).decode())
    return response


@router.get("/sign-in/provider/callback")
@allowed(Stage.STRANGER)
async def come_back(
    request: Request, desk: Desk, code: str = "", state: str = "", iss: str = "", error: str = ""
) -> Response:
    """Take what the provider says, and sign in whom it means."""
    provider = _provider(request)
    try:
        errand = _open_errand(read_errand(request), desk.cipher)
        if not hmac.compare_digest(errand["state"].encode(), state.encode("utf-8", "replace")):
            raise ProviderRefusedError("state")
        if iss and iss != provider.issuer:  # RFC 9207: the answer of another provider
            raise ProviderRefusedError("issuer of the answer")
        if error or not code:
            raise ProviderRefusedError("no code")
        address = _redirect_address(request)
        identity = await provider.identify(address, code, errand["nonce"], errand["verifier"])
        secret = await asyncio.to_thread(_sign_in, request, desk, identity)
    except ProviderRefusedError as refused:
        await asyncio.to_thread(_record, desk, refused)
        response = draw_failure(request, refused)
    else:
        # A page and no redirect: while other sites are in the chain, browsers hold `SameSite=Strict` cookies back.
        response = draw(request, "accounts/signed_in.html.jinja", next=own_path(errand["next"]))
        keep_secret(response, secret)
    drop_errand(response)
    return response


def _sign_in(request: Request, desk: EnquiryDesk, identity: Identity) -> str:
    with desk.database.write() as session:
        staff = find_staff_of(session, identity)
        return complete_sign_in(session, desk.cipher, staff, visitor_of(request), "provider")


def _record(desk: EnquiryDesk, refused: ProviderRefusedError) -> None:
    with desk.database.write() as session:
        record_failure(session, None, {"step": "provider", "reason": refused.reason})


def _open_errand(sealed: str, cipher: Cipher) -> dict[str, str]:
    try:
        errand = cipher.decrypt(sealed.encode("utf-8", "replace"))
    except ContactKeyError:
        raise ProviderRefusedError("no errand") from None
    if not isinstance(errand, dict) or "at" not in errand or now().timestamp() - float(errand["at"]) > LONGEST_ERRAND:
        raise ProviderRefusedError("late errand")
    return errand


def _provider(request: Request) -> Provider:
    provider: Provider | None = request.app.state.provider
    if provider is None:
        raise HTTPException(404, "This console is not connected to an organisation's sign-in service.")
    return provider


def _redirect_address(request: Request) -> str:
    """Where the provider sends the browser back to; it compares this with what was registered there."""
    return str(request.app.state.settings.public_url).rstrip("/") + CALLBACK

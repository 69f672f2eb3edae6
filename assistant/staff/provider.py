"""Sign in with the organisation's own provider, by OpenID Connect: code flow with PKCE, state and nonce (Authlib).

What the provider says is believed only in an id token that it signed, for us, for this very sign-in, a moment ago.
"""

import hashlib
import warnings
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client.async_app import AsyncOAuth2Mixin
from authlib.integrations.base_client.async_openid import AsyncOpenIDMixin
from authlib.integrations.base_client.sync_app import BaseApp
from joserfc.errors import JoseError

from assistant.errors import SettingError
from assistant.settings import Settings
from assistant.staff.errors import ProviderRefusedError, ProviderUnavailableError
from assistant.staff.roles import Role

# It would rather use httpx2, and has that printed at each start. Recorded, because it puts its own filter first.
with warnings.catch_warnings(record=True):
    from authlib.integrations.httpx_client import AsyncOAuth2Client

DISCOVERY = "/.well-known/openid-configuration"
SCOPE = "openid email profile"
ALGORITHMS = ("RS256", "PS256", "ES256")  # keys of which only the provider has the private half
TIMEOUT = 5.0  # seconds for each of three requests
LEEWAY = 60  # seconds that the provider's clock may differ
YES = (True, 1, "true", "True", "1")  # Entra ID writes xms_edov in several of these ways


@dataclass(frozen=True)
class Errand:
    """A sign-in under way at the provider: where the browser is sent, and what has to come back with it."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Identity:
    """Whom the provider knows: `subject` never changes, `email` is there only when the provider vouches for it.

    `role` is None where the provider has no say in it.
    """

    subject: str
    email: str | None
    role: Role | None


class _Client(AsyncOAuth2Mixin, AsyncOpenIDMixin, BaseApp):  # type: ignore[misc]
    client_cls = AsyncOAuth2Client


class Provider:
    """The organisation's provider, as the settings name it. Its addresses and keys are asked for when first needed."""

    def __init__(
        self,
        issuer: str,
        client_id: str,
        client_secret: str,
        *,
        email_claim: str = "email",
        verified_claim: str = "email_verified",
        role_claim: str | None = None,
    ) -> None:
        self.issuer = issuer
        self._client_id = client_id
        self._email_claim, self._verified_claim, self._role_claim = email_claim, verified_claim, role_claim
        self._client = _Client(
            None,
            "staff",
            client_id=client_id,
            client_secret=client_secret,
            server_metadata_url=issuer.rstrip("/") + DISCOVERY,
            client_kwargs={"scope": SCOPE, "code_challenge_method": "S256", "timeout": TIMEOUT},
        )

    async def begin(self, redirect_uri: str) -> Errand:
        """Where to send the browser. Raises ProviderUnavailableError."""
        try:
            await self._load_metadata()
            begun = await self._client.create_authorization_url(redirect_uri)
        except (httpx.HTTPError, AuthlibBaseError, RuntimeError, ValueError, AttributeError, TypeError):
            raise ProviderUnavailableError from None
        return Errand(begun["url"], begun["state"], begun["nonce"], begun["code_verifier"])

    async def identify(self, redirect_uri: str, code: str, nonce: str, verifier: str) -> Identity:
        """Whom the code stands for. Raises ProviderRefusedError, ProviderUnavailableError."""
        try:
            await self._load_metadata()
            token = await self._client.fetch_access_token(redirect_uri, code=code, code_verifier=verifier)
            claims = await self._client.parse_id_token(token, nonce, self._expected(), leeway=LEEWAY)
        except httpx.HTTPError:
            raise ProviderUnavailableError from None
        except (AuthlibBaseError, JoseError, ValueError, TypeError, KeyError) as error:
            raise ProviderRefusedError(_reason(error)) from None
        if claims is None:
            raise ProviderRefusedError("no id token")
        return self._identity(claims)

    async def _load_metadata(self) -> None:
        metadata: dict[str, Any] = await self._client.load_server_metadata()
        if metadata.get("issuer") != self.issuer:
            metadata.pop("_loaded_at", None)  # asked again next time
            raise ProviderUnavailableError
        metadata["id_token_signing_alg_values_supported"] = list(ALGORITHMS)

    def _expected(self) -> dict[str, Any]:
        # Authlib itself compares neither the audience nor, unless told, the issuer.
        return {
            "iss": {"essential": True, "values": [self.issuer]},
            "aud": {"essential": True, "values": [self._client_id]},
        }

    def _identity(self, claims: dict[str, Any]) -> Identity:
        subject = hashlib.sha256(f"{self.issuer} {claims['sub']}".encode()).hexdigest()
        email = claims.get(self._email_claim)
        is_verified = claims.get(self._verified_claim) in YES
        return Identity(subject, email if isinstance(email, str) and is_verified else None, self._role(claims))

    def _role(self, claims: dict[str, Any]) -> Role | None:
        if self._role_claim is None:
            return None
        given = claims.get(self._role_claim, [])
        names = {given} if isinstance(given, str) else set(map(str, given)) if isinstance(given, list) else set()
        highest = [role for role in Role if role.value in names]
        if not highest:
            raise ProviderRefusedError("no role")
        return highest[-1]


def open_provider(settings: Settings) -> Provider | None:
    """The provider of the settings, or None when they name none. Raises SettingError when one of them is missing."""
    needed = {
        "ASSISTANT_OIDC_ISSUER": settings.oidc_issuer,
        "ASSISTANT_OIDC_CLIENT_ID": settings.oidc_client_id,
        "ASSISTANT_OIDC_CLIENT_SECRET": settings.oidc_client_secret,
    }
    missing = [name for name, value in needed.items() if not value]
    if len(missing) == len(needed):
        return None
    if not (settings.oidc_issuer and settings.oidc_client_id and settings.oidc_client_secret):
        raise SettingError(f"To sign in with the organisation's provider, set {', '.join(missing)} too.")
    _check_issuer(settings.oidc_issuer)
    if settings.public_url is None:  # whichever host a request names must not be where the provider sends people
        raise SettingError("To sign in with the organisation's provider, set ASSISTANT_PUBLIC_URL too.")
    return Provider(
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret.get_secret_value(),
        email_claim=settings.oidc_email_claim,
        verified_claim=settings.oidc_verified_claim,
        role_claim=settings.oidc_role_claim,
    )


def _check_issuer(issuer: str) -> None:
    parts = urlsplit(issuer)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and parts.hostname and _is_loopback(parts.hostname):
        return
    raise SettingError("ASSISTANT_OIDC_ISSUER must be an address that begins with https://.")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _reason(error: Exception) -> str:
    """The claim that is wrong or missing, or the kind of error: nothing that the provider wrote."""
    claim = getattr(error, "claim", None)
    return f"{type(error).__name__} {claim}" if isinstance(claim, str) else type(error).__name__

"""Whether a request is from Teams: the token that comes with it, checked in full.

Microsoft's rules: learn.microsoft.com, "Authentication with the Bot Connector API", step 4 of connector to bot.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import jwt

from assistant.channels.teams.errors import ActivityRefusedError, TokenRefusedError
from assistant.channels.teams.keys import Keys

ISSUER = "https://api.botframework.com"
ALGORITHM = "RS256"
CHANNEL = "msteams"
SKEW = 300  # seconds that Microsoft's clock may differ from ours
SHORTEST_KEY = 2048  # bits
LONGEST_TOKEN = 8 * 1024  # characters; Microsoft's have about a thousand
BEARER = re.compile(r"Bearer ([\w-]+\.[\w-]+\.[\w-]+)", re.ASCII | re.IGNORECASE)
REQUIRED = ["exp", "iss", "aud", "serviceurl"]


class TokenCheck:
    """Checks tokens that were made out to one registration."""

    def __init__(self, app_id: str, keys: Keys) -> None:
        self._app_id = app_id
        self._keys = keys

    async def check(self, authorizations: Sequence[str]) -> str:
        """The service URL that the one token among these headers vouches for.

        Raises TokenRefusedError, KeysUnavailableError.
        """
        token = _token_of(authorizations)
        key = await self._keys.find(_key_id(token))
        if key is None:
            raise TokenRefusedError("unknown key")
        if CHANNEL not in key.endorsements:
            raise TokenRefusedError("key not endorsed for Teams")
        if key.key.key_size < SHORTEST_KEY:
            raise TokenRefusedError("key too short")
        try:
            claims = jwt.decode(
                token,
                key.key,
                algorithms=[ALGORITHM],
                audience=self._app_id,
                issuer=ISSUER,
                leeway=SKEW,
                options={"require": REQUIRED, "strict_aud": True},
            )
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise TokenRefusedError(type(error).__name__) from None
        service_url = claims["serviceurl"]
        if not isinstance(service_url, str):
            raise TokenRefusedError("no service URL")
        return service_url


def check_activity(activity: Mapping[str, Any], service_url: str, tenant_id: str | None) -> None:
    """Check what the token cannot say without the body: raises ActivityRefusedError.

    `service_url` is the token's; `tenant_id` the only tenant that is answered, None for any.
    """
    if activity.get("channelId") != CHANNEL:
        raise ActivityRefusedError("another channel")
    if activity.get("serviceUrl") != service_url:
        raise ActivityRefusedError("another service URL")
    if tenant_id is not None and tenants_of(activity) != {tenant_id}:
        raise ActivityRefusedError("another tenant")


def tenants_of(activity: Mapping[str, Any]) -> set[str]:
    """Every tenant that the activity names, in either of two places."""
    conversation, channel_data = activity.get("conversation"), activity.get("channelData")
    tenant = channel_data.get("tenant") if isinstance(channel_data, dict) else None
    named = (
        conversation.get("tenantId") if isinstance(conversation, dict) else None,
        tenant.get("id") if isinstance(tenant, dict) else None,
    )
    return {str(each) for each in named if each}


def _token_of(authorizations: Sequence[str]) -> str:
    if len(authorizations) != 1 or len(authorizations[0]) > LONGEST_TOKEN:
        raise TokenRefusedError("no token")
    found = BEARER.fullmatch(authorizations[0])
    if found is None:
        raise TokenRefusedError("no token")
    return found[1]


def _key_id(token: str) -> str:
    """The id of the key, from a header that says what ours must. Nothing in it is proved yet."""
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
        raise TokenRefusedError("unreadable header") from None
    kid = header.get("kid")
    if header.get("alg") != ALGORITHM:
        raise TokenRefusedError("another algorithm")
    if not isinstance(kid, str) or not kid:
        raise TokenRefusedError("no key named")
    if "crit" in header or "b64" in header:
        raise TokenRefusedError("an extension that is not known here")
    return kid

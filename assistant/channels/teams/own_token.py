"""The token that proves to Teams that it is this assistant."""

import asyncio
import logging
from typing import Any

import msal
import requests

from assistant.messaging.errors import PostDelayedError
from assistant.settings import Settings

SCOPES = ["https://api.botframework.com/.default"]
MANY_TENANTS = "botframework.com"  # the tenant of registrations for every tenant
TIMEOUT = 10.0  # seconds for each step of a request

# What it writes at INFO names addresses, and at DEBUG more.
logging.getLogger("msal").setLevel(logging.WARNING)


class OwnToken:
    """Had from Microsoft when it is needed, and kept by msal until it is about to expire."""

    def __init__(self, settings: Settings) -> None:
        """The settings name a registration."""
        self._settings = settings
        self._client: msal.ConfidentialClientApplication | None = None
        self._lock = asyncio.Lock()  # one asks, the others find it kept

    async def get(self) -> str:
        """The token. Raises PostDelayedError."""
        async with self._lock:
            return await asyncio.to_thread(self._acquire)

    async def drop(self) -> None:
        """It was refused: the next is asked for anew."""
        async with self._lock:
            if self._client is not None:
                await asyncio.to_thread(self._client.remove_tokens_for_client)

    def _acquire(self) -> str:
        try:
            self._client = self._client or self._open()
            answer: dict[str, Any] = self._client.acquire_token_for_client(SCOPES)
        except (requests.RequestException, msal.exceptions.MsalError, ValueError) as error:
            raise PostDelayedError(f"LoginUnavailable: {type(error).__name__}", is_away=True) from None
        token = answer.get("access_token")
        if not isinstance(token, str):  # a wrong secret, or one that expired: an operator has to see to it
            raise PostDelayedError("LoginRefused", is_away=True)
        return token

    def _open(self) -> msal.ConfidentialClientApplication:
        secret = self._settings.teams_app_secret
        login = self._settings.teams_login_url
        authority = f"{str(login).rstrip('/')}/{self._settings.teams_tenant_id or MANY_TENANTS}"
        return msal.ConfidentialClientApplication(
            self._settings.teams_app_id,
            client_credential=secret.get_secret_value() if secret else None,
            authority=authority.replace("http://", "https://", 1),
            instance_discovery=False,  # which would ask yet another host
            http_client=_Session(is_plain=login.scheme == "http"),
        )


class _Session(requests.Session):
    """Waits so long and no longer. msal takes https only: within this machine `is_plain` has it without."""

    def __init__(self, *, is_plain: bool) -> None:
        super().__init__()
        self._is_plain = is_plain

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        """As the library's, with a timeout and nowhere else."""
        address = str(url).replace("https://", "http://", 1) if self._is_plain else url
        return super().request(method, address, *args, **{"timeout": TIMEOUT, **kwargs, "allow_redirects": False})

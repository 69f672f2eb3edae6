"""Calls to Teams' connector, through Microsoft's client. Each ends, and says what its end means for a post."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar
from urllib.parse import quote

import httpx
from microsoft_teams.api.activities import ActivityParams
from microsoft_teams.api.clients.conversation import ConversationClient
from microsoft_teams.api.clients.conversation.params import CreateConversationParams
from microsoft_teams.api.models import Account
from microsoft_teams.common import Client, ClientOptions

from assistant.channels.teams.own_token import OwnToken
from assistant.channels.teams.service_urls import is_allowed
from assistant.messaging.errors import PostDelayedError, PostRefusedError
from assistant.settings import Settings

SECONDS = 10.0  # for a whole call
STEP_SECONDS = 5.0  # for each step of it
UNAUTHORIZED, FORBIDDEN, NOT_FOUND, TIMED_OUT, FAULT = 401, 403, 404, 408, 500
NOT_NOW = frozenset({412, 429})  # Microsoft wants both tried again
UNFIT = frozenset({400, 413})
TOO_LARGE = "message size too large"  # in what Teams says of a stream, in lower case
LONGEST_SECONDS = 5  # digits of how long we are asked to wait

# httpx writes whole addresses at INFO, with the ids of conversations; Microsoft's client sets it to its own level.
for _name in ("httpx", "microsoft_teams.common.http.client"):
    logging.getLogger(_name).setLevel(logging.WARNING)

T = TypeVar("T")


class NotThereError(PostRefusedError):
    """Teams knows no such conversation or message."""


class UnfitError(PostRefusedError):
    """Teams does not take what the message holds, or so much of it."""


class ForbiddenError(PostRefusedError):
    """Teams does not let the assistant do that. `reason` is Teams' own, in lower case, and goes into no log."""

    def __init__(self, fault: str, reason: str) -> None:
        super().__init__(fault)
        self.reason = reason


class Connector:
    """Posts to conversations. Nothing goes to an address that is not allowed; the playground gets no token."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._token = None if settings.teams_app_id is None else OwnToken(settings)
        self._http = Client(ClientOptions(timeout=STEP_SECONDS))

    async def post(self, service_url: str, conversation: str, activity: ActivityParams) -> str:
        """Post it; returns its id, empty where Teams gives none. Raises PostRefusedError, PostDelayedError."""
        sent = await self._call(service_url, lambda to: to.create_activity(_in_path(conversation), activity))
        return "" if sent.id == "DO_NOT_USE_PLACEHOLDER_ID" else sent.id

    async def update(self, service_url: str, conversation: str, message: str, activity: ActivityParams) -> None:
        """Put it in the place of an earlier message. Raises PostRefusedError, PostDelayedError."""

        async def put(to: ConversationClient) -> None:
            try:
                await to.update_activity(_in_path(conversation), _in_path(message), activity)
            except KeyError:
                pass  # taken, and answered without the id, which we know

        await self._call(service_url, put)

    async def open_chat(self, service_url: str, tenant: str, user: str) -> str:
        """The chat with one person alone. Raises PostRefusedError, PostDelayedError."""
        params = CreateConversationParams(
            members=[Account(id=user)],
            tenant_id=tenant or None,
            channel_data={"tenant": {"id": tenant}} if tenant else None,
        )

        return (await self._call(service_url, lambda to: to.create(params))).id

    async def close(self) -> None:
        """Give back the connections."""
        await self._http.http.aclose()

    async def _call(self, service_url: str, call: Callable[[ConversationClient], Awaitable[T]]) -> T:
        if not is_allowed(service_url, self._settings):
            raise PostRefusedError("ServiceUrlNotAllowed")
        try:
            return await self._try(service_url, call)
        except _UnauthorizedError:
            pass
        if self._token is not None:
            await self._token.drop()
            try:
                return await self._try(service_url, call)
            except _UnauthorizedError:
                pass
        raise PostDelayedError("Unauthorized", is_away=True)

    async def _try(self, service_url: str, call: Callable[[ConversationClient], Awaitable[T]]) -> T:
        token = None if self._token is None else await self._token.get()
        http = self._http.clone(ClientOptions(token=token), share_http=True)
        try:
            async with asyncio.timeout(SECONDS):
                return await call(ConversationClient(service_url, http))
        except httpx.HTTPStatusError as error:
            raise _meaning_of(error.response) from None
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise PostDelayedError(type(error).__name__, is_away=True) from None
        except (httpx.HTTPError, TimeoutError) as error:
            raise PostDelayedError(type(error).__name__, is_away=True, is_unsure=True) from None
        except ValueError:  # an answer that is none
            raise PostDelayedError("UnreadableAnswer", is_unsure=True) from None


class _UnauthorizedError(Exception):
    """The token was refused."""


def _meaning_of(response: httpx.Response) -> Exception:
    status = response.status_code
    fault = f"Answered{status}"
    if status == UNAUTHORIZED:
        return _UnauthorizedError()
    if status in NOT_NOW:
        return PostDelayedError(fault, retry_after=_seconds(response))
    if status >= FAULT or status == TIMED_OUT:
        return PostDelayedError(fault, retry_after=_seconds(response), is_away=True, is_unsure=True)
    if status == NOT_FOUND:
        return NotThereError(fault)
    if status in UNFIT:
        return UnfitError(fault)
    if status == FORBIDDEN:
        reason = _reason(response)
        return UnfitError(fault) if TOO_LARGE in reason else ForbiddenError(fault, reason)
    return PostRefusedError(fault)


def _reason(response: httpx.Response) -> str:
    try:
        error = response.json()["error"]
        return f"{error.get('code', '')} {error.get('message', '')}".lower()
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""


def _seconds(response: httpx.Response) -> float | None:
    value = response.headers.get("retry-after", "")
    return float(value) if value.isascii() and value.isdigit() and len(value) <= LONGEST_SECONDS else None


def _in_path(name: str) -> str:
    """Ids of Teams as they are; nothing in one can lead to another path."""
    return quote(name, safe=":@;=,!")

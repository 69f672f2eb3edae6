"""Slack's Web API, with the token of whichever workspace is meant."""

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from assistant.channels.slack.installations import Installations
from assistant.channels.slack.logs import library_log
from assistant.db.engine import DatabaseUnavailableError
from assistant.enquiries.errors import ContactKeyError
from assistant.messaging.errors import PostDelayedError, PostRefusedError
from assistant.settings import Settings

TIMEOUT = 10  # seconds for one call
NOT_INSTALLED = "not_installed"


class SlackApi:
    """Clients that share their connections. Nothing is tried twice here: that the outbox does."""

    def __init__(self, settings: Settings, installations: Installations) -> None:
        self._settings = settings
        self._installations = installations
        self._session: aiohttp.ClientSession | None = None

    def client(self, token: str | None = None) -> AsyncWebClient:
        """A client. Call it in the event loop."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT))
        return open_client(self._settings, token, self._session)

    async def client_of(self, address: dict[str, str]) -> AsyncWebClient:
        """A client for the workspace of this address. Raises PostRefusedError, PostDelayedError."""
        return self.client(await self._token_of(address))

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def _token_of(self, address: dict[str, str]) -> str:
        if self._settings.slack_bot_token is not None:
            return self._settings.slack_bot_token.get_secret_value()
        enterprise, team = address.get("enterprise") or None, address.get("team") or None
        try:
            bot = await self._installations.async_find_bot(enterprise_id=enterprise, team_id=team)
        except (DatabaseUnavailableError, ContactKeyError) as error:
            raise PostDelayedError(type(error).__name__) from None
        if bot is None:
            raise PostRefusedError(NOT_INSTALLED)
        return str(bot.bot_token)


def open_client(
    settings: Settings, token: str | None = None, session: aiohttp.ClientSession | None = None
) -> AsyncWebClient:
    """A client of the Web API that tries once and logs no words."""
    return AsyncWebClient(
        token=token,
        base_url=str(settings.slack_api_url),
        timeout=TIMEOUT,
        session=session,
        logger=library_log(),
        retry_handlers=[],
    )

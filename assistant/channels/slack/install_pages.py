"""The two pages by which another workspace installs the assistant."""

import aiohttp
from fastapi import APIRouter, Request, Response
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.errors import SlackClientError

from assistant.channels.slack.api import open_client
from assistant.channels.slack.door import PATH
from assistant.channels.slack.installations import Installations, InstallStates
from assistant.channels.slack.logs import library_log
from assistant.settings import Settings

INSTALL, OAUTH = f"{PATH}/install", f"{PATH}/oauth"
# As few as will do. im:history brings direct messages. The histories of channels and of groups are read only in threads
# that the assistant wrote in: whether a message got through whose answer was lost, before it is sent again.
SCOPES = (
    "app_mentions:read",
    "channels:history",
    "chat:write",
    "commands",
    "groups:history",
    "im:history",
    "im:read",
    "im:write",
)


class InstallPages:
    """`install` sends to Slack, `oauth` is where Slack sends back to, with a state that is good once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._flow: AsyncOAuthFlow | None = None
        self.router = APIRouter(include_in_schema=False)
        self.router.add_api_route(INSTALL, self.install, methods=["GET"])
        self.router.add_api_route(OAUTH, self.finish, methods=["GET"])

    def open(self, installations: Installations, states: InstallStates) -> None:
        """Take installations from now on."""
        settings, secret = self._settings, self._settings.slack_client_secret
        base = str(settings.public_url).rstrip("/") if settings.public_url else None
        self._flow = AsyncOAuthFlow(
            client=open_client(settings),
            logger=library_log(),
            settings=AsyncOAuthSettings(
                client_id=settings.slack_client_id,
                client_secret=secret.get_secret_value() if secret else None,
                scopes=SCOPES,
                user_scopes=(),
                redirect_uri=f"{base}{OAUTH}" if base else None,
                install_path=INSTALL,
                redirect_uri_path=OAUTH,
                install_page_rendering_enabled=False,
                installation_store=installations,
                state_store=states,
                logger=library_log(),
            ),
        )

    async def install(self, request: Request) -> Response:
        """On to Slack."""
        if self._flow is None:
            return Response(status_code=503)
        return to_starlette_response(await self._flow.handle_installation(to_async_bolt_request(request, b"")))

    async def finish(self, request: Request) -> Response:
        """Back from Slack: the workspace's token is fetched and kept."""
        if self._flow is None:
            return Response(status_code=503)
        try:
            return to_starlette_response(await self._flow.handle_callback(to_async_bolt_request(request, b"")))
        except (aiohttp.ClientError, TimeoutError, SlackClientError):
            return Response("Slack does not answer at present. Please begin again later.", 503)

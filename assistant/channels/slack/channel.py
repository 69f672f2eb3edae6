"""Slack as one of the channels."""

from fastapi import APIRouter
from slack_bolt.async_app import AsyncApp

from assistant.channels.slack.api import SlackApi
from assistant.channels.slack.courier import SlackCourier
from assistant.channels.slack.door import Door
from assistant.channels.slack.install_pages import InstallPages
from assistant.channels.slack.installations import Installations, InstallStates
from assistant.channels.slack.listeners import Listeners, create_bolt
from assistant.channels.slack.signatures import Signatures
from assistant.channels.slack.socket import hear
from assistant.enquiries.desk import EnquiryDesk
from assistant.messaging.couriers import Courier
from assistant.messaging.inbox import Inbox
from assistant.messaging.models import ChannelName
from assistant.settings import Settings


class SlackChannel:
    """Takes messages of Slack: by signed requests, by Socket Mode, or both."""

    name = ChannelName.SLACK

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._app: AsyncApp | None = None
        self.router = APIRouter()
        secret = settings.slack_signing_secret
        self._door = Door(Signatures(secret.get_secret_value())) if secret else None
        self._pages = InstallPages(settings) if settings.slack_client_id else None
        for part in (self._door, self._pages):
            if part is not None:
                self.router.include_router(part.router)

    def open(self, desk: EnquiryDesk, inbox: Inbox) -> Courier:
        """Take messages from now on."""
        installations = Installations(desk.database, desk.cipher)
        api = SlackApi(self._settings, installations)
        self._app = create_bolt(self._settings, Listeners(inbox, api, installations))
        if self._door is not None:
            self._door.open(self._app)
        if self._pages is not None:
            self._pages.open(installations, InstallStates(desk.database))
        return SlackCourier(self._settings, api)

    async def listen(self) -> None:
        """Hear what comes by Socket Mode, where that is on."""
        token = self._settings.slack_app_token
        if token is not None and self._app is not None:
            await hear(self._app, self._settings, token.get_secret_value())

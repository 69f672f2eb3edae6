"""Slack as one of the channels."""

from fastapi import APIRouter

from assistant.enquiries.desk import EnquiryDesk
from assistant.messaging.couriers import Courier
from assistant.messaging.inbox import Inbox
from assistant.messaging.models import ChannelName
from assistant.settings import Settings


class SlackChannel:
    """Takes messages of Slack."""

    name = ChannelName.SLACK

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.router = APIRouter()

    def open(self, desk: EnquiryDesk, inbox: Inbox) -> Courier:
        """Take messages from now on."""
        raise NotImplementedError

    async def listen(self) -> None:
        """There is nothing to hear."""

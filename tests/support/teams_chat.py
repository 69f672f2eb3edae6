"""Teams and the assistant in one process: what is delivered is answered when the test says so."""

from dataclasses import dataclass
from typing import Any

import httpx
from fastapi import FastAPI

from assistant.channels.acts import Acts
from assistant.channels.answering import Answering
from assistant.channels.posting import Posting
from assistant.channels.teams.channel import TeamsChannel
from assistant.channels.teams.keys import Keys
from assistant.enquiries.desk import EnquiryDesk
from assistant.messaging.inbox import Inbox
from assistant.messaging.models import ChannelName
from assistant.settings import Settings
from assistant.web.body_limit import BodyLimit
from assistant.web.problems import add_problem_handlers
from tests.support.teams_stand_in import TeamsStandIn

CHANNEL = "teams"
PATH = "/webhooks/teams"


@dataclass
class TeamsChat:
    """The assistant, as Teams sees it."""

    teams: TeamsStandIn
    app: FastAPI
    client: httpx.AsyncClient
    answering: Answering
    posting: Posting

    async def delivers(
        self, activity: Any, authorization: str | None = None, *, content_type: str = "application/json", **headers: str
    ) -> int:
        """Deliver an activity, with a good token unless another is given, none where that is empty. The status."""
        token = f"Bearer {self.teams.token()}" if authorization is None else authorization
        given = {"Content-Type": content_type, **headers, **({"Authorization": token} if token else {})}
        if isinstance(activity, bytes):
            return (await self.client.post(PATH, content=activity, headers=given)).status_code
        return (await self.client.post(PATH, json=activity, headers=given)).status_code

    async def does_everything(self) -> None:
        """Answer and send all that is due."""
        while rows := self.answering.claim(8):
            for row in rows:
                await self.answering.answer(row)
        while posts := self.posting.claim(8):
            for post in posts:
                await self.posting.send(post)

    async def says(self, text: str) -> None:
        """A member writes in a personal chat, and all is dealt with."""
        assert await self.delivers(self.teams.activity(text)) == 202
        await self.does_everything()


def open_chat(
    teams: TeamsStandIn, settings: Settings, desk: EnquiryDesk, keys: Keys | None = None, near: str = "127.0.0.1"
) -> TeamsChat:
    """A chat on this desk; close its client and courier after. Requests come from the address `near`."""
    channel = TeamsChannel(settings, keys)
    inbox = Inbox(desk.database, desk.cipher)
    posting = Posting(desk.database, desk.cipher, settings, ChannelName(CHANNEL), channel.open(desk, inbox))
    app = FastAPI()
    app.include_router(channel.router)
    add_problem_handlers(app, settings)
    app.add_middleware(BodyLimit)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(near, 1))
    client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000")
    return TeamsChat(teams, app, client, Answering(desk, [CHANNEL], Acts(desk)), posting)

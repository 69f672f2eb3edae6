import asyncio
from datetime import timedelta

import pytest
from fastapi import APIRouter

from assistant.channels import opening
from assistant.channels.opening import Channels
from assistant.enquiries.desk import EnquiryDesk
from assistant.messaging.couriers import Courier
from assistant.messaging.inbox import Inbox
from assistant.messaging.models import ChannelName
from tests.support.arrivals import arrival
from tests.support.fake_courier import FakeCourier


class Heard:
    """A channel that cannot listen at first."""

    def __init__(self, name: ChannelName, failures: int) -> None:
        self.name = name
        self.router = APIRouter()
        self.courier = FakeCourier()
        self.inbox: Inbox | None = None
        self.opened = 0
        self.listens = asyncio.Event()
        self._failures = failures

    def open(self, desk: EnquiryDesk, inbox: Inbox) -> Courier:
        """Keep the inbox."""
        self.inbox = inbox
        self.opened += 1
        return self.courier

    async def listen(self) -> None:
        """Fail as often as told, then listen for ever."""
        if self._failures:
            self._failures -= 1
            raise OSError("secret words")
        self.listens.set()
        await asyncio.Event().wait()


async def test_a_channel_that_cannot_listen_tries_again_and_disturbs_nobody(
    desk: EnquiryDesk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(opening, "LONGEST_SILENCE", timedelta(0))
    slack, teams = Heard(ChannelName.SLACK, 3), Heard(ChannelName.TEAMS, 0)
    channels = Channels(desk.settings, [slack, teams])
    running = asyncio.create_task(channels.run())
    channels.open(desk)
    async with asyncio.timeout(10):
        await slack.listens.wait()
        await teams.listens.wait()
    assert (slack.opened, teams.opened, running.done()) == (1, 1, False)
    assert caplog.text.count("slack is not heard: OSError") == 3 and "secret" not in caplog.text
    assert teams.inbox is not None
    await teams.inbox.take(arrival(channel="teams"))
    async with asyncio.timeout(10):
        while not teams.courier.sent:
            await asyncio.sleep(0)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert slack.courier.is_closed and teams.courier.is_closed

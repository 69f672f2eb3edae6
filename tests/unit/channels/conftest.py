"""A desk with a fake engine on the real catalogue, and a channel whose courier is a fake."""

import pytest

from assistant.channels.acts import Acts
from assistant.channels.answering import Answering
from assistant.channels.posting import Posting
from assistant.enquiries.desk import EnquiryDesk
from assistant.messaging.inbox import Inbox
from assistant.messaging.models import ChannelName
from tests.support.desk_fixtures import cipher, database, desk, engine, loaded_file, settings
from tests.support.fake_courier import FakeCourier
from tests.support.made_up_channel import CHANNEL, MadeUpChannel

__all__ = ["cipher", "database", "desk", "engine", "loaded_file", "settings"]


@pytest.fixture
def courier() -> FakeCourier:
    """Takes everything until told otherwise."""
    return FakeCourier()


@pytest.fixture
def channel(desk: EnquiryDesk, courier: FakeCourier) -> MadeUpChannel:
    """A channel whose inbox and outbox are worked through when the test says so."""
    posting = Posting(desk.database, desk.cipher, desk.settings, ChannelName(CHANNEL), courier)
    return MadeUpChannel(Inbox(desk.database, desk.cipher), Answering(desk, [CHANNEL], Acts(desk)), posting, courier)

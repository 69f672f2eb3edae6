"""A desk with a fake engine, Microsoft's side on this machine, and the assistant's real courier between them."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

from assistant.channels.teams import courier
from assistant.enquiries.desk import EnquiryDesk
from tests.support.desk_fixtures import cipher, database, desk, engine, loaded_file, settings
from tests.support.teams_chat import TeamsChat, open_chat
from tests.support.teams_server import teams_standing_in
from tests.support.teams_stand_in import TeamsStandIn

__all__ = ["cipher", "database", "desk", "engine", "loaded_file", "settings"]

OpenTeams = Callable[..., TeamsChat]


@pytest.fixture
def teams() -> Iterator[TeamsStandIn]:
    """Takes everything until told otherwise."""
    with teams_standing_in() as teams:
        yield teams


@pytest.fixture
async def open_teams(
    teams: TeamsStandIn, desk: EnquiryDesk, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[OpenTeams]:
    """Opens the assistant with settings of the test's own. It does not pause while it sends."""
    monkeypatch.setattr(courier, "PACE", 0.0)
    opened: list[TeamsChat] = []

    def open_with(keys: Any = None, near: str = "127.0.0.1", **settings: Any) -> TeamsChat:
        opened.append(open_chat(teams, teams.settings(**settings), desk, keys, near))
        return opened[-1]

    yield open_with
    for chat in opened:
        await chat.client.aclose()


@pytest.fixture
def chat(open_teams: OpenTeams) -> TeamsChat:
    """A registration for every tenant."""
    return open_teams()

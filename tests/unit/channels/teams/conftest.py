"""Microsoft's side on this machine, and a courier that delivers there."""

from collections.abc import AsyncIterator, Iterator

import pytest

from assistant.channels.teams import connector
from assistant.channels.teams import courier as courier_module
from assistant.channels.teams.courier import TeamsCourier
from tests.support.teams_posts import Kept
from tests.support.teams_server import teams_standing_in
from tests.support.teams_stand_in import TeamsStandIn


@pytest.fixture
def teams() -> Iterator[TeamsStandIn]:
    """Takes everything until told otherwise."""
    with teams_standing_in() as teams:
        yield teams


@pytest.fixture
def kept() -> Kept:
    """Nothing yet."""
    return Kept()


@pytest.fixture
async def courier(teams: TeamsStandIn, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TeamsCourier]:
    """With little patience."""
    monkeypatch.setattr(connector, "STEP_SECONDS", 0.3)
    monkeypatch.setattr(courier_module, "PACE", 0.0)
    courier = TeamsCourier(teams.settings())
    yield courier
    await courier.close()

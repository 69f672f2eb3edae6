"""Microsoft's side, on this machine."""

from collections.abc import Iterator

import pytest

from tests.support.teams_stand_in import TeamsStandIn, teams_standing_in


@pytest.fixture
def teams() -> Iterator[TeamsStandIn]:
    """Takes everything until told otherwise."""
    with teams_standing_in() as teams:
        yield teams

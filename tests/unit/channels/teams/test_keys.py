"""When Microsoft's keys are asked for, and what happens when they cannot be had."""

import asyncio
from typing import Any

import pytest

from assistant.channels.teams.errors import KeysUnavailableError
from assistant.channels.teams.keys import DAY, HOUR, MINUTE, Keys
from tests.support.teams_stand_in import TeamsStandIn


class Clock:
    """Stands still until moved."""

    seconds = 1000.0

    def __call__(self) -> float:
        """The time."""
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    """At some time."""
    return Clock()


@pytest.fixture
def keys(teams: TeamsStandIn, clock: Clock) -> Keys:
    """None were asked for yet."""
    return Keys(f"{teams.url}/openid", clock)


async def test_many_at_once_ask_once(teams: TeamsStandIn, keys: Keys) -> None:
    found = await asyncio.gather(*(keys.find("first") for _ in range(20)))
    assert all(each is not None and "msteams" in each.endorsements for each in found)
    assert teams.looks == 1


async def test_keys_are_kept_for_a_day(teams: TeamsStandIn, keys: Keys, clock: Clock) -> None:
    await keys.find("first")
    clock.seconds += DAY - 1
    await keys.find("first")
    assert teams.looks == 1
    clock.seconds += 1
    teams.published = {"second": ["msteams"]}
    assert await keys.find("first") is None  # taken back
    assert teams.looks == 2


async def test_an_unknown_key_has_them_asked_for_once_an_hour(teams: TeamsStandIn, keys: Keys, clock: Clock) -> None:
    await keys.find("first")
    for number in range(50):
        assert await keys.find(f"unknown {number}") is None
    assert teams.looks == 2
    clock.seconds += HOUR
    await asyncio.gather(*(keys.find(f"unknown {number}") for number in range(50)))
    assert teams.looks == 3


async def test_where_asking_fails_the_keys_of_before_stay(teams: TeamsStandIn, keys: Keys, clock: Clock) -> None:
    await keys.find("first")
    teams.is_away = True
    clock.seconds += DAY
    assert await keys.find("first") is not None
    assert await keys.find("unknown") is None
    assert teams.looks == 2
    clock.seconds += MINUTE
    teams.is_away, teams.published["second"] = False, ["msteams"]
    assert await keys.find("second") is not None
    assert teams.looks == 3


async def test_without_any_keys_nothing_can_be_told_and_no_more_is_asked_for_a_minute(
    teams: TeamsStandIn, keys: Keys, clock: Clock
) -> None:
    teams.is_away = True
    for _ in range(5):
        with pytest.raises(KeysUnavailableError):
            await keys.find("first")
    assert teams.looks == 1
    teams.is_away = False
    clock.seconds += MINUTE
    assert await keys.find("first") is not None


async def test_a_request_that_hangs_up_does_not_end_the_look_of_others(teams: TeamsStandIn, keys: Keys) -> None:
    first, second = asyncio.create_task(keys.find("first")), asyncio.create_task(keys.find("first"))
    await asyncio.sleep(0)
    first.cancel()
    assert await second is not None
    assert teams.looks == 1


@pytest.mark.parametrize(
    "metadata",
    [
        {"jwks_uri": "http://evil.example/keys"},
        {"jwks_uri": "ftp://127.0.0.1/keys"},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": "http://["},
        {"jwks_uri": None},
        {"jwks_uri": 5},
    ],
    ids=lambda each: str(each["jwks_uri"]),
)
async def test_keys_are_taken_from_no_other_address(teams: TeamsStandIn, keys: Keys, metadata: dict[str, Any]) -> None:
    teams.openid = metadata
    with pytest.raises(KeysUnavailableError):
        await keys.find("first")


async def test_nobody_listening_is_the_same_as_no_keys(clock: Clock) -> None:
    with pytest.raises(KeysUnavailableError):
        await Keys("http://127.0.0.1:9/openid", clock).find("first")


async def test_keys_are_not_taken_unencrypted_from_a_name_that_only_leads_to_this_machine(
    teams: TeamsStandIn, keys: Keys
) -> None:
    teams.openid = {"jwks_uri": f"{teams.url.replace('127.0.0.1', '127.1')}/keys"}
    with pytest.raises(KeysUnavailableError):
        await keys.find("first")

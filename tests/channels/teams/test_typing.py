"""Whoever wrote sees at once that an answer is on its way, and nothing waits for that."""

import asyncio
import logging
import time

import pytest

from assistant.channels.teams import typing
from tests.channels.teams.conftest import OpenTeams
from tests.support.teams_chat import TeamsChat
from tests.support.teams_stand_in import TENANT

PLAYGROUND = {"teams_app_id": None, "teams_app_secret": None, "teams_playground": True}


def under_way() -> list[asyncio.Task[None]]:
    return [each for each in asyncio.all_tasks() if "Typing._post" in repr(each.get_coro())]


async def all_shown() -> None:
    """Until all that was to be shown is shown."""
    while tasks := under_way():
        await asyncio.wait(tasks)


def in_chat(name: str) -> dict[str, object]:
    """Of a personal chat of this name."""
    return {"conversation": {"id": name, "conversationType": "personal", "tenantId": TENANT}}


async def test_it_is_shown_where_somebody_wrote_before_anything_is_answered(chat: TeamsChat) -> None:
    await chat.delivers(chat.teams.activity())
    await chat.delivers(chat.teams.in_channel("What is the observatory?"))
    await all_shown()
    assert chat.teams.typing == ["a:personal", "19:channel@thread.tacv2;messageid=1"]
    assert chat.teams.shown() == [] and chat.teams.calls == []


async def test_it_is_shown_in_the_playground_too(open_teams: OpenTeams) -> None:
    chat = open_teams(**PLAYGROUND)
    chat.teams.is_playground = True
    await chat.delivers(chat.teams.activity(), "")
    await all_shown()
    assert chat.teams.typing == ["a:personal"]


async def test_it_is_not_shown_for_what_came_before_nor_for_what_is_not_answered(
    chat: TeamsChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typing, "PAUSE", 0.0)
    activity = chat.teams.activity()
    await chat.delivers(activity)
    await chat.delivers(activity)
    await chat.delivers(chat.teams.activity(None, value={"act": "erase"}))
    await chat.delivers(chat.teams.in_channel(""))
    await all_shown()
    assert chat.teams.typing == ["a:personal"]


async def test_it_is_shown_once_a_second_in_a_conversation(chat: TeamsChat, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = 1000.0
    monkeypatch.setattr(typing, "monotonic", lambda: moment)
    for seconds in (0.0, 0.9, 0.2):
        moment += seconds
        await chat.delivers(chat.teams.activity())
        await chat.delivers(chat.teams.activity(**in_chat(f"a:{moment}")))
        await all_shown()
    assert chat.teams.typing.count("a:personal") == 2
    assert len(chat.teams.typing) == 5


async def test_a_connector_that_hangs_delays_no_acknowledgement_and_keeps_no_more_than_so_many_waiting(
    chat: TeamsChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typing, "LONGEST", 0.5)
    chat.teams.typing_takes = 5.0
    begun = time.monotonic()
    for number in range(typing.MOST + 4):
        assert await chat.delivers(chat.teams.activity(**in_chat(f"a:{number}"))) == 202
    assert time.monotonic() - begun < 5.0
    assert len(under_way()) <= typing.MOST
    await all_shown()
    assert chat.teams.typing == []


async def test_what_fails_is_nobodys_trouble(chat: TeamsChat, caplog: pytest.LogCaptureFixture) -> None:
    chat.teams.login_faults = [500]
    with caplog.at_level(logging.INFO):
        assert await chat.delivers(chat.teams.activity()) == 202
        await all_shown()
    assert chat.teams.typing == [] and caplog.records == []

import asyncio
import threading
from collections.abc import Sequence

import pytest

from assistant.messaging import worker
from assistant.messaging.worker import Worker


class Table:
    """Rows that wait; each is claimed once."""

    def __init__(self, *rows: str) -> None:
        self.rows = list(rows)
        self.claims: list[int] = []
        self.failures = 0
        self.gate: threading.Event | None = None
        self.done: list[str] = []
        self.is_done = asyncio.Event()
        self.hold: asyncio.Event | None = None
        self.at_once = 0
        self.most_at_once = 0
        self.renewed: list[list[str]] = []

    def claim(self, most: int) -> Sequence[str]:
        self.claims.append(most)
        if self.gate is not None:
            self.gate.wait(10)
        if self.failures:
            self.failures -= 1
            raise RuntimeError("secret words")
        claimed, self.rows = self.rows[:most], self.rows[most:]
        return claimed

    def renew(self, rows: Sequence[str]) -> None:
        self.renewed.append(list(rows))

    async def deal_with(self, row: str) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        if self.hold is not None:
            await self.hold.wait()
        self.at_once -= 1
        if row == "broken":
            raise RuntimeError("secret words")
        self.done.append(row)
        self.is_done.set()


async def stop(running: "asyncio.Task[None]") -> None:
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def until(condition: "object") -> None:
    """Let others work until it is so."""
    assert callable(condition)
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.001)


@pytest.fixture
def never_polls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "POLL_SECONDS", 1000)


@pytest.mark.usefixtures("never_polls")
async def test_it_looks_when_it_is_woken_and_does_not_spin(caplog: pytest.LogCaptureFixture) -> None:
    table = Table()
    work = Worker("W", table.claim, table.renew, table.deal_with)
    running = asyncio.create_task(work.run())
    await until(lambda: len(table.claims) == 1)
    table.rows.append("row")
    work.wake()
    await until(lambda: table.done == ["row"])
    await asyncio.sleep(0.05)
    assert len(table.claims) <= 4  # at the start, when woken, for more, and when the row was done
    await stop(running)


async def test_it_looks_by_itself_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "POLL_SECONDS", 0.01)
    table = Table()
    running = asyncio.create_task(Worker("W", table.claim, table.renew, table.deal_with).run())
    await until(lambda: table.claims)
    table.rows.append("row")
    await until(lambda: table.done)
    await stop(running)


@pytest.mark.usefixtures("never_polls")
async def test_it_deals_with_several_at_once_and_no_more() -> None:
    table = Table(*"abcdefghij")
    table.hold = asyncio.Event()
    running = asyncio.create_task(Worker("W", table.claim, table.renew, table.deal_with, at_once=4).run())
    await until(lambda: table.at_once == 4)
    table.hold.set()
    await until(lambda: len(table.done) == 10)
    assert table.most_at_once == 4
    await stop(running)


@pytest.mark.usefixtures("never_polls")
async def test_it_finishes_what_is_under_way_when_it_is_stopped() -> None:
    table = Table("a", "b")
    table.hold = asyncio.Event()
    running = asyncio.create_task(Worker("W", table.claim, table.renew, table.deal_with).run())
    await until(lambda: table.at_once == 2)
    running.cancel()
    await asyncio.sleep(0)
    table.hold.set()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert sorted(table.done) == ["a", "b"]


@pytest.mark.usefixtures("never_polls")
async def test_it_deals_even_with_what_it_was_claiming_when_it_was_stopped() -> None:
    table = Table("a")
    table.gate = threading.Event()
    running = asyncio.create_task(Worker("W", table.claim, table.renew, table.deal_with).run())
    await until(lambda: table.claims)
    running.cancel()
    await asyncio.sleep(0)
    table.gate.set()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert table.done == ["a"]


@pytest.mark.usefixtures("never_polls")
async def test_it_waits_for_what_is_under_way_no_longer_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "STOP_SECONDS", 0.01)
    table = Table("a")
    table.hold = asyncio.Event()
    running = asyncio.create_task(Worker("W", table.claim, table.renew, table.deal_with).run())
    await until(lambda: table.at_once == 1)
    await stop(running)
    assert table.done == []
    table.hold.set()
    await until(lambda: table.done)


async def test_it_survives_claims_that_fail_and_says_nothing_of_what_was_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(worker, "POLL_SECONDS", 0.01)
    table = Table("a")
    table.failures = 2
    running = asyncio.create_task(Worker("The inbox", table.claim, table.renew, table.deal_with).run())
    await until(lambda: table.done)
    await stop(running)
    assert caplog.text.count("The inbox waits: RuntimeError") == 2 and "secret" not in caplog.text


@pytest.mark.usefixtures("never_polls")
async def test_one_that_fails_holds_up_no_other(caplog: pytest.LogCaptureFixture) -> None:
    table = Table("broken", "a")
    running = asyncio.create_task(Worker("W", table.claim, table.renew, table.deal_with).run())
    await until(lambda: table.done == ["a"])
    await stop(running)
    assert "one of them failed: RuntimeError" in caplog.text and "secret" not in caplog.text


@pytest.mark.usefixtures("never_polls")
async def test_what_takes_its_time_is_claimed_for_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "RENEW_SECONDS", 0.01)
    table = Table("a", "b")
    table.hold = asyncio.Event()
    running = asyncio.create_task(Worker("W", table.claim, table.renew, table.deal_with).run())
    await until(lambda: ["a", "b"] in table.renewed)
    table.hold.set()
    await until(lambda: table.done == ["a", "b"])
    await stop(running)

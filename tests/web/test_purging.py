"""The purges of a running server, by a clock that the test sets."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session

from assistant.db.base import Base
from assistant.db.engine import Database
from assistant.enquiries.models import Enquiry, FollowUp, Message, Purge
from assistant.enquiries.retention import Periods, Tell
from assistant.settings import Settings
from assistant.web.app import create_app
from assistant.web.purging import Purging
from tests.support.fake_desk import make_desk
from tests.support.held import NOW, change, count, days_ago, hold

REFERENCE = "ENQ-AAAA-2222"
PERIODS = Periods.of(Settings())


class Clock:
    """Shows the time that it is set to."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        return self.time

    def advance(self, **by: float) -> None:
        self.time += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def purging(clock: Clock) -> Purging:
    return Purging(PERIODS, clock=clock)


class TestLooking:
    async def test_it_purges_at_first_and_then_every_six_hours(
        self, purging: Purging, database: Database, clock: Clock
    ) -> None:
        hold(database, "c", days_ago(91), REFERENCE)
        await purging.look(database)
        assert (count(database, Message), count(database, Purge), purging.finished) == (0, 1, NOW)
        clock.advance(hours=5.9)
        await purging.look(database)
        assert count(database, Purge) == 1
        clock.advance(hours=0.1)
        await purging.look(database)
        assert count(database, Purge) == 2

    async def test_it_leaves_to_another_process_what_that_did(
        self, purging: Purging, database: Database, clock: Clock
    ) -> None:
        await Purging(PERIODS, clock=clock).look(database)
        clock.advance(hours=1)
        await purging.look(database)
        assert count(database, Purge) == 1
        assert purging.finished == NOW

    async def test_it_answers_meanwhile(self, database: Database, clock: Clock) -> None:
        inside, answered = asyncio.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()

        def tell(session: Session, left: FollowUp) -> None:
            loop.call_soon_threadsafe(inside.set)
            asyncio.run_coroutine_threadsafe(answered.wait(), loop).result(timeout=10)

        hold(database, "c", days_ago(181), REFERENCE, state="open")
        looking = asyncio.create_task(Purging(PERIODS, clock).look(database, tell))
        await asyncio.wait_for(inside.wait(), 10)
        assert not looking.done()
        answered.set()
        await looking
        assert count(database, Purge) == 1

    async def test_it_survives_a_database_that_is_down_and_logs_no_words(
        self, purging: Purging, database: Database, caplog: pytest.LogCaptureFixture
    ) -> None:
        hold(database, "c", days_ago(91), REFERENCE)
        Base.metadata.drop_all(database.engine)
        await purging.look(database)
        assert "The purge did not finish: The database refused: OperationalError." in caplog.text
        Base.metadata.create_all(database.engine)
        await purging.look(database)
        assert purging.finished == NOW

    async def test_it_logs_no_words_of_an_error_that_is_not_ours(
        self, database: Database, clock: Clock, caplog: pytest.LogCaptureFixture
    ) -> None:
        def tell(session: Session, left: FollowUp) -> None:
            raise ValueError(session.get_one(Enquiry, left.reference).text)

        hold(database, "c", days_ago(181), REFERENCE, state="open")
        await Purging(PERIODS, clock).look(database, tell)
        assert "The purge did not finish: ValueError" in caplog.text
        assert "words of c" not in caplog.text

    async def test_it_warns_of_what_waits(
        self, purging: Purging, database: Database, caplog: pytest.LogCaptureFixture
    ) -> None:
        hold(database, "c", days_ago(61), REFERENCE, state="open")
        with caplog.at_level(logging.WARNING):
            await purging.look(database)
        assert "waited for more than 60 days" in caplog.text
        assert REFERENCE not in caplog.text


class TestBeingLate:
    async def test_it_is_late_26_hours_after_the_last(self, purging: Purging, database: Database, clock: Clock) -> None:
        clock.advance(hours=10)
        await purging.look(database)
        clock.advance(hours=26)
        assert not purging.is_late
        clock.advance(seconds=1)
        assert purging.is_late
        await purging.look(database)
        assert not purging.is_late

    def test_it_is_late_26_hours_after_the_start_when_there_was_none(self, purging: Purging, clock: Clock) -> None:
        clock.advance(hours=26)
        assert not purging.is_late
        clock.advance(seconds=1)
        assert purging.is_late

    async def test_it_stays_late_when_the_purge_fails(self, purging: Purging, database: Database, clock: Clock) -> None:
        clock.advance(hours=27)
        Base.metadata.drop_all(database.engine)
        await purging.look(database)
        assert purging.is_late


class TestMetrics:
    async def test_they_tell_when_it_was_and_what_waits(
        self, app: FastAPI, client: httpx.AsyncClient, database: Database, purging: Purging, clock: Clock
    ) -> None:
        app.state.purging = purging
        assert await metric(client, "assistant_purge_timestamp_seconds") == 0
        hold(database, "c", days_ago(61), REFERENCE, state="open")
        await purging.look(database)
        assert await metric(client, "assistant_purge_timestamp_seconds") == NOW.timestamp()
        assert await metric(client, "assistant_purge_late") == 0
        assert await metric(client, "assistant_follow_ups_waiting") == 1
        clock.advance(hours=27)
        change(database, FollowUp, REFERENCE, state="answered")
        assert await metric(client, "assistant_purge_late") == 1
        await purging.look(database)
        assert await metric(client, "assistant_purge_late") == 0
        assert await metric(client, "assistant_follow_ups_waiting") == 0


class TestTheServer:
    async def test_it_purges_soon_after_its_start_and_stops_with_it(
        self, settings: Settings, engine: object, database: Database, cipher: object
    ) -> None:
        hold(database, "c", datetime.now(UTC) - timedelta(days=91), REFERENCE)
        app = create_app(settings, make_desk(database, engine, cipher, settings))  # type: ignore[arg-type]
        finished = asyncio.Event()
        look = app.state.purging.look

        async def look_and_say(opened: Database, tell: Tell) -> None:
            await look(opened, tell)
            finished.set()

        app.state.purging.look = look_and_say
        async with app.router.lifespan_context(app):
            await asyncio.wait_for(finished.wait(), 10)
        assert (count(database, Message), count(database, Purge)) == (0, 1)


async def metric(client: httpx.AsyncClient, name: str) -> float:
    """The value of a metric without labels."""
    lines = (await client.get("/metrics")).text.splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(f"{name} "))

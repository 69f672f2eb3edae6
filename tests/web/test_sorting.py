"""The queue is sorted and judged while the server runs, soon after something came in."""

import asyncio
from contextlib import suppress

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from assistant.db.engine import Database
from assistant.enquiries.engine import Understanding
from assistant.enquiries.models import Group
from assistant.web import sorting
from tests.support.asker import Asker
from tests.support.fake_engine import FakeEngine
from tests.support.queued import encode_words

SECONDS = 10


@pytest.fixture
def engine() -> FakeEngine:
    """Says when it has judged a group."""
    judged = asyncio.Event()

    class Judging(FakeEngine):
        async def understand(self, text: str) -> Understanding:
            judged.set()
            return await super().understand(text)

    engine = Judging()
    engine.entered = judged
    return engine


async def test_a_message_that_was_not_understood_is_grouped_at_once(
    app: FastAPI, asker: Asker, engine: FakeEngine, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sorting, "encoder_of", lambda settings: encode_words)
    monkeypatch.setattr(sorting, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(sorting, "ROUND_SECONDS", 3600.0)
    task = asyncio.create_task(sorting.sort_queue(app))
    await asker.asks("gibberish")
    await asyncio.wait_for(engine.entered.wait(), SECONDS)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    with database.read() as session:
        group = session.scalars(select(Group)).one()
    assert (group.askers, group.unanswered) == (1, 1)
    assert engine.understood == ["gibberish"]

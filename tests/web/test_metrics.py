import re

import httpx
from prometheus_client import REGISTRY

from assistant.db.base import Base
from assistant.db.engine import Database
from tests.support.asker import Asker


def counted(outcome: str) -> float:
    """Messages counted under an outcome so far; the registry is one for the whole process."""
    return REGISTRY.get_sample_value("assistant_messages_total", {"channel": "web", "outcome": outcome}) or 0.0


def timed() -> float:
    """Answers timed so far."""
    return REGISTRY.get_sample_value("assistant_answer_seconds_count", {"channel": "web"}) or 0.0


class TestMetrics:
    async def test_they_are_in_the_format_of_prometheus(self, client: httpx.AsyncClient, asker: Asker) -> None:
        await asker.asks("hello")
        response = await client.get("/metrics")
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/plain; version=")
        line = r'^assistant_messages_total\{channel="web",outcome="smalltalk"\} \d'
        assert re.search(line, response.text, re.MULTILINE)

    async def test_they_count_messages_by_outcome_and_time_them(self, asker: Asker) -> None:
        smalltalk, offer, times = counted("smalltalk"), counted("offer"), timed()
        await asker.asks("hello")
        await asker.asks("question")
        await asker.asks("question")
        assert (counted("smalltalk"), counted("offer"), timed()) == (smalltalk + 1, offer + 2, times + 3)

    async def test_they_count_what_failed_as_error(self, asker: Asker, database: Database) -> None:
        errors = counted("error")
        Base.metadata.drop_all(database.engine)
        assert (await asker.sends({"text": "question"})).status_code == 503
        assert counted("error") == errors + 1

    async def test_they_hold_neither_words_nor_ids(self, client: httpx.AsyncClient, asker: Asker) -> None:
        reply = await asker.asks("Zanzibar")
        await asker.leaves_a_question()
        await client.get("/api/offers/zanzibar")
        metrics = (await client.get("/metrics")).text
        for secret in ("anzibar", asker.conversation, asker.token, reply["enquiry"], "Okafor", "ade@"):
            assert secret not in metrics

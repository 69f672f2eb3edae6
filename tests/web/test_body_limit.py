from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from assistant.db.engine import Database
from assistant.enquiries.models import Message
from assistant.web.body_limit import LARGEST_BODY
from tests.support.asker import Asker
from tests.support.fake_engine import FakeEngine


def body_of(size: int) -> bytes:
    """A good message of this many bytes, most of them white space of JSON."""
    body = b'{"text": "hello"}'
    return body + b" " * (size - len(body))


def repr_briefly(value: str) -> str:
    """A test's name."""
    return repr(value[:40])


async def in_chunks(body: bytes, size: int = 1000) -> AsyncIterator[bytes]:
    """Sent so, a body has no Content-Length."""
    for start in range(0, len(body), size):
        yield body[start : start + size]


class TestBodyLimit:
    async def test_it_lets_the_largest_body_through(self, asker: Asker) -> None:
        assert (await asker.sends_raw(body_of(LARGEST_BODY))).status_code == 200

    async def test_it_lets_the_largest_body_through_in_chunks(self, asker: Asker) -> None:
        assert (await asker.sends_raw(in_chunks(body_of(LARGEST_BODY)))).status_code == 200

    @pytest.mark.parametrize("size", [LARGEST_BODY + 1, 100_000])
    async def test_it_refuses_a_larger_one(self, asker: Asker, size: int) -> None:
        check_refusal(await asker.sends_raw(body_of(size)))

    @pytest.mark.parametrize("size", [LARGEST_BODY + 1, 100_000])
    async def test_it_refuses_a_larger_one_in_chunks(self, asker: Asker, size: int) -> None:
        check_refusal(await asker.sends_raw(in_chunks(body_of(size))))

    async def test_it_refuses_by_what_is_sent_whatever_is_declared(self, asker: Asker) -> None:
        check_refusal(await asker.sends_raw(in_chunks(body_of(LARGEST_BODY + 1)), **{"Content-Length": "10"}))

    async def test_it_stops_reading_at_the_limit(self, asker: Asker) -> None:
        read = 0

        async def endless() -> AsyncIterator[bytes]:
            nonlocal read
            while True:
                read += 1
                assert read < 100, "It reads on and on."
                yield b" " * 1000

        check_refusal(await asker.sends_raw(endless()))
        assert read < 25

    @pytest.mark.parametrize("length", ["9" * 30, "9" * 5000, "-1", "ten", "", "1e9", "²"], ids=repr_briefly)
    async def test_it_is_not_put_out_by_odd_lengths(self, asker: Asker, length: str) -> None:
        headers: dict[Any, Any] = {
            "Content-Type": "application/json",
            "Content-Length": length.encode("latin-1"),
            **asker.headers,
        }
        response = await asker.client.post(f"{asker.path}/messages", content=in_chunks(body_of(20)), headers=headers)
        assert response.status_code in (200, 413)

    async def test_it_lets_nothing_of_a_refused_message_through(
        self, asker: Asker, engine: FakeEngine, database: Database
    ) -> None:
        await asker.sends_raw(body_of(LARGEST_BODY + 1))
        await asker.sends_raw(in_chunks(body_of(LARGEST_BODY + 1)))
        with database.read() as session:
            assert session.scalar(select(func.count()).select_from(Message)) == 0
        assert engine.requests == []

    async def test_it_stands_before_every_other_check(self, client: httpx.AsyncClient) -> None:
        check_refusal(await client.post("/api/conversations/x/messages", content=body_of(100_000)))
        check_refusal(await client.post("/nowhere", content=body_of(100_000)))


def check_refusal(response: httpx.Response) -> None:
    """413 as a problem that says how much would do."""
    assert response.status_code == 413, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == 413 and "1,000" in response.json()["detail"]

"""Ask the console as a reviewer does, and sort newcomers into the queue, many times over, and time each."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher, make_key
from assistant.enquiries.models import Enquiry, QueuedEnquiry
from assistant.matching.encoder import shared_encoder
from assistant.review.counting import count_days
from assistant.review.leaders import Vector
from assistant.review.sorting import Sorter
from assistant.settings import Settings, load_settings
from benchmarks.console.filling import Filling, conversation_of, reference_of
from benchmarks.console.shape import make_vectors

WARMING = 10  # requests before the clock runs: they open connections, read templates and fill caches
SEARCHED = (0, 2, 9, 29, 99, 299, 999, 9_999)  # ranks of words: from one that most texts hold to one that hardly any do
TEXT = "when does the next round begin, and how do we sign up for it?"
Get = Callable[[str], Awaitable[None]]
Done = Callable[[], None]


@dataclass(frozen=True)
class Timing:
    """What was measured, in milliseconds each time, and what its 95th percentile must not pass, if anything."""

    what: str
    times: Sequence[float]
    limit: float | None = None

    @property
    def median(self) -> float:
        """Half of them were quicker."""
        return statistics.median(self.times)

    @property
    def slow(self) -> float:
        """Nineteen of twenty were quicker."""
        return statistics.quantiles(self.times, n=20)[-1] if len(self.times) > 1 else self.times[0]


def measure(database: Database, filling: Filling, requests: int, folder: Path, done: Done) -> list[Timing]:
    """Everything, `requests` times each; `done` is called after each thing. `folder` is for what a server keeps."""
    timings = [_measure_counting(database)]
    done()
    timings += asyncio.run(_measure_pages(database, filling, requests, folder, done))
    timings += asyncio.run(_measure_sorting(database, filling, requests))
    done()
    return timings


def pages_to_measure(filling: Filling, requests: int) -> list[tuple[str, list[str], float | None]]:
    """What is asked for, by which addresses in turn, and the limit."""
    words = filling.vocabulary.words
    found = [f"/staff/queue?words={words[rank]}" for rank in SEARCHED]
    found += [f"/staff/queue?state=any&words={words[first]}+{words[last]}" for first, last in ((9, 29), (99, 999))]
    queued = filling.shape.queued[:: max(1, len(filling.shape.queued) // requests)]
    groups = range(1, filling.shape.groups + 1, max(1, filling.shape.groups // requests))
    return [
        ("queue, first page", ["/staff/queue"], 150),
        ("queue, filtered and newest first", [f"/staff/queue?{filters}" for filters in _filters()], 150),
        ("search, words from usual to rare", found, 300),
        ("search, a reference", [f"/staff/queue?words={reference_of(number)}" for number in queued], 300),
        ("a group, of any size", [f"/staff/groups/{number}" for number in groups], None),
        ("the largest group", ["/staff/groups/1"], None),
        ("figures of 26 weeks", ["/staff/figures?weeks=26"], None),
    ]


def _filters() -> list[str]:
    return [
        "order=newest",
        "state=waiting",
        "state=closed",
        "reason=handoff",
        "reason=not_useful&order=newest",
        "channel=slack",
        "channel=teams&order=newest",
        "assignee=me",
        "assignee=nobody&days=7",
        "days=28&reason=uncertain",
        "kind=disclosure",
    ]


async def _measure_pages(database: Database, filling: Filling, requests: int, folder: Path, done: Done) -> list[Timing]:
    timings = []
    async with _signed_in(database, folder) as get:
        for what, paths, limit in pages_to_measure(filling, requests):
            timings.append(Timing(what, await _time(get, paths, requests), limit))
            done()
    return timings


@asynccontextmanager
async def _signed_in(database: Database, folder: Path) -> AsyncIterator[Get]:
    """Gets pages of the console through ASGI, as a reviewer. Raises when one is not shown."""
    import httpx

    from assistant.staff.roles import Role
    from assistant.web.app import create_app
    from tests.support.fake_desk import make_desk
    from tests.support.fake_engine import FakeEngine
    from tests.support.staff import add_colleague

    settings = Settings(var_folder=folder, messages_per_minute_per_address=0)
    app = create_app(settings, make_desk(database, FakeEngine(), Cipher(make_key()), settings))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://benchmark.test") as client:
        client.cookies.update(add_colleague(database, Role.REVIEWER, email="benchmark@example.org").cookies)

        async def get(path: str) -> None:
            (await client.get(path)).raise_for_status()

        yield get


async def _time(get: Get, paths: Sequence[str], requests: int) -> list[float]:
    for path in islice(cycle(paths), WARMING):
        await get(path)
    times = []
    for path in islice(cycle(paths), requests):
        started = time.perf_counter()
        await get(path)
        times.append((time.perf_counter() - started) * 1000)
    return times


def _measure_counting(database: Database) -> Timing:
    """All days of a year at once, as after the first start; later it is some days a time."""
    started = time.perf_counter()
    count_days(database, now())
    return Timing("counting a year's days for the figures, once", [(time.perf_counter() - started) * 1000])


async def _measure_sorting(database: Database, filling: Filling, requests: int) -> list[Timing]:
    """Half of the newcomers ask what a group asks, the others something new. Each is really encoded too."""
    coming: list[Vector] = []

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        encoder.encode(texts)
        return np.stack([coming.pop(0) for _ in texts])

    encoder = shared_encoder(load_settings().encoder_graph)
    encoder.encode([TEXT])
    sorter, random = Sorter(database, encode), np.random.default_rng(1)
    new = make_vectors(random, requests + 1).astype(np.float32)
    times = []
    for number in range(requests + 1):
        known = filling.vectors[random.choice(filling.shape.group)].astype(np.float32)  # a large group the likelier
        coming.append(known if number % 2 else new[number])
        _put_in(database, len(filling.shape.at) + number)
        started = time.perf_counter()
        await sorter.go_round()
        times.append((time.perf_counter() - started) * 1000)
        if coming:
            raise RuntimeError("The newcomer was not sorted.")
    return [
        Timing("sorting the first newcomer, reading all vectors", times[:1]),
        Timing("sorting a newcomer, encoding included", times[1:], 20),
    ]


def _put_in(database: Database, number: int) -> None:
    """An enquiry that waits to be sorted."""
    reference, moment = reference_of(number), now()
    with database.write() as session:
        session.add(
            Enquiry(
                reference=reference,
                conversation_id=conversation_of(0),
                channel="web",
                text=TEXT,
                outcome="unanswered",
                offers=[],
                received_at=moment,
                answered_at=moment,
            )
        )
        session.flush()
        session.add(QueuedEnquiry(reference=reference, reasons=["unanswered"], channel="web", received_at=moment))

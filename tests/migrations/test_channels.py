"""Inbox and outbox of channels on both kinds of database, with several at once."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from sqlalchemy import func, select

from assistant.db.engine import Database
from assistant.db.locks import Lock, wait_for_turn
from assistant.db.migrate import upgrade
from assistant.enquiries.encryption import Cipher, make_key
from assistant.messaging.inbox import Inbox, claim_arrivals, note_done
from assistant.messaging.models import InboxMessage, Post, PostKind
from assistant.messaging.outbox import Letterhead, claim_posts, note_sent, queue_post
from tests.support.arrivals import arrival

CIPHER = Cipher(make_key())
LANES, EACH, WORKERS = 6, 8, 4


@pytest.fixture
def tables(database: Database) -> Database:
    upgrade(database.engine)
    return database


def test_two_processes_take_each_message_once(tables: Database, database_url: str) -> None:
    other = Database(database_url)
    start = threading.Barrier(2, timeout=10)

    async def take_all(database: Database) -> list[bool]:
        inbox = Inbox(database, CIPHER)
        start.wait()
        return await asyncio.gather(*(inbox.take(arrival(f"E{n}", twin=f"t{n}")) for n in range(120)))

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(lambda database: asyncio.run(take_all(database)), (tables, other))
    other.close()
    assert [a + b for a, b in zip(one, two, strict=True)] == [1] * 120


def test_what_was_numbered_first_is_committed_first(tables: Database) -> None:
    inbox = Inbox(tables, CIPHER)
    with ThreadPoolExecutor(1) as pool:
        with tables.write() as session:
            wait_for_turn(session, Lock.INBOX)  # as another process does that has not committed yet
            session.add(InboxMessage(channel="slack", key="first", lane=arrival().place_id))
            session.flush()
            taking = pool.submit(lambda: asyncio.run(inbox.take(arrival("second"))))
            wait([taking], timeout=0.3)
            assert not taking.done()
        assert taking.result(timeout=10)
    with tables.write() as session:
        assert [row.key for row in claim_arrivals(session, ["slack"], 5)] == ["first"]


def test_two_that_claim_at_once_take_no_two_of_a_lane(tables: Database) -> None:
    asyncio.run(Inbox(tables, CIPHER).take(arrival("E1")))
    asyncio.run(Inbox(tables, CIPHER).take(arrival("E2")))

    def claim() -> int:
        with tables.write() as session:
            return len(claim_arrivals(session, ["slack"], 5))

    with ThreadPoolExecutor(1) as pool:
        with tables.write() as session:
            assert len(claim_arrivals(session, ["slack"], 5)) == 1
            session.flush()
            other = pool.submit(claim)
            wait([other], timeout=0.3)
        assert other.result(timeout=10) == 0


def test_workers_never_overlap_nor_break_the_order_of_a_lane(tables: Database) -> None:
    async def fill() -> None:
        inbox = Inbox(tables, CIPHER)
        for n in range(EACH):
            await asyncio.gather(*(inbox.take(arrival(f"E{n}-{lane}", f"D{lane}")) for lane in range(LANES)))

    asyncio.run(fill())
    start = threading.Barrier(WORKERS, timeout=10)
    lock, busy = threading.Lock(), set[str]()
    dealt_with: list[tuple[str, int]] = []

    def work(_: int) -> None:
        start.wait()
        while len(dealt_with) < LANES * EACH:
            with tables.write() as session:
                rows = claim_arrivals(session, ["slack"], 3)
            for row in rows:
                with lock:
                    assert row.lane not in busy
                    busy.add(row.lane)
            for row in rows:
                with lock:
                    busy.remove(row.lane)
                    dealt_with.append((row.lane, row.id))
                with tables.write() as session:
                    note_done(session, row)

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(WORKERS)))
    assert len(set(dealt_with)) == len(dealt_with) == LANES * EACH
    for lane in {lane for lane, _ in dealt_with}:
        numbers = [number for each, number in dealt_with if each == lane]
        assert numbers == sorted(numbers)
    with tables.read() as session:
        assert session.scalars(select(InboxMessage.attempts).distinct()).all() == [1]


def test_of_two_that_queue_the_same_post_one_does(tables: Database) -> None:
    start = threading.Barrier(WORKERS, timeout=10)

    def queue(_: int) -> int:
        start.wait()
        head = Letterhead("slack", "lane", {"channel": "D1"})
        queued = 0
        for key in range(20):
            with tables.write() as session:
                queued += queue_post(session, head, PostKind.NOTICE, f"k{key}", {"texts": []}, CIPHER) is not None
        return queued

    with ThreadPoolExecutor(WORKERS) as pool:
        assert sum(pool.map(queue, range(WORKERS))) == 20
    with tables.read() as session:
        assert session.scalar(select(func.count(Post.id))) == 20


def test_posts_of_a_lane_are_claimed_one_after_another(tables: Database) -> None:
    head = Letterhead("slack", "lane", {"channel": "D1"})
    with tables.write() as session:
        first, second = (queue_post(session, head, PostKind.NOTICE, key, {}, CIPHER) for key in "ab")
    assert first is not None and second is not None and first.id < second.id
    for expected in (first.id, second.id):
        with tables.write() as session:
            [claimed] = claim_posts(session, ["slack"], 5)
            assert (claimed.post.id, claimed.is_unsure) == (expected, False)
        with tables.write() as session:
            assert claim_posts(session, ["slack"], 5) == []
            note_sent(session, claimed.post, "name")

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.db.engine import Database, DatabaseUnavailableError
from assistant.enquiries.encryption import Cipher, make_key
from assistant.enquiries.errors import ContactKeyError
from assistant.messaging.inbox import MOST_AT_ONCE, Inbox, claim_arrivals, note_done, open_arrival
from assistant.messaging.models import InboxMessage
from tests.support.arrivals import arrival


class Counted(Database):
    """Counts its transactions that write, and fails the first of them as often as it is told to."""

    transactions = 0
    failures = 0

    @contextmanager
    def write(self) -> Iterator[Session]:
        self.transactions += 1
        if self.failures:
            self.failures -= 1
            raise DatabaseUnavailableError("It is away.")
        with super().write() as session:
            yield session


@pytest.fixture
def counted(database: Database) -> Iterator[Counted]:
    counted = Counted(str(database.engine.url), durable=False)
    yield counted
    counted.close()


def rows(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count(InboxMessage.id))) or 0


async def test_what_comes_together_is_written_together(counted: Counted, cipher: Cipher) -> None:
    inbox = Inbox(counted, cipher)
    assert all(await asyncio.gather(*(inbox.take(arrival(f"E{number}")) for number in range(100))))
    assert (rows(counted), counted.transactions) == (100, 1)


async def test_no_transaction_takes_more_than_its_share(counted: Counted, cipher: Cipher) -> None:
    inbox = Inbox(counted, cipher)
    await asyncio.gather(*(inbox.take(arrival(f"E{number}")) for number in range(2 * MOST_AT_ONCE + 1)))
    assert (rows(counted), counted.transactions) == (2 * MOST_AT_ONCE + 1, 3)


async def test_a_failure_is_told_to_all_that_waited_for_it_and_to_no_one_after(
    counted: Counted, cipher: Cipher
) -> None:
    inbox = Inbox(counted, cipher)
    counted.failures = 1
    takes = [inbox.take(arrival(f"E{number}")) for number in range(5)]
    told = await asyncio.gather(*takes, return_exceptions=True)
    assert [type(each) for each in told] == [DatabaseUnavailableError] * 5
    assert await inbox.take(arrival("E1"))  # delivered again, it is new
    assert rows(counted) == 1


async def test_who_hung_up_loses_nothing_and_holds_nobody_up(database: Database, cipher: Cipher) -> None:
    inbox = Inbox(database, cipher)
    first, second = (asyncio.create_task(inbox.take(arrival(key))) for key in ("E1", "E2"))
    await asyncio.sleep(0)
    first.cancel()
    assert await second
    assert rows(database) == 2


async def test_who_hung_up_before_a_failure_hides_it_from_nobody(counted: Counted, cipher: Cipher) -> None:
    inbox = Inbox(counted, cipher)
    counted.failures = 1
    first, second = (asyncio.create_task(inbox.take(arrival(key))) for key in ("E1", "E2"))
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(DatabaseUnavailableError):
        await second


async def test_of_two_alike_that_come_together_one_is_new(database: Database, cipher: Cipher) -> None:
    inbox = Inbox(database, cipher)
    takes = (
        inbox.take(each) for each in (arrival("E1"), arrival("E1"), arrival("E2", twin="1"), arrival("E3", twin="1"))
    )
    assert await asyncio.gather(*takes) == [True, False, True, False]
    assert rows(database) == 2


async def test_two_channels_may_call_different_events_alike(database: Database, cipher: Cipher) -> None:
    inbox = Inbox(database, cipher)
    takes = (inbox.take(arrival("E1", channel=channel, twin="1")) for channel in ("slack", "teams", "teams"))
    assert await asyncio.gather(*takes) == [True, True, False]


async def test_what_came_before_a_restart_is_not_new_after(database: Database, cipher: Cipher) -> None:
    assert await Inbox(database, cipher).take(arrival("E1", twin="1"))
    with database.write() as session:
        note_done(session, claim_arrivals(session, ["slack"], 1)[0])
    again = Inbox(database, cipher)
    assert not await again.take(arrival("E1"))
    assert not await again.take(arrival("E2", twin="1"))


async def test_it_wakes_whoever_answers_for_what_is_new_only(database: Database, cipher: Cipher) -> None:
    woken: list[None] = []
    inbox = Inbox(database, cipher, lambda: woken.append(None))
    await inbox.take(arrival("E1"))
    await inbox.take(arrival("E1"))
    assert len(woken) == 1


async def test_what_was_said_stands_there_encrypted(database: Database, cipher: Cipher) -> None:
    await Inbox(database, cipher).take(arrival("E1", text="secret words"))
    with database.write() as session:
        row = claim_arrivals(session, ["slack"], 1)[0]
    assert b"secret" not in (row.arrival_encrypted or b"")
    assert open_arrival(row, cipher) == arrival("E1", text="secret words")
    with pytest.raises(ContactKeyError):
        open_arrival(row, Cipher(make_key()))

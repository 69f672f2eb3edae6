"""The inbox: what a channel delivered is written down once, before it is acknowledged, and dealt with after."""

import asyncio
import json
from collections.abc import Callable, Collection

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.db.locks import Lock, wait_for_turn
from assistant.enquiries.encryption import Cipher
from assistant.messaging.arrivals import Arrival, hash_of
from assistant.messaging.lanes import claim, note
from assistant.messaging.models import InboxMessage

MOST_AT_ONCE = 100  # rows of one transaction


class Inbox:
    """Takes arrivals. Those that come together are written together: a commit is what takes longest."""

    def __init__(self, database: Database, cipher: Cipher, on_new: Callable[[], None] = lambda: None) -> None:
        """`on_new` is called in the event loop after something new was written."""
        self._database = database
        self._cipher = cipher
        self.on_new = on_new
        self._waiting: list[tuple[Arrival, asyncio.Future[bool]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def take(self, arrival: Arrival) -> bool:
        """Write it down. Whether it is new: what was delivered before is not written again.

        Raises DatabaseUnavailableError; the channel then has to deliver it again.
        """
        written: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrival, written))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all())
        return await written

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
                await self._write_batch(batch)
        finally:
            self._writing = None

    async def _write_batch(self, batch: list[tuple[Arrival, asyncio.Future[bool]]]) -> None:
        waiting = [written for _, written in batch]
        try:
            new = await asyncio.to_thread(self._write, [arrival for arrival, _ in batch])
        except Exception as error:
            for written in waiting:
                if not written.done():
                    written.set_exception(error)
            return
        for written, is_new in zip(waiting, new, strict=True):
            if not written.done():  # whoever delivered it may have hung up
                written.set_result(is_new)
        if any(new):
            self.on_new()

    def _write(self, arrivals: list[Arrival]) -> list[bool]:
        rows = [self._row(arrival) for arrival in arrivals]
        insert = sqlite.insert if self._database.engine.dialect.name == "sqlite" else postgresql.insert
        with self._database.write() as session:
            # A number that is taken earlier is committed earlier: none turns up in a lane behind those dealt with.
            wait_for_turn(session, Lock.INBOX)
            added = insert(InboxMessage).values(rows).on_conflict_do_nothing()
            found = session.execute(added.returning(InboxMessage.channel, InboxMessage.key)).all()
        written = {(channel, key) for channel, key in found}
        return [_take_out(written, (str(row["channel"]), str(row["key"]))) for row in rows]

    def _row(self, arrival: Arrival) -> dict[str, object]:
        moment = now()
        return {
            "channel": arrival.channel,
            "key": hash_of(arrival.key),
            "twin": hash_of(arrival.twin) if arrival.twin else None,
            "lane": arrival.place_id,
            "arrival_encrypted": self._cipher.encrypt(json.dumps(arrival.to_dict())),
            "created_at": moment,
            "next_try_at": moment,
            "attempts": 0,
            "is_given_up": False,
        }


def _take_out(keys: set[tuple[str, str]], key: tuple[str, str]) -> bool:
    """Whether it is among them. Of two alike the first is."""
    is_among = key in keys
    keys.discard(key)
    return is_among


def claim_arrivals(session: Session, channels: Collection[str], most: int) -> list[InboxMessage]:
    """Claim what is due, the oldest of each conversation. Commit before dealing with it."""
    return claim(session, InboxMessage, channels, now(), most)


def open_arrival(row: InboxMessage, cipher: Cipher) -> Arrival:
    """What was delivered. Raises ContactKeyError."""
    return Arrival.from_dict(json.loads(str(cipher.decrypt(row.arrival_encrypted or b""))))


def is_erased(session: Session, row: InboxMessage) -> bool:
    """Whether it was erased since it was claimed. Held until the transaction ends: an erasure comes before or after."""
    kept = session.get(InboxMessage, row.id, with_for_update=True, populate_existing=True)
    return kept is None or kept.arrival_encrypted is None


def note_done(session: Session, row: InboxMessage) -> None:
    """It was dealt with; what it said is no longer kept here."""
    note(session, row, next_try_at=None, arrival_encrypted=None, last_error=None)

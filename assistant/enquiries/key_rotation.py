"""Re-encrypt contact details after a new key was put in front of the old one, while messages go on coming in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, ColumnElement, CursorResult, and_, func, select, tuple_, update
from sqlalchemy.orm import Session

from assistant.db.base import Base, EncryptedBytes
from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.errors import ContactKeyError

BATCH = 200  # values a transaction: a few milliseconds, so that nobody who writes a message waits for long


@dataclass
class Reencryption:
    """What became of the encrypted values."""

    renewed: int = 0
    current: int = 0  # under the newest key already
    unreadable: list[str] = field(default_factory=list)  # table, column and primary key of what no key opens


@dataclass(frozen=True)
class _Value:
    column: Column[Any]
    key: tuple[Any, ...]
    ciphertext: bytes

    @property
    def place(self) -> str:
        return f"{self.column.table.name}.{self.column.name} of {', '.join(map(str, self.key))}"

    @property
    def row(self) -> ColumnElement[bool]:
        return and_(*(part == value for part, value in zip(_primary_key(self.column), self.key, strict=True)))


def encrypted_columns() -> list[Column[Any]]:
    """Every encrypted column of the tables that are imported."""
    tables = Base.metadata.sorted_tables
    return [column for table in tables for column in table.columns if isinstance(column.type, EncryptedBytes)]


def count_encrypted(database: Database) -> int:
    """How many encrypted values there are."""
    with database.read() as session:
        return sum(session.scalar(select(func.count(column))) or 0 for column in encrypted_columns())


def reencrypt(
    database: Database, cipher: Cipher, advance: Callable[[int], object] = lambda values: None
) -> Reencryption:
    """Bring every encrypted value under the newest key; `advance` is told how many values were seen since last time.

    May be stopped and run again at any time: each batch is a transaction of its own. A value that no key opens is
    left as it is. Raises DatabaseUnavailableError.
    """
    done = Reencryption()
    for column in encrypted_columns():
        for values in _batches(database, column):
            changed = values
            while changed:
                changed = _renew(database, cipher, changed, done)
            advance(len(values))
    return done


def _batches(database: Database, column: Column[Any]) -> Iterator[list[_Value]]:
    """Every value of the column, by primary key: each is seen once, whatever comes in meanwhile."""
    key = tuple_(*_primary_key(column))
    query = _select(column).order_by(*_primary_key(column)).limit(BATCH)
    values = _read(database, column, query)
    while values:
        yield values
        values = _read(database, column, query.where(key > values[-1].key))


def _renew(database: Database, cipher: Cipher, values: list[_Value], done: Reencryption) -> list[_Value]:
    """Re-encrypt these values; returns those that somebody changed meanwhile, as they are now."""
    renewed = [(value, new) for value in values if (new := _renewed(cipher, value, done)) is not None]
    if not renewed:
        return []
    with database.write() as session:
        changed = [value for value, new in renewed if not _replace(session, value, new)]
    done.renewed += len(renewed) - len(changed)
    return [now for old in changed for now in _read(database, old.column, _select(old.column).where(old.row))]


def _renewed(cipher: Cipher, value: _Value, done: Reencryption) -> bytes | None:
    """The new ciphertext; None, and counted, when there is nothing to write."""
    try:
        new = cipher.renew(value.ciphertext)
    except ContactKeyError:
        done.unreadable.append(value.place)
        return None
    if new == value.ciphertext:
        done.current += 1
        return None
    return new


def _replace(session: Session, value: _Value, new: bytes) -> bool:
    """Write the new ciphertext, unless the value is no longer the one that was read."""
    unchanged = and_(value.row, value.column == value.ciphertext)
    result = session.execute(update(value.column.table).where(unchanged).values({value.column: new}))
    return isinstance(result, CursorResult) and result.rowcount == 1


def _select(column: Column[Any]) -> Any:
    return select(*_primary_key(column), column).where(column.is_not(None))


def _read(database: Database, column: Column[Any], query: Any) -> list[_Value]:
    with database.read() as session:
        return [_Value(column, tuple(key), ciphertext) for *key, ciphertext in session.execute(query)]


def _primary_key(column: Column[Any]) -> list[Column[Any]]:
    return list(column.table.primary_key)

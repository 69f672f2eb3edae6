"""Open the database and hand out sessions."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DataError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from assistant.errors import AssistantError, SettingError

BUSY_SECONDS = 3  # an honest "not saved" within three seconds beats a reply that hangs
SWITCH_SECONDS = 0.01  # between two attempts at what SQLite does not wait for by itself
POOL_SIZE, POOL_OVERFLOW = 10, 10


class DatabaseUnavailableError(AssistantError):
    """The database does not answer; nothing was stored."""


class DatabaseRefusedError(AssistantError):
    """The database answers, and does not take what was written: a mistake of ours, not an outage."""


class Database:
    """Short units of work on one database. Leaving a unit by an exception rolls it back."""

    def __init__(self, url: str, *, durable: bool = True) -> None:
        """Prepare for the database at `url`; connects only when first used. Raises SettingError for a bad URL.

        What is not `durable` may lose its last commits when the machine loses power, and is quicker on SQLite.
        """
        self.engine = _create_engine(url, durable=durable)
        self._writer = self.engine.execution_options(begin="BEGIN IMMEDIATE")

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session to read with."""
        with _unit(self.engine, commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose changes are committed when the block ends without an exception."""
        with _unit(self._writer, commit=True) as session:
            yield session

    def ping(self) -> None:
        """Raise DatabaseUnavailableError when the database does not answer."""
        with self.read() as session:
            session.execute(text("SELECT 1"))

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


@contextmanager
def _unit(engine: Engine, *, commit: bool) -> Iterator[Session]:
    try:
        with Session(engine, expire_on_commit=False) as session:
            yield session
            if commit:
                session.commit()
    except (IntegrityError, DataError) as error:
        raise DatabaseRefusedError(f"The database refused what was written: {type(error).__name__}.") from None
    except SQLAlchemyError as error:
        # The message of the error itself would repeat the parameters, a member's words among them.
        raise DatabaseUnavailableError(f"The database refused: {type(error).__name__}.") from None


def is_missing_file(url: str) -> bool:
    """Whether `url` names an SQLite file that does not exist: using it would make one. False for a bad URL."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        return False
    is_file = parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:")
    return is_file and not Path(str(parsed.database)).exists()


def _create_engine(url: str, *, durable: bool) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return _create_sqlite_engine(url, parsed.database, durable=durable)
        return create_engine(
            url,
            pool_size=POOL_SIZE,
            max_overflow=POOL_OVERFLOW,
            pool_pre_ping=True,
            pool_timeout=BUSY_SECONDS,
            hide_parameters=True,
            connect_args={"connect_timeout": BUSY_SECONDS, "options": f"-c statement_timeout={BUSY_SECONDS}s"},
        )
    except (ArgumentError, ImportError, ValueError) as error:  # ValueError: a port that is no number
        # The message of the error itself may repeat the URL, and with it the password.
        raise SettingError(f"ASSISTANT_DATABASE_URL is not a database URL: {type(error).__name__}.") from None


def _create_sqlite_engine(url: str, file: str | None, *, durable: bool) -> Engine:
    if file and file != ":memory:":
        _make_folder(Path(file).parent)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _set_up_durable_connection if durable else _set_up_quick_connection)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(
            f"The folder {folder} of ASSISTANT_DATABASE_URL cannot be made: {error.strerror}. Make it, or name another."
        ) from error


def _set_up_durable_connection(connection: Any, _record: object) -> None:
    _set_up_connection(connection, "FULL")


def _set_up_quick_connection(connection: Any, _record: object) -> None:
    _set_up_connection(connection, "NORMAL")


def _set_up_connection(connection: Any, synchronous: str) -> None:
    # Python's sqlite3 begins transactions by its own rules, which breaks savepoints; SQLAlchemy advises to take over.
    connection.isolation_level = None
    _switch_to_write_ahead_log(connection)
    for pragma in (f"synchronous={synchronous}", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _switch_to_write_ahead_log(connection: Any) -> None:
    # A file keeps this mode, so only the first connections to a new one switch. There SQLite does not wait for others
    # as it does everywhere else, and two processes that start together would refuse one another.
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(SWITCH_SECONDS)


def _begin_sqlite(connection: Connection) -> None:
    # A unit that will write takes the write lock at once: a reader that turns writer may be refused without waiting.
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

"""Leave no bytes of what was deleted: a database frees the place of a row without wiping it.

On PostgreSQL the write-ahead log keeps them too, until its segments are removed. For that the server has to have
`wal_recycle = off` and `wal_keep_size = 0`, and no replication slot or archive that holds segments back; what went to
a replica, an archive or a backup is beyond reach from here.
"""

import logging
import sqlite3
from collections.abc import Sequence

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import ProgrammingError, SQLAlchemyError

from assistant.db.engine import Database, DatabaseUnavailableError

logger = logging.getLogger(__name__)

WAIT_SECONDS = 30.0  # for units of work that hold what has to be written anew
REFUSED = "42501"  # PostgreSQL's code for a missing privilege
ERRORS = (SQLAlchemyError, sqlite3.Error)  # SQLite is spoken to directly here
# Begin a new segment of the log, and remove those before it.
LOG_STATEMENTS = ("SELECT pg_switch_wal()", "CHECKPOINT")


class ScrubbingError(DatabaseUnavailableError):
    """Rows are deleted, but their bytes may still be on the disk."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The rows are gone, but their bytes may still be on the disk ({reason}). Run: assistant purge"
        )


def checkpoint(database: Database) -> None:
    """Take deleted rows out of SQLite's write-ahead log; quick, and harmless while others work. No-op on PostgreSQL.

    Connections of ours wipe what they delete (secure_delete), so little is left after this. Never raises: what a
    reader holds back now, the next checkpoint takes.
    """
    if database.engine.dialect.name != "sqlite":
        return
    try:
        _empty_log(database.engine)
    except (ScrubbingError, *ERRORS) as error:
        logger.warning("The write-ahead log was not emptied: %s", type(error).__name__)


def scrub(database: Database, tables: Sequence[str]) -> list[str]:
    """Write the tables anew and drop the log; others wait meanwhile. Returns what the role may not do, as statements.

    Raises ScrubbingError when others hold the tables for longer than half a minute.
    """
    try:
        if database.engine.dialect.name == "sqlite":
            _vacuum_sqlite(database.engine)
            return []
        return _vacuum_postgresql(database.engine, tables)
    except ERRORS as error:
        raise ScrubbingError(type(error).__name__) from None


def _empty_log(engine: Engine) -> None:
    with engine.connect() as connection:
        # On the driver's own connection: in SQLAlchemy's transaction a checkpoint would wait for itself.
        busy, *_ = connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise ScrubbingError("another process is using the database")


def _vacuum_sqlite(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.detach()  # its longer patience ends with it
        driver = connection.connection
        driver.execute(f"PRAGMA busy_timeout={round(WAIT_SECONDS * 1000)}")
        driver.execute("VACUUM")
    _empty_log(engine)


def _vacuum_postgresql(engine: Engine, tables: Sequence[str]) -> list[str]:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.detach()
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text(f"SET lock_timeout = {round(WAIT_SECONDS * 1000)}"))
        connection.execute(text(f"VACUUM (FULL) {', '.join(tables)}"))
        return [statement for statement in LOG_STATEMENTS if not _may_run(connection, statement)]


def _may_run(connection: Connection, statement: str) -> bool:
    try:
        connection.execute(text(statement))
    except ProgrammingError as error:
        if getattr(error.orig, "pgcode", None) != REFUSED:
            raise
        return False
    return True

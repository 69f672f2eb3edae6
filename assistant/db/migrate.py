"""Bring the database's tables up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from assistant.db.engine import DatabaseUnavailableError
from assistant.errors import AssistantError

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK_NUMBER = 4_207_799_6666 % 2**31  # any number that nobody else on the server uses


class MigrationError(AssistantError):
    """The migrations of this version cannot bring this database up to date."""


def migration_config() -> Config:
    """Alembic's configuration, without a file of its own."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run the migrations that are missing. Processes that start together wait for one another.

    Raises DatabaseUnavailableError, or MigrationError when the database is of a newer version.
    """
    config = migration_config()
    try:
        # SQLite takes the write lock at once: two that both read first could not both write.
        with engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
            if connection.dialect.name == "postgresql":
                # Waiting for another replica and altering a large table may take longer than a turn's statement.
                connection.execute(text("SET LOCAL statement_timeout = 0"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": LOCK_NUMBER})
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
    except CommandError as error:
        raise MigrationError(
            f"The migrations did not run: {error}. Was the database used by a newer version? Start that one."
        ) from error
    except SQLAlchemyError as error:
        raise DatabaseUnavailableError(f"The migrations did not run: {type(error).__name__}.") from error


def downgrade(engine: Engine, revision: str) -> None:
    """Undo the migrations after `revision`."""
    config = migration_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def is_up_to_date(engine: Engine) -> bool:
    """Whether the database has every migration of this version. Raises DatabaseUnavailableError."""
    head = ScriptDirectory.from_config(migration_config()).get_current_head()
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision() == head
    except SQLAlchemyError as error:
        raise DatabaseUnavailableError(f"The database refused: {type(error).__name__}.") from error

"""Fast checks on SQLite; tests/migrations runs every migration on both kinds of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect

from assistant.db.engine import Database, DatabaseUnavailableError
from assistant.db.migrate import MIGRATIONS, downgrade, is_up_to_date, migration_config, upgrade


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    """A database without tables."""
    database = Database(f"sqlite:///{tmp_path}/empty.db")
    yield database
    database.close()


@pytest.fixture
def damaged(tmp_path: Path) -> Iterator[Database]:
    """A file that is no database."""
    (tmp_path / "damaged.db").write_bytes(b"this is no database" * 100)
    database = Database(f"sqlite:///{tmp_path}/damaged.db")
    yield database
    database.close()


class TestMigrationConfig:
    def test_it_names_the_folder_of_migrations(self) -> None:
        assert migration_config().get_main_option("script_location") == str(MIGRATIONS)
        assert (MIGRATIONS / "env.py").exists()


class TestIsUpToDate:
    def test_it_is_false_before_the_first_migration(self, empty: Database) -> None:
        assert not is_up_to_date(empty.engine)

    def test_it_is_true_after_the_last(self, empty: Database) -> None:
        upgrade(empty.engine)
        assert is_up_to_date(empty.engine)

    def test_it_is_false_after_one_was_undone(self, empty: Database) -> None:
        upgrade(empty.engine)
        downgrade(empty.engine, "-1")
        assert not is_up_to_date(empty.engine)

    def test_it_raises_our_error_when_the_database_does_not_answer(self, damaged: Database) -> None:
        with pytest.raises(DatabaseUnavailableError):
            is_up_to_date(damaged.engine)


class TestUpgrade:
    def test_it_goes_to_the_revision_asked_for(self, empty: Database) -> None:
        upgrade(empty.engine, "0001")
        assert "offers" in inspect(empty.engine).get_table_names()

    def test_it_raises_our_error_when_the_database_does_not_answer(self, damaged: Database) -> None:
        with pytest.raises(DatabaseUnavailableError, match="The migrations did not run"):
            upgrade(damaged.engine)

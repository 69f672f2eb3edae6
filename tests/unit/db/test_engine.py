import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from assistant.db.engine import Database, DatabaseRefusedError, DatabaseUnavailableError, is_missing_file
from assistant.errors import SettingError

UNUSABLE = [
    "",
    "not a url",
    "mysql://assistant@localhost/assistant",  # no driver is installed
    "nothing://localhost/assistant",
    "postgresql://assistant:hunter2@localhost:port/assistant",
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database is kept."""
    return tmp_path / "folder" / "not there yet" / "test.db"


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    """A database with one small table."""
    database = Database(f"sqlite:///{file}")
    with database.write() as session:
        session.execute(text("CREATE TABLE words (word TEXT PRIMARY KEY)"))
        session.execute(text("CREATE TABLE uses (word TEXT REFERENCES words (word))"))
    yield database
    database.close()


class TestOpening:
    def test_it_makes_the_folder(self, database: Database, file: Path) -> None:
        assert file.exists()

    def test_it_connects_only_when_used(self, file: Path) -> None:
        Database(f"sqlite:///{file}")
        Database("postgresql://assistant@localhost/assistant")
        assert not file.exists()

    def test_it_takes_a_database_in_memory(self) -> None:
        database = Database("sqlite://")
        database.ping()
        database.close()

    @pytest.mark.parametrize("url", UNUSABLE)
    def test_it_refuses_what_is_no_url(self, url: str) -> None:
        with pytest.raises(SettingError, match="ASSISTANT_DATABASE_URL is not a database URL") as refusal:
            Database(url)
        assert "hunter2" not in str(refusal.value)
        assert refusal.value.__suppress_context__

    def test_it_says_when_the_folder_cannot_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(SettingError, match="cannot be made: File exists. Make it, or name another"):
            Database(f"sqlite:///{tmp_path}/file/test.db")


class TestSettingUpSQLite:
    @pytest.mark.parametrize(
        ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)]
    )
    def test_it_sets_up_every_connection(self, database: Database, pragma: str, value: object) -> None:
        with database.read() as session:
            assert pragma_of(session, pragma) == value

    def test_it_is_quicker_where_the_last_commits_may_be_lost(self, file: Path) -> None:
        database = Database(f"sqlite:///{file}", durable=False)
        with database.read() as session:
            assert pragma_of(session, "synchronous") == 1
        database.close()


class TestStartingTogether:
    def test_it_waits_for_another_that_sets_the_new_file_up(self, file: Path) -> None:
        database = Database(f"sqlite:///{file}")
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("CREATE TABLE words (word TEXT)")
        other.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor() as pool:
            waiting = pool.submit(database.ping)
            assert wait([waiting], timeout=0.05).not_done
            other.execute("COMMIT")
            waiting.result(timeout=10)
        other.close()
        database.close()


class TestUnits:
    def test_it_keeps_what_was_written(self, database: Database) -> None:
        write(database, "kept")
        assert words(database) == ["kept"]

    def test_it_undoes_what_an_exception_left(self, database: Database) -> None:
        with pytest.raises(KeyError), database.write() as session:
            session.execute(text("INSERT INTO words VALUES ('undone')"))
            raise KeyError
        assert words(database) == []

    def test_it_keeps_nothing_of_a_read(self, database: Database) -> None:
        with database.read() as session:
            session.execute(text("INSERT INTO words VALUES ('undone')"))
        assert words(database) == []

    def test_it_takes_the_write_lock_before_the_first_statement(self, database: Database, file: Path) -> None:
        other = sqlite3.connect(file, timeout=0, isolation_level=None)
        with database.write() as session:
            session.connection()
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")
        other.close()

    def test_it_lets_others_write_while_it_reads(self, database: Database) -> None:
        with database.read() as session:
            before = session.execute(text("SELECT word FROM words")).all()
            write(database, "meanwhile")
            assert session.execute(text("SELECT word FROM words")).all() == before
        assert words(database) == ["meanwhile"]

    def test_it_holds_to_foreign_keys(self, database: Database) -> None:
        with pytest.raises(DatabaseRefusedError), database.write() as session:
            session.execute(text("INSERT INTO uses VALUES ('unknown')"))

    def test_it_undoes_only_the_savepoint_that_failed(self, database: Database) -> None:
        with database.write() as session:
            session.execute(text("INSERT INTO words VALUES ('kept')"))
            with pytest.raises(KeyError), session.begin_nested():
                session.execute(text("INSERT INTO words VALUES ('undone')"))
                raise KeyError
        assert words(database) == ["kept"]


class TestRefusal:
    def test_it_says_nothing_of_what_was_written(self, database: Database) -> None:
        write(database, "sensitive")
        with pytest.raises(DatabaseRefusedError) as refusal:
            write(database, "sensitive")
        assert str(refusal.value) == "The database refused what was written: IntegrityError."
        assert refusal.value.__cause__ is None
        assert refusal.value.__suppress_context__

    def test_it_says_nothing_of_it_in_the_hidden_error_either(self, database: Database) -> None:
        write(database, "sensitive")
        with pytest.raises(DatabaseRefusedError) as refusal:
            write(database, "sensitive")
        assert "sensitive" not in str(refusal.value.__context__)

    def test_it_lets_an_error_of_the_block_through(self, database: Database) -> None:
        with pytest.raises(ZeroDivisionError), database.read():
            raise ZeroDivisionError


class TestPing:
    def test_it_is_silent_when_the_database_answers(self, database: Database) -> None:
        database.ping()

    def test_it_raises_when_the_file_is_no_database(self, file: Path) -> None:
        database = Database(f"sqlite:///{file}")
        file.write_bytes(b"this is no database" * 100)
        with pytest.raises(DatabaseUnavailableError, match="The database refused"):
            database.ping()
        database.close()

    def test_it_raises_when_nobody_answers(self, tmp_path: Path) -> None:
        database = Database(f"postgresql://assistant@/assistant?host={tmp_path}")
        with pytest.raises(DatabaseUnavailableError, match=OperationalError.__name__):
            database.ping()


def pragma_of(session: Session, name: str) -> object:
    return session.execute(text(f"PRAGMA {name}")).scalar()


def write(database: Database, word: str) -> None:
    with database.write() as session:
        session.execute(text("INSERT INTO words VALUES (:word)"), {"word": word})


def words(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(text("SELECT word FROM words")))


class TestIsMissingFile:
    def test_it_is_true_until_the_file_is_made(self, tmp_path: Path) -> None:
        url = f"sqlite:///{tmp_path}/folder/new.db"
        assert is_missing_file(url)
        assert not (tmp_path / "folder").exists()
        database = Database(url)
        database.ping()
        database.close()
        assert not is_missing_file(url)

    @pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "postgresql://host/name", "no url"])
    def test_it_is_false_where_no_file_is_named(self, url: str) -> None:
        assert not is_missing_file(url)

"""`assistant purge`, `erase` and `access` on a database of the test's own."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, text

from assistant.cli.access import access
from assistant.cli.erase import erase
from assistant.cli.purge import purge
from assistant.db.engine import Database, DatabaseUnavailableError
from assistant.db.migrate import upgrade
from assistant.enquiries.errors import NothingHeldError
from assistant.enquiries.models import Conversation, Message, Purge
from assistant.settings import Settings
from tests.support.held import count, hold

MINE, THEIRS = "ENQ-MMMM-2222", "ENQ-TTTT-2222"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{tmp_path}/assistant.db", var_folder=tmp_path / "var")


@pytest.fixture
def database(settings: Settings) -> Database:
    """What `mine` wrote today and `theirs` a hundred days ago."""
    database = Database(settings.database_url)
    upgrade(database.engine)
    now = datetime.now(UTC)
    hold(database, "mine", now, MINE)
    hold(database, "theirs", now - timedelta(days=100), THEIRS, state="open", name_encrypted=None, email_encrypted=None)
    return database


def run(command: click.Command, settings: Settings, *arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(command, arguments, obj=settings, input=answer)


class TestPurge:
    def test_it_deletes_and_says_how_many_and_what_waits(self, settings: Settings, database: Database) -> None:
        result = run(purge, settings)
        assert result.exit_code == 0, result.output
        assert row_of(result.stdout, "messages with their replies") == "1"
        assert "1 questions left that wait" in result.stderr
        assert (count(database, Message), count(database, Purge)) == (1, 1)

    def test_it_only_counts_in_a_dry_run(self, settings: Settings, database: Database) -> None:
        result = run(purge, settings, "--dry-run")
        assert row_of(result.stdout, "messages with their replies") == "1"
        assert "Would go" in result.stdout
        assert (count(database, Message), count(database, Purge)) == (2, 0)

    def test_it_fails_when_the_database_does(self, settings: Settings, database: Database) -> None:
        broken = create_engine(settings.database_url)
        with broken.begin() as connection:
            connection.execute(text("DROP TABLE messages"))
        broken.dispose()
        assert isinstance(run(purge, settings).exception, DatabaseUnavailableError)  # `main` ends with 1


class TestErase:
    def test_it_erases_after_a_yes_and_says_what(self, settings: Settings, database: Database) -> None:
        result = run(erase, settings, MINE, answer="y\n")
        assert result.exit_code == 0, result.output
        assert "enquiries 1, messages 1, conversations 1." in " ".join(result.stdout.split())
        assert (count(database, Conversation), count(database, Message)) == (1, 1)

    def test_it_erases_nothing_without(self, settings: Settings, database: Database) -> None:
        assert run(erase, settings, MINE, answer="n\n").exit_code == 1
        assert count(database, Conversation) == 2

    def test_it_takes_the_id_of_a_conversation(self, settings: Settings, database: Database) -> None:
        assert run(erase, settings, "theirs", "--yes").exit_code == 0
        assert count(database, Conversation) == 1

    def test_it_refuses_what_is_unknown(self, settings: Settings, database: Database) -> None:
        assert isinstance(run(erase, settings, "ENQ-XXXX-2222", "--yes").exception, NothingHeldError)
        assert count(database, Conversation) == 2


class TestAccess:
    def test_it_prints_json_and_nothing_of_others(self, settings: Settings, database: Database) -> None:
        result = run(access, settings, MINE)
        held = json.loads(result.stdout)
        assert held["messages"][0]["text"] == "words of mine" and held["written_answers"] == []
        assert "theirs" not in result.stdout

    def test_it_refuses_what_is_unknown(self, settings: Settings, database: Database) -> None:
        assert isinstance(run(access, settings, "ENQ-XXXX-2222").exception, NothingHeldError)


def row_of(table: str, words: str) -> str:
    """The figure beside some words of a table."""
    return next(line for line in table.splitlines() if words in line).strip("│ ").split()[-1]

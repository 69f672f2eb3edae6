"""`assistant keys`, on a database file of its own."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pydantic import SecretStr

from assistant.cli.keys import keys
from assistant.cli.main import FAILED, main
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.enquiries.encryption import KEY_FILE, Cipher, make_key, open_cipher
from assistant.enquiries.errors import ContactKeyError
from assistant.enquiries.models import Conversation
from assistant.settings import Settings

OLD, NEW = make_key(), make_key()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Without a contact key."""
    return Settings(database_url=f"sqlite:///{tmp_path}/test.db", var_folder=tmp_path / "var")


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """With every table, empty."""
    database = Database(settings.database_url)
    upgrade(database.engine)
    yield database
    database.close()


class TestNew:
    def test_it_prints_a_key_and_nothing_else(self, settings: Settings) -> None:
        first, second = run(settings, "new"), run(settings, "new")
        assert Cipher(first.stdout.strip()).fingerprint("a")
        assert first.stdout != second.stdout

    def test_it_says_how_to_set_it_without_repeating_it(self, settings: Settings) -> None:
        result = run(with_key(settings, OLD), "new")
        assert "ASSISTANT_CONTACT_KEY" in result.stderr and "assistant keys rotate" in result.stderr
        assert result.stdout.strip() not in result.stderr and OLD not in result.output

    def test_it_names_the_generated_key_that_is_in_use(self, settings: Settings) -> None:
        open_cipher(settings)
        assert str(settings.var_folder / KEY_FILE) in run(settings, "new").stderr

    def test_it_changes_nothing(self, settings: Settings, tmp_path: Path) -> None:
        run(settings, "new")
        assert list(tmp_path.iterdir()) == []


class TestRotate:
    def test_it_encrypts_again_and_says_that_the_old_key_may_go(self, settings: Settings, database: Database) -> None:
        leave(database, Cipher(OLD))
        result = run(with_key(settings, f"{NEW},{OLD}"), "rotate")
        assert result.exit_code == 0
        assert "encrypted again: 1. Under the newest key already: 0." in result.stdout
        assert "Drop the old key from ASSISTANT_CONTACT_KEY in 30 days" in result.stdout
        assert left(database, Cipher(NEW)) == {"name": "Ade"}
        assert OLD not in result.output and NEW not in result.output and "Ade" not in result.output

    def test_it_finds_nothing_to_do_the_second_time(self, settings: Settings, database: Database) -> None:
        leave(database, Cipher(OLD))
        run(with_key(settings, f"{NEW},{OLD}"), "rotate")
        assert "encrypted again: 0. Under the newest key already: 1." in run(with_key(settings, NEW), "rotate").stdout

    def test_it_fails_with_a_wrong_key_and_leaves_everything(self, settings: Settings, database: Database) -> None:
        leave(database, Cipher(OLD))
        result = run(with_key(settings, NEW), "rotate")
        assert result.exit_code != 0
        assert isinstance(result.exception, ContactKeyError)
        assert "No key opens conversations.draft of c" in result.stdout
        assert "may be dropped now" not in result.stdout
        assert left(database, Cipher(OLD)) == {"name": "Ade"}

    def test_it_ends_with_an_exit_code_when_something_is_left(
        self,
        settings: Settings,
        database: Database,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        leave(database, Cipher(OLD))
        monkeypatch.setenv("ASSISTANT_DATABASE_URL", settings.database_url)
        monkeypatch.setenv("ASSISTANT_VAR_FOLDER", str(settings.var_folder))
        monkeypatch.setenv("ASSISTANT_CONTACT_KEY", NEW)
        monkeypatch.setattr(sys, "argv", ["assistant", "keys", "rotate"])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == FAILED

    def test_it_refuses_a_malformed_key_without_showing_it(self, settings: Settings) -> None:
        result = run(with_key(settings, f"{NEW},hunter2"), "rotate")
        assert isinstance(result.exception, ContactKeyError)
        assert "hunter2" not in f"{result.exception}{result.output}"


class TestTheGeneratedKey:
    def test_it_is_told_how_to_be_replaced(self, settings: Settings) -> None:
        open_cipher(settings)
        problem = str(run(settings, "rotate").exception)
        assert problem.startswith("ASSISTANT_CONTACT_KEY is not set.")
        assert str(settings.var_folder / KEY_FILE) in problem and "assistant keys new" in problem

    def test_it_can_be_replaced(self, settings: Settings, database: Database) -> None:
        leave(database, open_cipher(settings))
        generated = (settings.var_folder / KEY_FILE).read_text()
        assert run(with_key(settings, f"{NEW},{generated}"), "rotate").exit_code == 0
        assert left(database, Cipher(NEW)) == {"name": "Ade"}

    def test_it_is_named_when_it_was_forgotten(self, settings: Settings, database: Database) -> None:
        leave(database, open_cipher(settings))
        assert f"generated key in {settings.var_folder / KEY_FILE}" in str(
            run(with_key(settings, NEW), "rotate").exception
        )

    def test_it_is_not_made_by_asking_to_replace_it(self, settings: Settings) -> None:
        assert "No key is in use yet" in str(run(settings, "rotate").exception)
        assert not settings.var_folder.exists()


def run(settings: Settings, command: str) -> Result:
    return CliRunner().invoke(keys, [command], obj=settings)


def with_key(settings: Settings, key: str) -> Settings:
    return settings.model_copy(update={"contact_key": SecretStr(key)})


def leave(database: Database, cipher: Cipher) -> None:
    """One draft of an asker."""
    with database.write() as session:
        draft = cipher.encrypt({"name": "Ade"})
        session.add(Conversation(id="c", channel="web", token_hash="h", draft=draft))


def left(database: Database, cipher: Cipher) -> object:
    with database.read() as session:
        return cipher.decrypt(session.get_one(Conversation, "c").draft or b"")

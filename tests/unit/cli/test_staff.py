from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli.staff import staff
from assistant.db.engine import Database
from assistant.errors import AssistantError
from assistant.settings import Settings
from assistant.staff.accounts import get_staff
from assistant.staff.passwords import is_password


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A database of the test's own."""
    return Settings(database_url=f"sqlite:///{tmp_path / 'staff.db'}", var_folder=tmp_path / "var")


def run(settings: Settings, *arguments: str) -> Result:
    """Run `assistant staff ...`. Raises what it raises."""
    return CliRunner().invoke(staff, list(arguments), obj=settings, catch_exceptions=False)


def test_it_adds_lists_changes_resets_and_ends(settings: Settings) -> None:
    added = run(settings, "add", "Ada@example.org", "--name", "Ada Admin", "--role", "admin")
    assert added.exit_code == 0
    run(settings, "add", "bob@example.org", "--name", "Bob", "--role", "reviewer", "--without-password")
    reset = run(settings, "reset", "ada@example.org")
    database = Database(settings.database_url)
    with database.read() as session:
        ada, bob = get_staff(session, "ada@example.org"), get_staff(session, "bob@example.org")
    database.close()
    assert is_password(reset.stdout.strip(), ada.password_hash)
    assert not is_password(added.stdout.strip(), ada.password_hash)
    assert bob.password_hash is None
    assert run(settings, "role", "bob@example.org", "admin").exit_code == 0
    assert run(settings, "end", "ada@example.org").exit_code == 0
    assert run(settings, "reset", "bob@example.org", "second-factor").exit_code == 0
    assert run(settings, "list").exit_code == 0


def test_only_a_password_is_on_standard_output(settings: Settings) -> None:
    added = run(settings, "add", "ada@example.org", "--name", "Ada", "--role", "admin")
    assert len(added.stdout.split()) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("role", "nobody@example.org", "editor"), "Nobody with this e-mail address"),
        (("add", "nobody", "--name", "N", "--role", "editor"), "Enter an e-mail address"),
        (("end", "ada@example.org"), "only administrator"),
    ],
)
def test_what_cannot_be_done_is_said(settings: Settings, arguments: tuple[str, ...], told: str) -> None:
    run(settings, "add", "ada@example.org", "--name", "Ada", "--role", "admin")
    with pytest.raises(AssistantError, match=told):
        run(settings, *arguments)

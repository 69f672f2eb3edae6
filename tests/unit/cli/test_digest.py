"""`assistant digest`, told to a real server on this machine."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli.main import assistant
from tests.support.loaded_database import ROOT, write_loaded_database
from tests.support.webhook import listening


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """With a database in which nothing was asked."""
    write_loaded_database(tmp_path / "assistant.db")
    return {
        "ASSISTANT_DATA_FOLDER": str(ROOT / "data"),
        "ASSISTANT_DATABASE_URL": f"sqlite:///{tmp_path}/assistant.db",
        "ASSISTANT_VAR_FOLDER": str(tmp_path / "var"),
    }


def run(environment: dict[str, str], *arguments: str) -> Result:
    return CliRunner().invoke(assistant, ["digest", *arguments], env=environment)


def test_it_shows_what_it_would_say(environment: dict[str, str]) -> None:
    result = run(environment, "--dry-run")
    assert result.exit_code == 0 and "contacts to be confirmed" in result.stdout


def test_it_says_when_it_has_nowhere_to_go(environment: dict[str, str]) -> None:
    result = run(environment, "--now")
    assert result.exit_code == 2 and "Set ASSISTANT_DIGEST_EMAILS" in result.stderr


def test_it_is_sent_now(environment: dict[str, str]) -> None:
    with listening() as hook:
        result = run(environment | {"ASSISTANT_DIGEST_TEAMS_URL": hook.url}, "--now")
    assert result.exit_code == 0 and "contacts to be confirmed" in result.stdout
    assert len(hook.told) == 1


def test_a_fault_is_told_without_the_address(environment: dict[str, str]) -> None:
    with listening() as hook:
        hook.answers = [404]
        result = run(environment | {"ASSISTANT_DIGEST_SLACK_URL": hook.url}, "--now")
    assert str(result.exception) == "The digest did not go out by Slack: answered 404."
    assert "hunter2" not in f"{result.stdout} {result.stderr} {result.exception}"

"""`assistant doctor`, on folders of the test's own."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli.main import assistant
from assistant.db.engine import Database
from assistant.settings import Settings
from tests.support.loaded_database import ROOT, write_loaded_database
from tests.support.made_up_models import put_live


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A folder where everything is there: database, and what passes for a model."""
    write_loaded_database(tmp_path / "assistant.db")
    settings = Settings(database_url=f"sqlite:///{tmp_path}/assistant.db", models_folder=tmp_path / "models")
    with closing(Database(settings.database_url)) as database:
        put_live(database, settings, tmp_path, "a-model.tar.gz")
    return {
        "ASSISTANT_DATA_FOLDER": str(ROOT / "data"),
        "ASSISTANT_DATABASE_URL": f"sqlite:///{tmp_path}/assistant.db",
        "ASSISTANT_MODELS_FOLDER": str(tmp_path / "models"),
        "ASSISTANT_VAR_FOLDER": str(tmp_path / "var"),
        "ASSISTANT_CONTACT_KEY": "",
    }


def run(environment: dict[str, str], *arguments: str) -> Result:
    # An empty key is no key.
    given = {name: value or None for name, value in environment.items()}
    return CliRunner().invoke(assistant, ["doctor", *arguments], env=given)


class TestDoctor:
    def test_it_allows_warnings(self, environment: dict[str, str]) -> None:
        result = run(environment)
        assert result.exit_code == 0
        assert result.stdout.endswith("No problems, 7 warnings.\n")
        for words in ("ok       database", "warning  signposts", "Awaiting confirmation: emergency", "Name an owner"):
            assert words in result.stdout

    def test_it_fails_without_a_model(self, environment: dict[str, str], tmp_path: Path) -> None:
        result = run(environment | {"ASSISTANT_MODELS_FOLDER": str(tmp_path / "none")})
        assert result.exit_code == 1
        assert "problem  model" in result.stdout and "or run 'assistant train'" in " ".join(result.stdout.split())
        assert result.stdout.endswith("1 problem, 7 warnings.\n")

    def test_it_fails_on_a_broken_database_url(self, environment: dict[str, str]) -> None:
        result = run(environment | {"ASSISTANT_DATABASE_URL": "no url"})
        assert result.exit_code == 1
        assert "problem  database" in result.stdout and "ASSISTANT_DATABASE_URL" in result.stdout

    def test_it_reports_settings_that_no_other_command_starts_with(self, environment: dict[str, str]) -> None:
        result = run(environment | {"ASSISTANT_PORT": "many"})
        assert result.exit_code == 1
        assert "problem  settings" in result.stdout and "ASSISTANT_PORT" in result.stdout

    def test_it_shows_brackets_as_they_are(self, environment: dict[str, str], tmp_path: Path) -> None:
        assert "[red]" in run(environment | {"ASSISTANT_MODELS_FOLDER": "[red]"}).stdout


class TestJson:
    def test_it_prints_every_finding_and_nothing_else(self, environment: dict[str, str]) -> None:
        told = json.loads(run(environment, "--json").stdout)
        assert (told["problems"], told["warnings"]) == (0, 7)
        assert [finding["subject"] for finding in told["findings"]][:2] == ["settings", "database"]
        assert all(set(finding) == {"subject", "state", "found", "advice"} for finding in told["findings"])

    def test_it_has_the_same_exit_code(self, environment: dict[str, str], tmp_path: Path) -> None:
        result = run(environment | {"ASSISTANT_MODELS_FOLDER": str(tmp_path / "none")}, "--json")
        assert result.exit_code == 1
        [problem] = [one for one in json.loads(result.stdout)["findings"] if one["state"] == "problem"]
        assert problem["subject"] == "model" and problem["advice"]

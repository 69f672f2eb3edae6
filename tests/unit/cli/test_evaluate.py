"""`assistant evaluate`, with a desk that answers everything with the same offer."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli.evaluate import evaluate
from assistant.learning.evaluation.errors import FloorMissedError, QuestionFileError
from assistant.settings import Settings
from tests.unit.learning.made_up_run import FakeDesk, make_reply

ROOT = Path(__file__).parents[3]
QUESTIONS = """
- {text: what is the LFHII, kind: name, outcome: offer, offers: [lfhii]}
- {text: who won the cup, kind: far, outcome: out_of_scope}
"""
DIALOGUES = "- {name: asks twice, turns: [{says: what is the LFHII, offers: [lfhii]}, {says: 'and that?'}]}"


@pytest.fixture(autouse=True)
def desk(monkeypatch: pytest.MonkeyPatch) -> FakeDesk:
    fake = FakeDesk()

    @contextmanager
    def opened(settings: Settings, archive: Path) -> Iterator[FakeDesk]:
        yield fake

    monkeypatch.setattr("assistant.learning.evaluation.temporary_desk.open_temporary_desk", opened)
    monkeypatch.setattr("assistant.cli.evaluate.prepare_model", lambda settings, database: None)
    monkeypatch.setattr("assistant.registry.live.open_live_archive", lambda settings, database: Path("a-model.tar.gz"))
    # Drawing takes most of a second, and has tests of its own.
    monkeypatch.setattr("assistant.learning.evaluation.page.render_page", lambda report, facts: report.run.model)
    return fake


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "questions.yml").write_text(QUESTIONS)
    (tmp_path / "dialogues.yml").write_text(DIALOGUES)
    return tmp_path


def run(folder: Path, *arguments: str) -> Result:
    places = ["--questions", str(folder), "--output", str(folder / "reports")]
    database_url = f"sqlite:///{folder / 'assistant.db'}"
    settings = Settings(data_folder=ROOT / "data", general_email="general@example.org", database_url=database_url)
    return CliRunner().invoke(evaluate, [*places, *arguments], obj=settings)


class TestReport:
    def test_it_shows_figures_and_writes_the_page(self, folder: Path) -> None:
        result = run(folder)
        assert result.exit_code == 0
        assert "fake.tar.gz: 2 questions and 2 turns" in result.stdout
        assert "50.0%" in result.stdout
        assert "evaluation.html" in result.stderr.replace("\n", "")
        assert (folder / "reports" / "evaluation.html").read_text() == "fake.tar.gz"

    def test_it_compares_with_the_run_before(self, folder: Path, desk: FakeDesk) -> None:
        run(folder)
        desk.replies = {"who won the cup": make_reply("unanswered")}
        assert "Newly right: 1" in run(folder).stdout

    def test_it_prints_json_and_nothing_else(self, folder: Path) -> None:
        data = json.loads(run(folder, "--json").stdout)
        assert data["figures"]["right"] == {"count": 1, "of": 2}

    def test_it_says_that_it_cannot_compare_and_goes_on(self, folder: Path) -> None:
        (folder / "reports").mkdir()
        (folder / "reports" / "evaluation.json").write_text("{")
        result = run(folder)
        assert "nothing is compared" in " ".join(result.stderr.split())
        assert result.exit_code == 0


class TestFailures:
    def test_it_fails_when_a_floor_is_missed_and_writes_the_report_before(self, folder: Path) -> None:
        result = run(folder, "--least-right", "0.9", "--least-offers", "1", "--most-refused", "0")
        assert isinstance(result.exception, FloorMissedError)
        assert str(result.exception) == "Right overall: 50.00% (1 of 2), not at least 90.00%."
        assert (folder / "reports" / "evaluation.json").exists()

    def test_it_passes_when_every_floor_is_met(self, folder: Path) -> None:
        assert run(folder, "--least-right", "0.5", "--least-turns", "1", "--most-refused", "0").exit_code == 0

    def test_it_asks_nothing_when_a_file_is_wrong(self, folder: Path, desk: FakeDesk) -> None:
        (folder / "questions_more.yml").write_text("- {text: hello, outcome: greeting}")
        result = run(folder)
        assert isinstance(result.exception, QuestionFileError)
        assert desk.received == []

    @pytest.mark.parametrize("arguments", [("--least-right", "95"), ("--questions", "no/such/folder")])
    def test_it_refuses_a_wrong_call(self, folder: Path, arguments: tuple[str, str]) -> None:
        assert run(folder, *arguments).exit_code == 2

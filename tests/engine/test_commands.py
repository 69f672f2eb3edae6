"""Rasa's own commands, lean and stock, from the project's root."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Trained
from tests.engine.conftest import COMMAND_SECONDS, RunPython
from tests.support.stock_rasa import RASA, needs_stock_rasa

# Ours, and in no training file: enough to see that intents are predicted and counted.
QUESTIONS = """
version: "3.1"
nlu:
- intent: greet
  examples: |
    - hiya, good morning to you
- intent: say_goodbye
  examples: |
    - right, bye then, have a nice day
- intent: offer/lfhii
  examples: |
    - tell me all about the LFHII please
"""

RunRasa = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment(trained: Trained, tmp_path: Path) -> dict[str, str]:
    """The trained model's, with Rasa's cache out of the project."""
    return {**trained.environment, "RASA_CACHE_DIRECTORY": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT)}


@pytest.fixture
def model(trained: Trained) -> str:
    return str(trained.archive)


@pytest.fixture
def questions(tmp_path: Path) -> str:
    path = tmp_path / "questions.yml"
    path.write_text(QUESTIONS, encoding="utf-8")
    return str(path)


def _ended_well(done: subprocess.CompletedProcess[str]) -> str:
    told = done.stdout + done.stderr
    assert done.returncode == 0, told[-3000:]
    assert "Traceback" not in told, told[-3000:]
    return told


class TestLeanCommands:
    @pytest.fixture
    def lean_rasa(self, run_python: RunPython, environment: dict[str, str]) -> RunRasa:
        """`assistant rasa ...`."""

        def run(*arguments: str, says: str = "") -> subprocess.CompletedProcess[str]:
            command = ("-m", "assistant.cli.main", "rasa", *arguments)
            return run_python(*command, environment=environment, says=says)

        return run

    def test_it_hands_help_to_rasa(self, lean_rasa: RunRasa) -> None:
        told = _ended_well(lean_rasa("--help"))
        for command in ("init", "train", "shell", "test", "data", "run"):
            assert command in told

    def test_it_passes_on_how_rasa_ended(self, lean_rasa: RunRasa) -> None:
        assert lean_rasa("no-such-command").returncode == 2

    def test_it_finds_nothing_wrong_with_the_data(self, lean_rasa: RunRasa) -> None:
        assert "No story structure conflicts found" in _ended_well(lean_rasa("data", "validate"))

    def test_it_understands_what_is_typed_in_the_shell(self, lean_rasa: RunRasa, model: str) -> None:
        told = _ended_well(lean_rasa("shell", "nlu", "--model", model, says="tell me all about the LFHII please\n"))
        assert '"name": "offer"' in told
        assert "offer/lfhii" in told

    def test_it_judges_the_model_with_questions_of_ones_own(
        self, lean_rasa: RunRasa, model: str, questions: str, tmp_path: Path
    ) -> None:
        results = tmp_path / "results"
        _ended_well(lean_rasa("test", "nlu", "--model", model, "--nlu", questions, "--out", str(results)))
        assert "weighted avg" in (results / "intent_report.json").read_text(encoding="utf-8")


@needs_stock_rasa
class TestStockCommands:
    """What a Rasa developer types: `rasa ...`, with TensorFlow."""

    @pytest.fixture
    def stock_rasa(self, environment: dict[str, str]) -> RunRasa:
        environment["RASA_TELEMETRY_ENABLED"] = "false"

        def run(*arguments: str, says: str = "") -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [str(RASA), *arguments],
                cwd=ROOT,
                env=environment,
                input=says,
                capture_output=True,
                text=True,
                timeout=COMMAND_SECONDS,
            )

        return run

    def test_it_finds_nothing_wrong_with_the_data(self, stock_rasa: RunRasa) -> None:
        assert "No story structure conflicts found" in _ended_well(stock_rasa("data", "validate"))

    def test_it_trains_a_model_that_its_tests_and_its_shell_take(
        self, stock_rasa: RunRasa, questions: str, tmp_path: Path
    ) -> None:
        models, results = tmp_path / "models", tmp_path / "results"
        _ended_well(stock_rasa("train", "--out", str(models)))
        [model] = models.glob("*.tar.gz")

        _ended_well(stock_rasa("test", "nlu", "--model", str(model), "--nlu", questions, "--out", str(results)))
        assert "weighted avg" in (results / "intent_report.json").read_text(encoding="utf-8")

        told = _ended_well(stock_rasa("shell", "nlu", "--model", str(model), says="hiya, good morning to you\n"))
        assert '"name": "greet"' in told

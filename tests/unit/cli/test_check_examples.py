"""`assistant check-examples`, on a few sentences and with an encoder that knows words only."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from assistant.catalogue.models import Example
from assistant.cli.check_examples import show_findings
from assistant.cli.console import output
from assistant.cli.main import assistant
from assistant.db.engine import Database
from assistant.learning.errors import LabelsDoubtedError
from assistant.learning.label_check import Contradicted, LabelFindings, Sentence
from tests.support.loaded_database import write_loaded_database
from tests.support.word_encoder import WordEncoder

LABELS = [f"topic/{number}" for number in range(20)]
TAUGHT = {label: [f"{label}one {label}two {label}{letter}" for letter in "abcdefghij"] for label in LABELS}


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Twenty labels that have no word in common."""
    monkeypatch.setattr("assistant.matching.encoder.SentenceEncoder", lambda graph, threads: WordEncoder())
    (tmp_path / "data" / "nlu").mkdir(parents=True)
    nlu = [{"intent": label, "examples": "".join(f"- {text}\n" for text in texts)} for label, texts in TAUGHT.items()]
    (tmp_path / "data" / "nlu" / "topics.yml").write_text(yaml.safe_dump({"nlu": nlu}))
    write_loaded_database(tmp_path / "assistant.db")
    return {
        "ASSISTANT_DATA_FOLDER": str(tmp_path / "data"),
        "ASSISTANT_DATABASE_URL": f"sqlite:///{tmp_path}/assistant.db",
        "ASSISTANT_VAR_FOLDER": str(tmp_path / "var"),
        "COLUMNS": "200",
    }


def approve(environment: dict[str, str], *examples: Example) -> None:
    database = Database(environment["ASSISTANT_DATABASE_URL"])
    with database.write() as session:
        session.add_all(examples)
    database.close()


def run(environment: dict[str, str], *arguments: str) -> Result:
    return CliRunner().invoke(assistant, ["check-examples", *arguments], env=environment)


def test_it_finds_nothing_where_nothing_is_wrong(environment: dict[str, str]) -> None:
    result = run(environment)
    assert result.exit_code == 0
    assert "200 sentences checked, 0 contradicted by the others (0.0%)" in result.stdout


def test_it_shows_a_wrong_example_with_its_number_and_what_the_others_say(environment: dict[str, str]) -> None:
    approve(environment, Example(id=41, text="topic/3one topic/3two topic/3a", label="topic/7"))
    result = run(environment)
    assert result.exit_code == 0, "one is no reason to stop"
    assert "Contradicted by the others" in result.stdout and "Nearly the same, with different labels" in result.stdout
    line = next(line for line in result.stdout.splitlines() if "(example 41)" in line)
    assert line.split()[-3:-1] == ["topic/7", "topic/3"]


def test_it_fails_when_too_much_is_wrong(environment: dict[str, str]) -> None:
    wrong = [Example(text=TAUGHT[f"topic/{number}"][0], label=f"topic/{number + 1}") for number in range(15)]
    approve(environment, *wrong)
    result = run(environment, "--json")
    assert isinstance(result.exception, LabelsDoubtedError)
    values = json.loads(result.stdout)
    assert values["is_suspicious"] is True and values["checked_from_reviewers"] == 15


def test_it_lists_as_many_as_wanted_and_takes_no_sentence_for_markup() -> None:
    found = tuple(
        Contradicted(Sentence("[red]is this[/nonsense]", "greet", number), "deny", 0.9) for number in (1, 2, 3)
    )
    findings = LabelFindings(100, 3, found, (), (), 0)
    with output.capture() as shown:
        for part in show_findings(findings, most=2):
            output.print(part)
    assert shown.get().count("[red]is this[/nonsense]") == 2
    assert "and 1 more" in shown.get()

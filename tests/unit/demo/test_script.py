"""What the demonstration is made of: many voices, none of them somebody's, none of them from the tests."""

from pathlib import Path

import pytest
import yaml
from rapidfuzz import fuzz, process

from assistant.catalogue.files import read_catalogue
from assistant.demo.errors import DemoFileError
from assistant.demo.script import Script, read_script
from assistant.enquiries.outcomes import Outcome
from assistant.matching.safety import judge_safety
from tests.conftest import ROOT

NEAR_COPY = 90  # of 100, as tests/nlu has it


@pytest.fixture
def texts(script: Script) -> list[str]:
    return [text for ask in script.asks for text in ask.texts]


class TestQuestions:
    def test_there_are_many_and_each_stands_once(self, texts: list[str]) -> None:
        assert len(texts) == len({text.casefold() for text in texts}) >= 220

    def test_none_is_a_question_of_the_tests_or_nearly(self, texts: list[str]) -> None:
        asked = [text.casefold() for text in questions_of_tests()]
        assert len(asked) > 1000
        copies = [
            (text, near[0])
            for text in texts
            if (near := process.extractOne(text.casefold(), asked, scorer=fuzz.ratio, score_cutoff=NEAR_COPY))
        ]
        assert copies == []

    def test_none_that_is_written_out_is_due_care(self, texts: list[str]) -> None:
        assert [text for text in texts if judge_safety(text)] == []

    def test_each_outcome_is_there(self, script: Script) -> None:
        made = {Outcome.SMALLTALK, Outcome.HANDOFF}  # by the way a visit goes on
        assert {ask.outcome for ask in script.asks} == set(Outcome) - made

    def test_what_it_names_stands_in_the_catalogue(self, script: Script) -> None:
        kinds = read_catalogue(ROOT / "data" / "catalogue").kinds()
        slugs = {kind: {entry.slug for entry in entries} for kind, entries in kinds.items()}
        assert {slug for ask in script.asks for slug in ask.offers} <= slugs["offers"]
        assert {ask.topic for ask in script.asks} - {None} <= slugs["topics"]
        assert {ask.person for ask in script.asks} - {None} <= slugs["people"]
        assert {edit.slug for edit in script.story.revisions} <= slugs["offers"] | slugs["topics"]
        assert {checked.slug for checked in script.story.contacts} <= slugs["contacts"]


class TestFiles:
    def test_one_that_is_missing_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(DemoFileError, match="questions.yml"):
            read_script(tmp_path)

    def test_words_where_care_is_due_are_refused(self, tmp_path: Path) -> None:
        write(tmp_path, "questions", [{"slug": "told", "outcome": "disclosure", "texts": ["some words"]}])
        with pytest.raises(DemoFileError, match="no texts"):
            read_script(tmp_path)

    def test_a_story_about_what_nobody_asks_is_refused(self, tmp_path: Path) -> None:
        for name in ("askers", "story"):
            content = (ROOT / "data" / "demo" / f"{name}.yml").read_text(encoding="utf-8")
            write(tmp_path, name, yaml.safe_load(content))
        write(tmp_path, "questions", [{"slug": "prices", "outcome": "unanswered", "texts": ["free or paid?"]}])
        with pytest.raises(DemoFileError, match="There is no board-workshop"):
            read_script(tmp_path)


def write(data: Path, name: str, content: object) -> None:
    """A file of data/demo."""
    (data / "demo").mkdir(exist_ok=True)
    (data / "demo" / f"{name}.yml").write_text(yaml.safe_dump(content), encoding="utf-8")


def questions_of_tests() -> list[str]:
    """Everything that tests/nlu asks."""
    found = []
    for file in sorted((ROOT / "tests" / "nlu").glob("*.yml")):
        for entry in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            found += [entry["text"]] if "text" in entry else []
            found += [turn["says"] for turn in entry.get("turns", ()) if "says" in turn]
    return found

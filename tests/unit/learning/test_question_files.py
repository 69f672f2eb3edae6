"""Reading the files of questions, and what is said of those that cannot be used."""

from pathlib import Path

import pytest

from assistant.learning.evaluation.errors import QuestionFileError
from assistant.learning.evaluation.facts import read_facts
from assistant.learning.evaluation.question_files import Examination, read_examination
from assistant.settings import Settings
from tests.unit.learning.made_up_run import FACTS

ROOT = Path(__file__).parents[3]
GOOD = "- {text: what is the LFHII, kind: name, outcome: offer, offers: [lfhii]}\n"
BROKEN = {
    "unknown outcome": ("- {text: hello there, outcome: greeting}", "questions.yml, entry number 1, field outcome"),
    "unknown offer": (
        GOOD + "- {text: and this, outcome: offer, offers: [nothing]}",
        "questions.yml, entry number 2, field offers, item 1: There is no offer 'nothing'. Take one from offers.yml",
    ),
    "unknown topic": ("- {text: why, outcome: info, topic: whim}", "field topic: There is no topic 'whim'."),
    "unknown person": ("- {text: who, outcome: person, person: nobody}", "field person: There is no person 'nobody'"),
    "no text": ("- {outcome: smalltalk}", "field text: It is missing."),
    "empty text": ("- {text: ' ', outcome: smalltalk}", "field text: The message is empty."),
    "text too long": (f"- {{text: {'a' * 1001}, outcome: smalltalk}}", "field text: The message is too long."),
    "no outcome": ("- {text: hello}", "field outcome: It is missing."),
    "two outcomes": ("- {text: hello, outcome: [smalltalk, unanswered]}", "field outcome"),
    "unknown field": ("- {text: hello, outcome: smalltalk, offer: lfhii}", "field offer: There is no such field"),
    "offer without one": ("- {text: what, outcome: offer}", "number 1: With the outcome 'offer' it needs 'offers'."),
    "offer with two": ("- {text: what, outcome: offer, offers: [lfhii, primary-care-hub]}", "there is one offer"),
    "person without one": ("- {text: who, outcome: person}", "it needs 'person'"),
    "no entry": ("- just words", "entry number 1: It is not a list of fields"),
    "no list": ("text: hello", "questions.yml: It is not a list of entries."),
    "bad YAML": ("- {text: hello", "questions.yml: It is not usable YAML at line"),
    "the same twice": (GOOD + GOOD, "entry number 2: It is the same as entry number 1."),
    "no questions": ("[]", "There are no questions in"),
}
BROKEN_DIALOGUES = {
    "unknown offer": (
        "- {name: asks, turns: [{says: hi, outcome: smalltalk}, {says: that, offers: [nothing]}]}",
        "dialogues.yml, entry number 1, field turns, item 2, offers, item 1: There is no offer 'nothing'.",
    ),
    "unknown contact": ("- {name: asks, turns: [{says: hi, contact: a@b.org}]}", "There is no contact 'a@b.org'."),
    "two messages": ("- {name: asks, turns: [{says: hi, picks: that}]}", "one of 'says', 'picks' and 'form'"),
    "no message": ("- {name: asks, turns: [{outcome: offer}]}", "one of 'says', 'picks' and 'form'"),
    "no turns": ("- {name: asks, turns: []}", "field turns"),
    "no consent": ("- {name: a, turns: [{form: {question: q, name: n, email: e, consent: false}}]}", "form, consent"),
}


def read(folder: Path, **files: str) -> Examination:
    for name, content in files.items():
        (folder / f"{name}.yml").write_text(content)
    return read_examination(folder, FACTS)


class TestReading:
    def test_it_reads_questions_and_dialogues_of_every_file(self, tmp_path: Path) -> None:
        dialogue = "- {name: asks, turns: [{says: hello, outcome: [smalltalk, offer], expects: null}]}"
        read_ = read(tmp_path, questions=GOOD, questions_second=GOOD, dialogues=dialogue, notes="nonsense: [")
        assert [(each.file, each.entry) for each in read_.questions] == [
            ("questions.yml", 1),
            ("questions_second.yml", 1),
        ]
        assert read_.dialogues[0].turns[0].accepted == ("smalltalk", "offer")
        assert len(read_) == 3

    def test_it_takes_either_way_of_refusing_for_a_question_beyond_us(self, tmp_path: Path) -> None:
        [question] = read(tmp_path, questions="- {text: who won, outcome: out_of_scope}").questions
        assert question.accepted == ("out_of_scope", "unanswered")
        assert not question.is_answerable

    def test_it_reads_the_files_of_the_project(self) -> None:
        read_ = read_examination(ROOT / "tests" / "nlu", read_facts(Settings(data_folder=ROOT / "data")))
        assert read_.questions and read_.dialogues


class TestProblems:
    @pytest.mark.parametrize("case", BROKEN)
    def test_it_says_what_is_wrong_with_a_question_and_where(self, case: str, tmp_path: Path) -> None:
        content, words = BROKEN[case]
        with pytest.raises(QuestionFileError) as raised:
            read(tmp_path, questions=content)
        assert words in str(raised.value)

    @pytest.mark.parametrize("case", BROKEN_DIALOGUES)
    def test_it_says_what_is_wrong_with_a_dialogue_and_where(self, case: str, tmp_path: Path) -> None:
        content, words = BROKEN_DIALOGUES[case]
        with pytest.raises(QuestionFileError) as raised:
            read(tmp_path, questions=GOOD, dialogues=content)
        assert words in str(raised.value)

    def test_it_says_everything_at_once(self, tmp_path: Path) -> None:
        with pytest.raises(QuestionFileError) as raised:
            read(tmp_path, questions="- {text: hello}\n- {outcome: smalltalk}", dialogues="- {}")
        assert len(raised.value.problems) == 4

    def test_it_says_that_a_file_is_not_utf_8(self, tmp_path: Path) -> None:
        (tmp_path / "questions.yml").write_bytes(b"- text: caf\xe9")
        with pytest.raises(QuestionFileError, match="It is not UTF-8"):
            read_examination(tmp_path, FACTS)

    def test_it_says_that_a_file_cannot_be_read(self, tmp_path: Path) -> None:
        (tmp_path / "questions.yml").mkdir()
        with pytest.raises(QuestionFileError, match="It cannot be read"):
            read_examination(tmp_path, FACTS)

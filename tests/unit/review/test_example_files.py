"""Approved examples as lines of data/nlu: exact, added only, never twice. What Rasa reads: tests/engine."""

import difflib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from assistant.catalogue.errors import ExportRefusedError
from assistant.catalogue.file_changes import write_changes
from assistant.catalogue.models import Example, ExampleState
from assistant.review.example_files import find_unwritable, list_withdrawn_in_files, plan_examples
from assistant.review.training_sentences import leave_out_taught, read_training_sentences, sentences_of

GREET = """\
version: "3.1"  # of Rasa
nlu:
# People are polite.
- intent: greet
  examples: |
    - hello
    - it's me: "hi"   

- intent: thank
  examples: |
    - thanks
# The end.
"""
OFFER = 'version: "3.1"\nnlu:\n- intent: offer/lfhii\n  examples: |\n    - lfhii\n'


@pytest.fixture
def nlu(tmp_path: Path) -> Path:
    """A folder of training files."""
    folder = tmp_path / "data" / "nlu"
    (folder / "offers").mkdir(parents=True)
    (folder / "small_talk.yml").write_text(GREET, encoding="utf-8", newline="")
    (folder / "offers" / "lfhii.yml").write_text(OFFER, encoding="utf-8", newline="")
    return folder


def approve(session: Session, text: str, label: str = "greet", state: ExampleState = ExampleState.APPROVED) -> Example:
    example = Example(text=text, label=label, state=state.value)
    session.add(example)
    session.flush()
    return example


def export(session: Session, nlu: Path) -> dict[str, str]:
    """Write the changes; what changed by the file."""
    changes = plan_examples(session, nlu)
    write_changes(changes)
    return {str(change.path.relative_to(nlu)): change.what for change in changes}


def read_all(nlu: Path) -> list[tuple[str, str]]:
    return [each for file in sorted(nlu.rglob("*.yml")) for each in sentences_of(file.read_text(encoding="utf-8"))]


class TestTheDiff:
    def test_it_adds_lines_at_the_end_of_the_block_and_changes_none(self, session: Session, nlu: Path) -> None:
        approve(session, "good day")
        approve(session, "ta", "thank")
        assert export(session, nlu) == {"small_talk.yml": "2 sentences added"}
        after = (nlu / "small_talk.yml").read_text(encoding="utf-8")
        assert after == GREET.replace('"hi"   \n', '"hi"   \n    - good day\n').replace(
            "thanks\n", "thanks\n    - ta\n"
        )
        diff = difflib.ndiff(GREET.splitlines(keepends=True), after.splitlines(keepends=True))
        assert [line for line in diff if line[0] != " "] == ["+     - good day\n", "+     - ta\n"]

    def test_it_keeps_line_ends_as_they_are(self, session: Session, nlu: Path) -> None:
        (nlu / "small_talk.yml").write_bytes(GREET.replace("\n", "\r\n").encode())
        approve(session, "good day")
        export(session, nlu)
        after = (nlu / "small_talk.yml").read_bytes().decode()
        assert after.replace("    - good day\r\n", "") == GREET.replace("\n", "\r\n")

    def test_it_writes_a_new_label_as_its_neighbours_look(self, session: Session, nlu: Path) -> None:
        for label in ("offer/new-one", "topic/new-one", "person/new-one", "shared/new-one"):
            approve(session, "what is new?", label)
        folders = ("offers", "people", "shared", "topics")
        assert list(export(session, nlu)) == [f"{folder}/new-one.yml" for folder in folders]
        written = (nlu / "offers" / "new-one.yml").read_text(encoding="utf-8")
        assert written == OFFER.replace("/lfhii", "/new-one").replace("- lfhii", "- what is new?")

    def test_it_begins_a_block_where_the_file_has_none_to_add_to(self, session: Session, nlu: Path) -> None:
        quoted = 'version: "3.1"\nnlu:\n- intent: offer/quoted\n  examples: "- one"'
        (nlu / "offers" / "quoted.yml").write_text(quoted, encoding="utf-8")
        approve(session, "two", "offer/quoted")
        export(session, nlu)
        after = (nlu / "offers" / "quoted.yml").read_text(encoding="utf-8")
        assert after == quoted + "\n- intent: offer/quoted\n  examples: |\n    - two\n"

    def test_it_leaves_out_what_is_not_approved(self, session: Session, nlu: Path) -> None:
        approve(session, "perhaps", state=ExampleState.PROPOSED)
        approve(session, "no more", state=ExampleState.WITHDRAWN)
        assert export(session, nlu) == {}


class TestRoundTrip:
    @settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(texts=st.lists(st.text(min_size=1), min_size=1))
    def test_every_sentence_comes_back_exactly_or_is_refused(
        self, session: Session, nlu: Path, texts: list[str]
    ) -> None:
        examples = [Example(text=text, label="greet", state="approved") for text in dict.fromkeys(texts)]
        with session.begin_nested() as nested:
            examples = [each for each in examples if "\0" not in each.text and each.text.isprintable()]
            session.add_all(examples)
            session.flush()
            refused = [each for each in examples if find_unwritable(each.text)]
            for each in refused:
                each.state = ExampleState.WITHDRAWN.value
            session.flush()
            before = read_all(nlu)
            new = [(each.text, each.label) for each in leave_out_taught(examples, before) if each not in refused]
            changed = {change.path: change.text for change in plan_examples(session, nlu)}
            after = sentences_of(changed.get(nlu / "small_talk.yml", GREET))
            assert sorted(after) == sorted([*sentences_of(GREET), *new])
            nested.rollback()

    @pytest.mark.parametrize(
        "text",
        [
            "- a list",
            "# no comment",
            "a: b",
            "'quoted'",
            '"half',
            "| >",
            "{a} [b] (c)",
            "über 👩🏽‍⚕️ naïve",
            "a\tb",
            "\\n %",
            "null",
        ],
    )
    def test_it_writes_what_yaml_reads_otherwise_elsewhere(self, session: Session, nlu: Path, text: str) -> None:
        approve(session, text)
        export(session, nlu)
        assert (text, "greet") in read_all(nlu)

    def test_training_is_the_same_after_as_before(self, session: Session, nlu: Path) -> None:
        for text, label in (("good day", "greet"), ("Good day!", "greet"), ("good day", "thank"), ("new", "offer/x")):
            approve(session, text, label)
        before = taught(session, nlu)
        export(session, nlu)
        assert sorted(before) == sorted(taught(session, nlu)) == sorted(read_all(nlu))

    def test_it_exports_nothing_twice(self, session: Session, nlu: Path) -> None:
        approve(session, "good day")
        export(session, nlu)
        assert export(session, nlu) == {}

    def test_it_does_not_add_what_stands_there_but_for_case_and_the_end(self, session: Session, nlu: Path) -> None:
        approve(session, "Hello!")
        assert export(session, nlu) == {}


def taught(session: Session, nlu: Path) -> list[tuple[str, str]]:
    """What training takes from both."""
    examples = [each for each in session.query(Example).order_by(Example.id) if each.state == "approved"]
    read_training_sentences.cache_clear()
    files = read_training_sentences(nlu.parent)
    return [*files, *((each.text, each.label) for each in leave_out_taught(examples, files))]


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("two\nlines", "more than one line"),
            ("two\u2028lines", "more than one line"),
            (" before", "begins or ends with a space"),
            ("after\u00a0", "begins or ends with a space"),
            ("[lfhii](offer)", "brackets"),
            ('[lfhii]{"entity": "offer"}', "brackets"),
            ('[lfhii][{"entity": "offer"}]', "brackets"),
            ("a \\u0041", "backslash"),
            ("a\x07", "YAML cannot hold"),
            ("a\ufeffb", "YAML cannot hold"),
        ],
    )
    def test_what_would_not_come_back_is_refused_by_its_number(
        self, session: Session, nlu: Path, text: str, fault: str
    ) -> None:
        approve(session, "good day")
        example = approve(session, text)
        with pytest.raises(ExportRefusedError, match=rf"Example {example.id} \(greet\) .*{fault}") as refused:
            plan_examples(session, nlu)
        assert text not in str(refused.value)

    def test_every_example_that_cannot_be_written_is_named_at_once(self, session: Session, nlu: Path) -> None:
        numbers = [approve(session, text).id for text in ("a\nb", "[c](d)")]
        with pytest.raises(ExportRefusedError) as refused:
            plan_examples(session, nlu)
        assert all(f"Example {number} " in str(refused.value) for number in numbers)

    @pytest.mark.parametrize("label", ["no_such_intent", "offer/../../x", "elsewhere/x", "offer/"])
    def test_a_label_that_no_file_can_have_is_refused(self, session: Session, nlu: Path, label: str) -> None:
        example = approve(session, "good day", label)
        with pytest.raises(ExportRefusedError, match=f"Example {example.id} has a label that no file has"):
            plan_examples(session, nlu)

    def test_a_file_that_is_no_training_file_is_named(self, session: Session, nlu: Path) -> None:
        (nlu / "other.yml").write_text("nothing: here\n", encoding="utf-8")
        with pytest.raises(ExportRefusedError, match=r"other\.yml is not a training file"):
            plan_examples(session, nlu)


class TestWithdrawnInFiles:
    def test_it_names_what_was_exported_and_then_withdrawn(self, session: Session, nlu: Path) -> None:
        example = approve(session, "good day")
        export(session, nlu)
        assert list_withdrawn_in_files(session, nlu) == []
        example.state = ExampleState.WITHDRAWN.value
        assert list_withdrawn_in_files(session, nlu) == [example.id]

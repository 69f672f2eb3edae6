"""What a model is made of: every ingredient counts, and nothing else does."""

import hashlib
import shutil
from pathlib import Path

import pytest

from assistant.catalogue.models import Example, ExampleState, Person
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.learning import ingredients
from assistant.learning.ingredients import CODE, DIALOGUES, describe, fingerprint
from assistant.learning.training import CONFIG, DOMAIN
from assistant.review.training_sentences import read_training_sentences
from assistant.settings import Settings


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project: one sentence file, a rule, a story, configuration, and code that learns."""
    monkeypatch.chdir(tmp_path)
    CONFIG.write_text("pipeline: []\n")
    DOMAIN.write_text("intents: []\n")
    for name in ("nlu", *DIALOGUES):
        (tmp_path / "data" / name).mkdir(parents=True)
        (tmp_path / "data" / name / "one.yml").write_text("version: '3.1'\n")
    write_sentences(tmp_path, "seminars", "events")
    for room in CODE:
        (tmp_path / "package" / room).mkdir(parents=True)
        (tmp_path / "package" / room / "code.py").write_text("x = 1\n")
    monkeypatch.setattr(ingredients, "__file__", str(tmp_path / "package" / "learning" / "ingredients.py"))
    return tmp_path


def write_sentences(project: Path, *sentences: str) -> None:
    lines = "".join(f"    - {each}\n" for each in sentences)
    (project / "data" / "nlu" / "one.yml").write_text(f"nlu:\n- intent: offer/one\n  examples: |\n{lines}")


@pytest.fixture
def settings(project: Path) -> Settings:
    return Settings(data_folder=project / "data")


def taken(database: Database, settings: Settings) -> str:
    with database.read() as session:
        return fingerprint(session, settings)


def add_example(database: Database, text: str, label: str = "offer/one", state: ExampleState | None = None) -> None:
    with database.write() as session:
        session.add(Example(text=text, label=label, state=(state or ExampleState.APPROVED).value))


def add_person(database: Database, name: str = "Ada Example") -> None:
    with database.write() as session:
        session.add(Person(slug="ada", name=name, role="Director", aliases=[], position=1))


SENTENCES = "nlu:\n- intent: offer/one\n  examples: |\n    - workshops\n"


def write_file(project: Path, name: str, text: str) -> None:
    """As a release does; a server reads them once."""
    file = project / "data" / "nlu" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    read_training_sentences.cache_clear()


class TestFingerprint:
    @pytest.mark.parametrize(
        "file",
        [
            *(f"data/{name}/one.yml" for name in DIALOGUES),
            *(f"package/{room}/code.py" for room in CODE),
            str(CONFIG),
            str(DOMAIN),
        ],
    )
    def test_a_file_that_changed_changes_it(
        self, database: Database, settings: Settings, project: Path, file: str
    ) -> None:
        before = taken(database, settings)
        content = (project / file).read_text()
        (project / file).write_text(content + "# changed\n")
        assert taken(database, settings) != before
        (project / file).write_text(content)
        assert taken(database, settings) == before

    def test_a_new_sentence_changes_it_and_a_comment_does_not(
        self, database: Database, settings: Settings, project: Path
    ) -> None:
        before = taken(database, settings)
        write_file(project, "one.yml", (project / "data" / "nlu" / "one.yml").read_text() + "# changed\n")
        assert taken(database, settings) == before
        write_file(project, "more/two.yml", SENTENCES)
        assert taken(database, settings) != before

    def test_an_example_that_was_exported_is_nothing_new(
        self, database: Database, settings: Settings, project: Path
    ) -> None:
        add_example(database, "workshops")
        before = taken(database, settings)
        write_file(project, "more/two.yml", SENTENCES)
        assert taken(database, settings) == before

    def test_an_approved_example_changes_it_by_its_words_and_its_label(
        self, database: Database, settings: Settings
    ) -> None:
        found = {taken(database, settings)}
        add_example(database, "workshops")
        found.add(taken(database, settings))
        with database.write() as session:
            session.get_one(Example, 1).label = "offer/two"
        found.add(taken(database, settings))
        with database.write() as session:
            session.get_one(Example, 1).text = "workshop"
        found.add(taken(database, settings))
        assert len(found) == 4

    def test_a_name_changes_it(self, database: Database, settings: Settings) -> None:
        found = {taken(database, settings)}
        add_person(database)
        found.add(taken(database, settings))
        with database.write() as session:
            session.get_one(Person, "ada").name = "Ada Other"
        found.add(taken(database, settings))
        assert len(found) == 3

    def test_nothing_else_does(self, database: Database, settings: Settings, project: Path) -> None:
        add_example(database, "workshops")
        add_person(database)
        before = taken(database, settings)
        for state in set(ExampleState) - {ExampleState.APPROVED}:
            add_example(database, f"{state.value} one", state=state)
        with database.write() as session:
            example, person = session.get_one(Example, 1), session.get_one(Person, "ada")
            example.approved_at = person.edited_at = now()
            person.role = "Somebody else"
        (project / "data" / "catalogue").mkdir()
        (project / "data" / "catalogue" / "people.yml").write_text("people: []\n")
        (project / "data" / "nlu" / "notes.txt").write_text("notes\n")
        (project / "package" / "learning").mkdir()
        (project / "package" / "learning" / "code.py").write_text("x = 2\n")
        assert taken(database, settings) == before

    def test_it_is_the_same_wherever_the_project_lies(
        self, database: Database, settings: Settings, tmp_path: Path
    ) -> None:
        elsewhere = shutil.copytree(settings.data_folder, tmp_path / "elsewhere")
        assert taken(database, Settings(data_folder=elsewhere)) == taken(database, settings)


def test_it_describes_by_counts_and_versions(database: Database, settings: Settings) -> None:
    add_example(database, "workshops")
    add_example(database, "who is Ada", "person/ada")
    add_example(database, "maybe", state=ExampleState.PROPOSED)
    with database.read() as session:
        found = describe(session, settings)
    assert (found["sentences"], found["approved_examples"], found["labels"]) == (2, 2, 2)
    assert found["config"] == hashlib.sha256(CONFIG.read_bytes()).hexdigest()
    assert found["rasa"].startswith("3.") and found["python"].startswith("3.")

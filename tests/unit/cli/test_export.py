"""`assistant export`, on a copy of the project's data."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.catalogue.errors import ExportRefusedError
from assistant.catalogue.loader import load_catalogue
from assistant.catalogue.models import Example, ExampleState, Person
from assistant.cli.export import NOTHING, export
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.settings import Settings

DATA = Path(__file__).parents[3] / "data"
WRITTEN = ["nlu/offers/lfhii.yml: 1 sentence added", "catalogue/people.yml: 1 entry changed (danny-mortimer)"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """With a data folder of its own."""
    for name in ("nlu", "catalogue"):
        shutil.copytree(DATA / name, tmp_path / "data" / name)
    return Settings(database_url=f"sqlite:///{tmp_path}/test.db", data_folder=tmp_path / "data")


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """With the catalogue, one edit of it and one approved example."""
    database = Database(settings.database_url)
    upgrade(database.engine)
    with database.write() as session:
        load_catalogue(session, settings.data_folder / "catalogue")
        session.add(Example(text="zebra crossing framework thing", label="offer/lfhii"))
        person = session.get_one(Person, "danny-mortimer")
        person.role, person.edited_at = "Somebody else", now()
    yield database
    database.close()


def run(settings: Settings, *arguments: str) -> Result:
    return CliRunner().invoke(export, arguments, obj=settings)


def texts(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*.yml")}


class TestExport:
    def test_it_writes_into_the_data_folder_and_says_what(self, settings: Settings, database: Database) -> None:
        before = texts(settings.data_folder)
        result = run(settings)
        assert (result.exit_code, result.stdout.splitlines()) == (0, WRITTEN)
        after = texts(settings.data_folder)
        assert {name for name in after if after[name] != before.get(name)} == {
            "nlu/offers/lfhii.yml",
            "catalogue/people.yml",
        }
        added = after["nlu/offers/lfhii.yml"].removeprefix(before["nlu/offers/lfhii.yml"])
        assert added == "    - zebra crossing framework thing\n"

    def test_the_second_time_there_is_nothing(self, settings: Settings, database: Database) -> None:
        run(settings)
        assert (run(settings).stdout.strip(), run(settings, "--check").exit_code) == (NOTHING, 0)

    def test_it_writes_into_another_folder(self, settings: Settings, database: Database, tmp_path: Path) -> None:
        checkout = Path(shutil.copytree(settings.data_folder, tmp_path / "checkout"))
        before = texts(settings.data_folder)
        assert run(settings, "--to", str(checkout)).stdout.splitlines() == WRITTEN
        assert texts(settings.data_folder) == before != texts(checkout)

    def test_a_check_writes_nothing_and_fails(self, settings: Settings, database: Database) -> None:
        before = texts(settings.data_folder)
        result = run(settings, "--check")
        assert (result.exit_code, result.stdout.splitlines()) == (1, WRITTEN)
        assert texts(settings.data_folder) == before

    def test_it_says_what_was_withdrawn_and_is_still_in_the_files(self, settings: Settings, database: Database) -> None:
        run(settings)
        with database.write() as session:
            session.get_one(Example, 1).state = ExampleState.WITHDRAWN.value
        assert "examples 1. Take them out by hand." in run(settings).stderr

    def test_one_example_that_cannot_be_written_stops_everything(self, settings: Settings, database: Database) -> None:
        with database.write() as session:
            session.add(Example(text="one\ntwo", label="greet"))
        before = texts(settings.data_folder)
        result = run(settings)
        assert isinstance(result.exception, ExportRefusedError) and "Example 2 (greet)" in str(result.exception)
        assert texts(settings.data_folder) == before

    def test_a_folder_that_cannot_be_written_to_is_named(self, settings: Settings, database: Database) -> None:
        shutil.rmtree(settings.data_folder / "nlu" / "people")
        (settings.data_folder / "nlu" / "people").write_text("in the way", encoding="utf-8")
        with database.write() as session:
            session.add(Example(text="who is new", label="person/new-one"))
        before = texts(settings.data_folder)
        result = run(settings)
        assert isinstance(result.exception, ExportRefusedError) and "cannot be written" in str(result.exception)
        assert texts(settings.data_folder) == before

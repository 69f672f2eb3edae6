"""The real files, copies to break, and a session on the loaded catalogue."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy.orm import Session

from assistant.catalogue.loader import load_catalogue
from assistant.db.base import Base
from assistant.db.engine import Database

REAL_FILES = Path(__file__).parents[3] / "data" / "catalogue"
KINDS = ("sources", "contacts", "offers", "people", "topics", "shared_parts")

Entries = list[dict[str, Any]]
EditFile = Callable[[str, Callable[[Entries], object]], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the real files."""
    copy = tmp_path / "catalogue"
    copy.mkdir()
    for kind in KINDS:
        shutil.copy(REAL_FILES / f"{kind}.yml", copy)
    return copy


@pytest.fixture
def edit_file(folder: Path) -> EditFile:
    """Change the entries of one file of the copy: edit_file("offers", lambda offers: offers.pop())."""

    def edit(kind: str, change: Callable[[Entries], object]) -> None:
        path = folder / f"{kind}.yml"
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        change(content[kind])
        path.write_text(yaml.dump(content, Dumper=yaml.CSafeDumper, sort_keys=False), encoding="utf-8")

    return edit


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session on a database with nothing in it."""
    with database.write() as session:
        yield session


@pytest.fixture(scope="session")
def loaded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the real catalogue, made once because loading takes a tenth of a second."""
    file = tmp_path_factory.mktemp("loaded") / "catalogue.db"
    database = Database(f"sqlite:///{file}")
    Base.metadata.create_all(database.engine)
    with database.write() as session:
        load_catalogue(session, REAL_FILES)
    database.close()
    return file


@pytest.fixture
def catalogue(loaded_file: Path, tmp_path: Path) -> Iterator[Session]:
    """A session on a database of its own, with the real catalogue loaded."""
    database = Database(f"sqlite:///{shutil.copy(loaded_file, tmp_path)}")
    with database.write() as session:
        yield session
    database.close()

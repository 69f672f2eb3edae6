"""A demonstration, with vectors that tell texts apart by their letters."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from cryptography.fernet import Fernet
from numpy.typing import NDArray

from assistant.catalogue.loader import load_catalogue
from assistant.db.base import Base
from assistant.db.engine import Database
from assistant.demo.loading import Tools, load_demo
from assistant.demo.script import Script, read_script
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.redactor import Redactor
from assistant.settings import Settings
from tests.conftest import ROOT
from tests.support.fake_desk import find_no_names

MOMENT = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)


def count_letters(texts: Sequence[str]) -> NDArray[np.float32]:
    """A row of counts for each text."""
    rows = np.zeros((len(texts), 128), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        for character in text.casefold():
            row[ord(character) % 128] += 1
    return rows


@pytest.fixture(scope="session")
def script() -> Script:
    return read_script(ROOT / "data")


@pytest.fixture(scope="session")
def cipher() -> Cipher:
    return Cipher(Fernet.generate_key().decode())


def open_tools(database: Database, cipher: Cipher) -> Tools:
    """Over a database with the catalogue and nothing else."""
    Base.metadata.create_all(database.engine)
    with database.write() as session:
        load_catalogue(session, ROOT / "data" / "catalogue")
    settings = Settings(data_folder=ROOT / "data")
    return Tools(settings, cipher, Redactor(database, settings, find_no_names), count_letters, "a-model", {})


@pytest.fixture
def tools(database: Database, cipher: Cipher) -> Tools:
    """Over a database of the test's own."""
    return open_tools(database, cipher)


@pytest.fixture(scope="session")
def loaded_file(tmp_path_factory: pytest.TempPathFactory, script: Script, cipher: Cipher) -> Path:
    """Made once, copied by each test."""
    file = tmp_path_factory.mktemp("demo") / "demo.db"
    database = Database(f"sqlite:///{file}")
    tools = open_tools(database, cipher)
    with database.write() as session:
        load_demo(session, script, tools, MOMENT)
    database.close()
    return file


@pytest.fixture
def demo(loaded_file: Path, tmp_path: Path) -> Iterator[Database]:
    """What was loaded."""
    database = Database(f"sqlite:///{shutil.copy(loaded_file, tmp_path / 'demo.db')}", durable=False)
    yield database
    database.close()

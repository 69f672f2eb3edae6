"""A desk with a fake engine, on a database of its own with the real catalogue."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.encryption import Cipher
from assistant.settings import Settings
from tests.support.fake_desk import make_desk
from tests.support.fake_engine import FakeEngine
from tests.support.loaded_database import ROOT, write_loaded_database


@pytest.fixture(scope="session")
def loaded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, copied by each test."""
    return write_loaded_database(tmp_path_factory.mktemp("loaded") / "loaded.db")


@pytest.fixture
def database(loaded_file: Path, tmp_path: Path) -> Iterator[Database]:
    """A database file of the test's own in tmp_path. Not durable: waiting for the disk would be most of the time."""
    database = Database(f"sqlite:///{shutil.copy(loaded_file, tmp_path / 'assistant.db')}", durable=False)
    yield database
    database.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Without a limit of messages a minute."""
    return Settings(data_folder=ROOT / "data", var_folder=tmp_path / "var", messages_per_minute=0)


@pytest.fixture
def cipher() -> Cipher:
    """With a key of the test's own."""
    return Cipher(Fernet.generate_key().decode())


@pytest.fixture
def engine() -> FakeEngine:
    """Answers at once until told otherwise."""
    return FakeEngine()


@pytest.fixture
def desk(database: Database, engine: FakeEngine, cipher: Cipher, settings: Settings) -> EnquiryDesk:
    """The desk under test."""
    return make_desk(database, engine, cipher, settings)

"""Every test of this lane runs on both kinds of database, with every table."""

from collections.abc import Iterator

import pytest
from cryptography.fernet import Fernet

from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.enquiries.encryption import Cipher


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with every table, empty."""
    database = Database(database_url)
    upgrade(database.engine)
    yield database
    database.close()


@pytest.fixture
def cipher() -> Cipher:
    """With a key of the test's own."""
    return Cipher(Fernet.generate_key().decode())

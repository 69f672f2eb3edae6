"""Every test of this lane runs on both kinds of database."""

from collections.abc import Iterator

import pytest

from assistant.db.engine import Database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database without tables."""
    database = Database(database_url)
    yield database
    database.close()

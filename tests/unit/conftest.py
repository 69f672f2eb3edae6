"""What the unit tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.db.base import Base
from assistant.db.engine import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database with the tables of every room that the test imports."""
    database = Database(f"sqlite:///{tmp_path / 'test.db'}")
    Base.metadata.create_all(database.engine)
    yield database
    database.close()

"""Every test of this lane runs on both kinds of database."""

from collections.abc import Iterator

import pytest

from assistant.db.engine import Database


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{request.getfixturevalue('tmp_path')}/test.db"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database without tables."""
    database = Database(database_url)
    yield database
    database.close()

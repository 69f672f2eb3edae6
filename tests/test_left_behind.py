"""After the whole run, failures included: no identifier of the canaries in any file, nor any name in the logs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.canaries import FINDABLE, LOG_WATCH
from tests.support.postgres import PostgresServer

CANARY_DATABASE = "canaries.db"  # tests/dialogue/test_canaries.py has sent all of them there


def files(folder: Path) -> Iterator[Path]:
    """All files in a folder; a server that is running may take one away meanwhile."""
    return (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def canaries_in(folder: Path) -> list[tuple[str, str]]:
    wanted = [(value, value.encode()) for value in FINDABLE]
    found = []
    for path in files(folder):
        content = path.read_bytes()
        found += [(str(path), value) for value, encoded in wanted if encoded in content]
    return found


@pytest.fixture
def left_by_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds every database, model, log and outbox of this run."""
    return tmp_path_factory.getbasetemp()


def test_no_identifier_is_in_any_file(left_by_run: Path) -> None:
    assert canaries_in(left_by_run) == []


def test_no_identifier_is_on_the_disk_of_postgresql(postgres_server: PostgresServer) -> None:
    postgres_server.run("CHECKPOINT")
    assert canaries_in(postgres_server.folder) == []


def test_no_identifier_and_no_name_was_logged() -> None:
    assert LOG_WATCH.leaks == []


def test_what_was_looked_through_had_held_them(left_by_run: Path) -> None:
    databases = [path for path in files(left_by_run) if path.name == CANARY_DATABASE]
    assert databases, "Run all the tests: this one looks at what tests/dialogue/test_canaries.py has left."
    assert b"[staff number]" in b"".join(path.read_bytes() for path in databases)
    assert LOG_WATCH.lines > 0

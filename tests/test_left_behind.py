"""After the whole run, failures included: no identifier of the canaries in any file, nor any name in the logs."""

import os
import subprocess
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
    """Each file with a canary that is in it. grep looks for all of them at once: seconds, not minutes."""
    found = subprocess.run(
        ["grep", "--recursive", "--text", "--only-matching", "--fixed-strings", "--null", "--file=-", str(folder)],
        input="\n".join(FINDABLE).encode(), env={"LC_ALL": "C", "PATH": os.environ["PATH"]}, capture_output=True,
    )  # fmt: skip
    # A server that is running may take a file away meanwhile.
    assert all(line.endswith(b"No such file or directory") for line in found.stderr.splitlines()), found.stderr
    pairs = (line.split(b"\0", 1) for line in found.stdout.splitlines())
    return sorted({(path.decode(), value.decode()) for path, value in pairs})


def test_it_finds_a_canary_in_any_file(tmp_path: Path) -> None:
    canary = FINDABLE[0]
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "binary").write_bytes(b"\0\xff" + canary.encode() + b"\0")
    (tmp_path / "clean").write_bytes(b"\0nothing")
    assert canaries_in(tmp_path) == [(str(tmp_path / "below" / "binary"), canary)]
    (tmp_path / "below" / "binary").unlink()
    assert canaries_in(tmp_path) == []


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

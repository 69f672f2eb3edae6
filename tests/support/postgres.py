"""A throw-away PostgreSQL for one run of the tests: fixtures `postgres_server`, `postgres_url`, `database_url`."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, create_engine, text

SUPERUSER = "assistant"
# What a server that is thrown away can do without: surviving a power cut, and listening on the network.
OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses=''"
SECONDS = 60
UNPRIVILEGED_USERS = ("postgres", "nobody")


class PostgresError(Exception):
    """PostgreSQL is not installed or does not start."""


@dataclass(frozen=True)
class PostgresServer:
    """A running server. Its socket is the only way in, so that no port is taken."""

    folder: Path
    programs: Path
    options: str = OPTIONS

    def url(self, database: str) -> str:
        """The URL of one of its databases, for SQLAlchemy."""
        return URL.create(
            "postgresql", username=SUPERUSER, database=database, query={"host": str(self.folder)}
        ).render_as_string()

    def run(self, statement: str) -> None:
        """Run a statement that stands outside every transaction, such as CREATE DATABASE."""
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def start(self) -> None:
        """Make the data folder and start the server in the background."""
        self._call("initdb", "-U", SUPERUSER, "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C", "-D", self._data)
        options = f"{self.options} -c unix_socket_directories={self.folder}"
        self._call("pg_ctl", "start", "-w", "-D", self._data, "-l", str(self.folder / "log"), "-o", options)

    def stop(self) -> None:
        """Stop the server, whoever is still connected."""
        self._call("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self._data)

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _call(self, program: str, *arguments: str) -> None:
        # Into a file and not a pipe: the server inherits it and would keep a pipe open.
        with (self.folder / f"{program}.out").open("w+") as output:
            done = subprocess.run(
                [self.programs / program, *arguments],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=SECONDS,
                env={name: value for name, value in os.environ.items() if not name.startswith("PG")},
                **_user(),
            )
            output.seek(0)
            if done.returncode != 0:
                raise PostgresError(f"{program} ended with code {done.returncode}: {output.read()[-2000:]}")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A real PostgreSQL, stopped at the end of the run."""
    with running_server() as server:
        yield server


@contextmanager
def running_server(options: str = OPTIONS) -> Iterator[PostgresServer]:
    """A server of one's own with these options, stopped and deleted at the end."""
    # Not in pytest's own folder: only its owner may enter that, and the path of a socket has to be short.
    folder = Path(tempfile.mkdtemp(prefix="assistant-postgres-"))
    server = PostgresServer(folder, find_programs(), options)
    try:
        if user := _user():
            os.chown(folder, user["user"], user["group"])
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The URL of an empty database of the test's own."""
    name = f"test_{uuid.uuid4().hex}"
    postgres_server.run(f'CREATE DATABASE "{name}"')
    yield postgres_server.url(name)
    postgres_server.run(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{request.getfixturevalue('tmp_path')}/test.db"
    return str(request.getfixturevalue("postgres_url"))


def find_programs() -> Path:
    """The folder of initdb and pg_ctl. Debian keeps it off the path. Raises PostgresError when there is none."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if not found:
        raise PostgresError("These tests need PostgreSQL's server programs. Run: sudo apt-get install postgresql")
    return max(found, key=lambda folder: int(folder.parent.name))


def _user() -> dict[str, Any]:
    """Whom to run the server as. It refuses to run as root, so root lends it another user."""
    if os.geteuid() != 0:
        return {}
    for name in UNPRIVILEGED_USERS:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise PostgresError(f"{getpass.getuser()} cannot run PostgreSQL, and there is no user {UNPRIVILEGED_USERS}.")

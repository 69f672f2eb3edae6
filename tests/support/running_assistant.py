"""The assistant as operators run it: `assistant serve` in a process of its own, with a project folder of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from assistant.db.engine import Database
from tests.support.sites import free_port
from tests.support.small_data import ROOT, VAR

SECONDS = 120  # to be ready, on a busy machine
LEARNT = ("encoder", "care", "names")


@dataclass(frozen=True)
class Running:
    """A server, and the database that it works on."""

    origin: str
    database: Database


@contextmanager
def trained_and_served(folder: Path, data_folder: Path) -> Iterator[Running]:
    """Train a first model on this data, and serve it. What it makes is put into `folder`."""
    port, var = free_port(), folder / "var"
    var.mkdir()
    for name in LEARNT:  # shared between runs: learning it takes half a minute
        (VAR / name).mkdir(parents=True, exist_ok=True)
        (var / name).symlink_to(VAR / name)
    ours = {
        "ASSISTANT_DATABASE_URL": f"sqlite:///{folder}/assistant.db",
        "ASSISTANT_DATA_FOLDER": str(data_folder),
        "ASSISTANT_MODELS_FOLDER": str(folder / "models"),
        "ASSISTANT_VAR_FOLDER": str(var),
        "ASSISTANT_PORT": str(port),
    }
    others = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    environment = {**others, **ours, "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", "assistant.cli.main"]
    subprocess.run([*command, "train"], cwd=ROOT, env=environment, check=True, capture_output=True)
    log = folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen([*command, "serve"], cwd=ROOT, env=environment, stderr=output)
    database = Database(ours["ASSISTANT_DATABASE_URL"])
    try:
        _wait_until_ready(server, f"http://127.0.0.1:{port}/readyz", log)
        yield Running(f"http://127.0.0.1:{port}", database)
    finally:
        database.close()
        server.terminate()
        server.wait()


def _wait_until_ready(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            if httpx.get(url).status_code == 200:
                return
        except httpx.TransportError:
            pass  # it does not listen yet
        time.sleep(0.1)
    raise AssertionError(f"The assistant is not ready (exit code {server.poll()}):\n{log.read_text()[-3000:]}")

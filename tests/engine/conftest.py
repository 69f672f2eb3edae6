"""What the engine's tests share. Rasa is imported here, once, because its libraries warn while they are imported."""

import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from assistant.db.base import Base
from assistant.db.engine import Database
from assistant.engine import lean
from tests.conftest import ROOT, Trained

with warnings.catch_warnings(record=True):  # recorded and dropped, because some of these libraries set filters too
    warnings.simplefilter("ignore")
    lean.install()
    from assistant.engine.opening import quieten_rasa
    from assistant.engine.rasa_engine import RasaEngine

RunPython = Callable[..., subprocess.CompletedProcess[str]]

RASAS_WARNINGS = [f"ignore:::{module}" for module in ("rasa", "rasa_sdk", "sanic", "apscheduler", "pkg_resources")]
COMMAND_SECONDS = 300


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Rasa's own warnings are not ours to mend; every other one is still an error."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            for rule in RASAS_WARNINGS:
                item.add_marker(pytest.mark.filterwarnings(rule))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database with our tables."""
    database = Database(f"sqlite:///{tmp_path / 'test.db'}")
    Base.metadata.create_all(database.engine)
    yield database
    database.close()


@pytest.fixture(scope="session")
def states(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Where the engine of these tests keeps its dialogue states."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('states') / 'states.db'}", durable=False)
    Base.metadata.create_all(database.engine)
    yield database
    database.close()


@pytest.fixture(scope="session")
def engine(trained: Trained, states: Database) -> RasaEngine:
    """The engine with the project's own model."""
    quieten_rasa()
    return RasaEngine(trained.archive, states)


@pytest.fixture
def conversation() -> str:
    """A conversation that nothing was said in."""
    return uuid4().hex


@pytest.fixture
def clean_environment() -> dict[str, str]:
    """The environment of a process of its own: no settings of ours, and the project where Python finds it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    return {**kept, "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="session")
def run_python() -> RunPython:
    """Run Python with these arguments from the project's root, in a process of its own."""

    def run(
        *arguments: str, environment: dict[str, str], cwd: Path = ROOT, says: str = ""
    ) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-W", "ignore", *arguments]
        return subprocess.run(
            command, cwd=cwd, env=environment, input=says, capture_output=True, text=True, timeout=COMMAND_SECONDS
        )

    return run

"""What lanes above the unit tests share: one model, trained once a run by the command that users run."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest

from assistant.settings import Settings

ROOT = Path(__file__).parent.parent

# The same run twice gives the same verdict. `pytest --hypothesis-profile=explore tests/unit` looks for new cases.
hypothesis.settings.register_profile("steady", derandomize=True)
hypothesis.settings.register_profile("explore", max_examples=2000, print_blob=True)
hypothesis.settings.load_profile("steady")

pytest_plugins = ["tests.support.canaries", "tests.support.postgres", "tests.support.real_desk"]


@dataclass(frozen=True)
class Trained:
    """A database with the catalogue and a trained model, made by `assistant train`; `settings` point to them."""

    settings: Settings
    environment: dict[str, str]

    @property
    def archive(self) -> Path:
        """The model."""
        return next(self.settings.models_folder.glob("*.tar.gz"))


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trained]:
    """The project's own model. Tests that write use a database of their own (see tests.support)."""
    folder = tmp_path_factory.mktemp("trained")
    ours = {
        "ASSISTANT_DATABASE_URL": f"sqlite:///{folder}/assistant.db",
        "ASSISTANT_MODELS_FOLDER": str(folder / "models"),
        # Shared between runs: writing the encoder's graph is tested on its own.
        "ASSISTANT_VAR_FOLDER": str(ROOT / "var" / "tests"),
        "ASSISTANT_MESSAGES_PER_MINUTE": "0",
        "ASSISTANT_MESSAGES_PER_MINUTE_PER_ADDRESS": "0",
    }
    environment = {**{name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}, **ours}
    command = [sys.executable, "-m", "assistant.cli.main", "train"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-3000:]
    with pytest.MonkeyPatch.context() as patch:
        for name, value in ours.items():
            patch.setenv(name, value)
        patch.chdir(ROOT)
        yield Trained(Settings(), environment)

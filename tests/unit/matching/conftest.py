"""One sentence encoder for all tests of the room; its graph is written once and kept between runs."""

from pathlib import Path

import pytest

from assistant.matching.encoder import SentenceEncoder
from assistant.settings import Settings

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def graph() -> Path:
    """Where the graph is: at the place where the settings of the trained model look for it too."""
    return Settings(var_folder=ROOT / "var" / "tests").encoder_graph


@pytest.fixture(scope="session")
def encoder(graph: Path) -> SentenceEncoder:
    """The real encoder."""
    return SentenceEncoder(graph)

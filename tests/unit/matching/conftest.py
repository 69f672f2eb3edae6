"""One sentence encoder for all tests of the room; its graph is written once and kept between runs."""

from pathlib import Path

import pytest

from assistant.matching.encoder import SentenceEncoder

GRAPH = Path(__file__).parents[3] / "var" / "tests" / "encoder" / "all-MiniLM-L6-v2-int8.onnx"


@pytest.fixture(scope="session")
def encoder() -> SentenceEncoder:
    """The real encoder, at the place where the settings of the trained model look for it too."""
    return SentenceEncoder(GRAPH)

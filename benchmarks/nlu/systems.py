"""What a benchmark compares: systems that learn from labelled questions and then read others."""

from collections.abc import Sequence
from typing import Protocol

from benchmarks.nlu.metrics import Reading


class Model(Protocol):
    """A system that has learnt."""

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """A reading of each text."""


class System(Protocol):
    """Something that can learn from labelled questions."""

    @property
    def name(self) -> str:
        """What tables call it."""

    def train(self, texts: Sequence[str], labels: Sequence[str]) -> Model:
        """Learn; what is out of scope has the label OUT_OF_SCOPE. Everything it takes from text to model is timed."""

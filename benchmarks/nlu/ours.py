"""Our own matcher, trained and asked as the assistant does it."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.matching.decision import Costs
from assistant.matching.encoder import SentenceEncoder
from assistant.matching.labels import OUT_OF_SCOPE
from assistant.matching.linker import Link
from assistant.matching.matcher import Matcher
from benchmarks.nlu.metrics import Reading


class Ours:
    """The system that this project is about."""

    name = "ours"

    def __init__(self, graph: Path) -> None:
        """Load the sentence encoder from `graph`, writing it first when there is none."""
        # Training encodes on every core; a server reads each message on one.
        self._encoder = SentenceEncoder(graph, threads=os.cpu_count() or 1)
        self._encoder_of_one = SentenceEncoder(graph)

    def train(self, texts: Sequence[str], labels: Sequence[str]) -> "OurModel":
        """Train with the costs that the assistant comes with."""
        trained = Matcher.train(self._encoder, texts, labels, {}, Costs())
        return OurModel(trained, Matcher(self._encoder_of_one, trained.linker, trained.spelling, Costs()))


class OurModel:
    """A trained matcher: `many` reads texts on every core, `single` one text on one."""

    def __init__(self, many: Matcher, single: Matcher) -> None:
        self._many, self._single = many, single
        self._labels = np.array(many.linker.labels)
        self._in_scope = self._labels != OUT_OF_SCOPE

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """A reading of each text."""
        matcher = self._single if len(texts) == 1 else self._many
        return [self._reading(matcher, link) for link in matcher.read(texts)]

    def _reading(self, matcher: Matcher, link: Link) -> Reading:
        best = np.where(self._in_scope, link.probabilities, -1.0).argmax()
        return Reading(
            str(self._labels[best]), float(link.familiarity), float(matcher.confidence(link)), matcher.accepts(link)
        )

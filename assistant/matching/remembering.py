"""An encoder for training: it uses every core, and encodes each sentence once, however many look at it."""

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.matching.encoder import SentenceEncoder


class Encoder(Protocol):
    """What is needed of the sentence encoder."""

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """One row a sentence."""

    def knows(self, word: str) -> bool:
        """Whether it is a word of its own."""


class RememberingEncoder:
    """Encodes each sentence once: what checks the labels and what trains have nearly all of them in common."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}
        self.knows = encoder.knows

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """One row a sentence, in the order given."""
        if not sentences:
            return self._encoder.encode([])
        new = [each for each in dict.fromkeys(sentences) if each not in self._known]
        self._known.update(zip(new, self._encoder.encode(new), strict=True) if new else ())
        return np.stack([self._known[each] for each in sentences])


@lru_cache(maxsize=1)
def training_encoder(graph: Path) -> RememberingEncoder:
    """One for all parts of a training in this process. Some fifty megabytes: clear the cache when it is over."""
    return RememberingEncoder(SentenceEncoder(graph, os.cpu_count() or 1))

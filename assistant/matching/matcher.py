"""The whole of understanding in one place: encoder, linker and judge over one message."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.matching.decision import Decision, Judge, Thresholds
from assistant.matching.encoder import SentenceEncoder
from assistant.matching.linker import Linker
from assistant.matching.mentions import Mentions
from assistant.matching.segments import take_apart


class Matcher:
    """Maps a message to a Decision."""

    def __init__(self, encoder: SentenceEncoder, linker: Linker, thresholds: Thresholds) -> None:
        self._encoder = encoder
        self.linker = linker
        self._judge = Judge(linker.labels, thresholds)

    @classmethod
    def train(
        cls,
        encoder: SentenceEncoder,
        sentences: Sequence[str],
        labels: Sequence[str],
        names: Mapping[str, Sequence[str]],
        thresholds: Thresholds,
    ) -> "Matcher":
        """Train on labelled sentences. `names` are the catalogue's names of labels; each is an example as well."""
        of_names = [(name, label) for label, of_label in names.items() for name in of_label if label in set(labels)]
        texts = [*sentences, *(name for name, _ in of_names)]
        vectors = encoder.encode(texts)
        linker = Linker.train(vectors, [*labels, *(label for _, label in of_names)], Mentions(names))
        return cls(encoder, linker, thresholds)

    def match(self, text: str) -> Decision:
        """Decide what a cleaned message means."""
        message = take_apart(text)
        # What a correction wants is often half a sentence: judged together with all of it, it keeps its subject.
        texts = [message.wanted, *(message.sentences or ([text] if message.ruled_out else [])), *message.clauses]
        sentence_count = len(texts) - 1 - len(message.clauses)
        if message.ruled_out:
            texts.append(message.ruled_out)
        links = self.linker.link(self._encode(texts), texts)
        sentences = links[1 : 1 + sentence_count]
        clauses = links[1 + sentence_count : 1 + sentence_count + len(message.clauses)]
        return self._judge.decide(links[0], sentences, clauses, links[-1] if message.ruled_out else None)

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoder.encode(texts)

"""The baseline that anything cleverer must beat: TF-IDF of words and pieces of words, and a logistic regression."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.matching.labels import OUT_OF_SCOPE
from benchmarks.nlu.metrics import ACCEPTED, Reading

REGULARISATION = 10.0  # C: between 1 and 20 the best or level with it on the public sets
MOST_PIECES = 50_000  # columns; more double the time and gain nothing
HELD_OUT = 0.2  # share of the training questions that choose the threshold


class Baseline:
    """Words 1-2 and pieces of words of 2 to 5 letters, the largest probability as score, from scikit-learn."""

    name = "TF-IDF + logistic regression"

    def train(self, texts: Sequence[str], labels: Sequence[str]) -> "BaselineModel":
        """Fit twice: a model without a part of the questions chooses the threshold by that part."""
        known, held_out = _split(labels)
        threshold = 0.0
        if held_out:
            model = _fit([texts[row] for row in known], [labels[row] for row in known], 0.0)
            readings = model.read([texts[row] for row in held_out])
            threshold = float(np.quantile([reading.score for reading in readings], 1 - ACCEPTED))
        return _fit(texts, labels, threshold)


class BaselineModel:
    """A fitted pipeline, and the largest probability below which it refuses."""

    def __init__(self, pipeline: Any, threshold: float) -> None:
        self._pipeline, self._threshold = pipeline, threshold
        self._labels: NDArray[np.str_] = pipeline.classes_
        self._in_scope = self._labels != OUT_OF_SCOPE

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """A reading of each text."""
        readings = []
        for probabilities in self._pipeline.predict_proba(list(texts)):
            best = np.where(self._in_scope, probabilities, -1.0).argmax()
            confidence = float(probabilities[best])
            readings.append(Reading(str(self._labels[best]), confidence, confidence, confidence >= self._threshold))
        return readings


def _fit(texts: Sequence[str], labels: Sequence[str], threshold: float) -> BaselineModel:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\w+", dtype=np.float32)
    pieces = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, max_features=MOST_PIECES, dtype=np.float32
    )
    regression = LogisticRegression(C=REGULARISATION, max_iter=1000)
    return BaselineModel(make_pipeline(make_union(words, pieces), regression).fit(texts, labels), threshold)


def _split(labels: Sequence[str]) -> tuple[list[int], list[int]]:
    """Rows to train on, and rows in scope to hold out: the same share of each label, but never its only question."""
    counts, seen = Counter(labels), Counter[str]()
    known: list[int] = []
    held_out: list[int] = []
    for row, label in enumerate(labels):
        seen[label] += 1
        is_last = seen[label] > counts[label] - round(counts[label] * HELD_OUT)
        (held_out if is_last and label != OUT_OF_SCOPE else known).append(row)
    return known, held_out

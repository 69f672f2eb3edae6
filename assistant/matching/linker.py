"""Link a sentence to the labels it may mean: a calibrated probability for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.matching.mentions import Mentions

REGULARISATION = 20.0  # C of the logistic regression; chosen by cross-validation on public sets (DESIGN, NLU)
# The next three by cross-validation on our own training sentences (docs/adr/0005).
MENTION_WEIGHT = 1.0  # log-odds for each word of a name that is mentioned; a shared name adds its share
NEIGHBOUR_WEIGHT = 5.0  # log-odds for each unit of likeness to a label's nearest sentences
NEIGHBOURS = 3
TOLERANCE = 1e-3  # a tenth of scikit-learn's; half the time, and the same answers to three digits


@dataclass(frozen=True)
class Link:
    """What one sentence may mean: `probabilities` stand in the order of the linker's labels and sum to one."""

    probabilities: NDArray[np.float32]
    likeness: float  # cosine of the nearest training sentence: low for what we have never seen anything like
    text: str
    mentioned: dict[str, float]


class Linker:
    """Logistic regression over sentence vectors, lifted by the names of the catalogue; at run time plain numpy."""

    def __init__(
        self,
        labels: Sequence[str],
        weights: NDArray[np.float32],
        bias: NDArray[np.float32],
        examples: NDArray[np.float32],
        example_rows: NDArray[np.int32],
        mentions: Mentions,
    ) -> None:
        """`examples` are the training vectors, sorted by label; `example_rows` the row of `labels` each belongs to."""
        self.labels = list(labels)
        self.weights = weights
        self.bias = bias
        self.examples = examples
        self.example_rows = example_rows
        self.mentions = mentions
        self._rows = {label: row for row, label in enumerate(self.labels)}
        self._starts = np.searchsorted(example_rows, np.arange(len(self.labels)))
        self._counts = np.bincount(example_rows, minlength=len(self.labels)).astype(np.float32)

    @classmethod
    def train(cls, vectors: NDArray[np.float32], labels: Sequence[str], mentions: Mentions) -> "Linker":
        """Fit on one vector and one label a sentence; needs at least two different labels."""
        from sklearn.linear_model import LogisticRegression  # a second of import that answering can do without

        model = LogisticRegression(C=REGULARISATION, tol=TOLERANCE, max_iter=1000).fit(vectors, list(labels))
        weights, bias = model.coef_, model.intercept_
        if len(model.classes_) == 2:  # scikit-learn keeps only the second of two
            weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
        names = model.classes_.tolist()
        rows = np.searchsorted(model.classes_, np.array(labels)).astype(np.int32)
        order = np.argsort(rows, kind="stable")
        return cls(names, _float32(weights), _float32(bias), _float32(vectors[order]), rows[order], mentions)

    def link(self, vectors: NDArray[np.float32], sentences: Sequence[str]) -> list[Link]:
        """One Link for each sentence; `vectors` are the encoder's for the same sentences."""
        likeness = vectors @ self.examples.T
        scores = vectors @ self.weights.T + self.bias + NEIGHBOUR_WEIGHT * self._neighbours(likeness)
        links = []
        for row, sentence in enumerate(sentences):
            mentioned = self.mentions.find(sentence)
            for label, share in mentioned.items():
                if label in self._rows:
                    scores[row, self._rows[label]] += MENTION_WEIGHT * share
            links.append(Link(_softmax(scores[row]), float(likeness[row].max()), sentence, mentioned))
        return links

    def _neighbours(self, likeness: NDArray[np.float32]) -> NDArray[np.float32]:
        """For each sentence and label, the mean likeness of the label's nearest training sentences."""
        left, total = likeness.copy(), np.zeros((len(likeness), len(self.labels)), dtype=np.float32)
        for _ in range(NEIGHBOURS):  # the best of each label, then the best of what is left: linear in the examples
            best = np.maximum.reduceat(left, self._starts, axis=1)
            total += np.maximum(best, 0)
            left[left >= best[:, self.example_rows]] = -1
        return np.asarray(total / np.minimum(self._counts, NEIGHBOURS), dtype=np.float32)


def mean_link(one: Link, other: Link) -> Link:
    """Two readings of the same sentence as one."""
    return Link(
        (one.probabilities + other.probabilities) / 2,
        max(one.likeness, other.likeness),
        one.text,
        {**other.mentioned, **one.mentioned},
    )


def _float32(values: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    return np.ascontiguousarray(values, dtype=np.float32)


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum(), dtype=np.float32)

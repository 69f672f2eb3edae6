"""Make confidence mean something.

Sentences that were held out of training tell how often we are right, and what strange ones look like.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_softmax, logit

FOLDS = 4
MANY = 2500  # sentences; from here on one fold says enough, and training stays linear and quick
ENOUGH = 1500  # about how many sentences are held out of so many
LARGEST_TEMPERATURE = 10.0
# How far we look for what is known: by parts of the public sets that are not their tests (docs/adr/0006).
FLATTENING = 0.5
LIKENESS_WEIGHT, CLOSENESS_WEIGHT, MARGIN_WEIGHT = 2.0, 5.0, 0.4
LEAST_KNOWN = 1e-4


@dataclass(frozen=True)
class Evidence:
    """What speaks for the labels that some sentences may have; a row a sentence."""

    scores: NDArray[np.float32]  # log-odds of each label
    likeness: NDArray[np.float32]  # cosine of the nearest training sentence
    closeness: NDArray[np.float32]  # cosine of the nearest middle of a label's sentences, among labels of ours
    margin: NDArray[np.float32]  # the largest of the support vector machine, among labels of ours


@dataclass(frozen=True)
class Calibration:
    """Turns scores into probabilities, and familiarity into the odds that a sentence is of a kind trained on."""

    temperature: float = 1.0
    slope: float = 1.0
    offset: float = 0.0

    def probabilities(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Of each label, given that the sentence is of one of them; a row a sentence."""
        return np.asarray(np.exp(log_softmax(scores / self.temperature, axis=-1)), dtype=np.float32)

    def known(self, familiarity: float, strangers: float) -> float:
        """Probability that a sentence is of a kind trained on, when a share of `strangers` among all is not."""
        return float(expit(self.offset + self.slope * familiarity + logit(1 - strangers)))


def familiarity(evidence: Evidence, ours: NDArray[np.bool_]) -> NDArray[np.float32]:
    """How much each sentence looks like one of ours, on a scale of its own.

    Certainty (the negative entropy of the flattened probabilities) and the margin tell a near miss: it fits two labels
    by halves, and none of them by its words. Likeness and closeness tell a stranger. `ours` marks the labels that are
    not out of scope; what is probably of the others is less ours.
    """
    flat = log_softmax(FLATTENING * evidence.scores[:, ours], axis=1)
    certainty = (np.exp(flat) * flat).sum(axis=1)
    of_ours = np.exp(log_softmax(evidence.scores, axis=1)[:, ours]).sum(axis=1)
    return np.asarray(
        certainty
        + LIKENESS_WEIGHT * evidence.likeness
        + CLOSENESS_WEIGHT * evidence.closeness
        + MARGIN_WEIGHT * evidence.margin
        + np.log(np.maximum(of_ours, LEAST_KNOWN)),
        dtype=np.float32,
    )


def held_out(rows: NDArray[np.int32]) -> Iterator[NDArray[np.bool_]]:
    """Masks of the sentences to hold out, one after the other; `rows` are their labels. A label's only one is kept."""
    order = np.argsort(rows, kind="stable")
    counts = np.bincount(rows)
    rank = np.empty(len(rows), dtype=np.int64)
    rank[order] = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    folds = FOLDS if len(rows) < MANY else max(FOLDS, len(rows) // ENOUGH)
    fold = np.where(counts[rows] > 1, (rank + rows) % folds, folds)
    for number in range(FOLDS if len(rows) < MANY else 1):
        if (fold == number).any():
            yield fold == number


def temperature(scores: NDArray[np.float32], rows: NDArray[np.int32]) -> float:
    """What the scores of held-out sentences are to be divided by, for their labels to be as probable as they prove."""
    from scipy.optimize import minimize_scalar

    def surprise(logarithm: float) -> float:
        logs = log_softmax(scores / np.exp(logarithm), axis=1)
        return -float(logs[np.arange(len(rows)), rows].mean())

    limit = float(np.log(LARGEST_TEMPERATURE))
    return float(np.exp(minimize_scalar(surprise, bounds=(-limit, limit), method="bounded").x))


def fit_known(known: NDArray[np.float32], strange: NDArray[np.float32]) -> tuple[float, float]:
    """Slope and offset of the odds of being known, from the familiarity of both kinds, as if both were as frequent."""
    from sklearn.linear_model import LogisticRegression

    values = np.concatenate([known, strange])[:, None]
    is_known = np.concatenate([np.ones(len(known)), np.zeros(len(strange))])
    model = LogisticRegression(C=100.0, class_weight="balanced").fit(values, is_known)
    return float(model.coef_[0, 0]), float(model.intercept_[0])

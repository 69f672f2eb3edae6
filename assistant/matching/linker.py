"""Link a sentence to the labels it may mean: a calibrated probability for each."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from assistant.matching.calibration import Calibration, familiarity, fit_known, held_out, temperature
from assistant.matching.encoder import meanings
from assistant.matching.labels import OUT_OF_SCOPE
from assistant.matching.mentions import Mentions
from assistant.matching.ngrams import NGrams

# By the public sets of benchmarks/nlu and by cross-validation on our own sentences (docs/adr/0005 and 0006).
SCALE = 20.0  # of the vectors while the regression is fitted: its solver stops by the size of its steps
REGULARISATION = 0.1  # C of the logistic regression over vectors of that scale
TOLERANCE, MOST_STEPS = 1e-4, 1000  # at scikit-learn's own scale and tolerance it would stop points of accuracy earlier
MARGIN_REGULARISATION, MARGIN_TOLERANCE = 0.5, 1e-2  # C of the support vector machine over words and their pieces
MARGIN_WEIGHT = 0.8  # log-odds for each unit of its margin
NEIGHBOURS, NEIGHBOUR_WEIGHT = 3, 1.0  # log-odds for each unit of likeness to a label's nearest sentences
NEVER = -1e4  # a score of no probability at all
LIKELY = 8  # labels whose sentences a sentence is compared with
MENTION_WEIGHT = 1.0  # log-odds for each word of a name that is mentioned; a shared name adds its share


@dataclass(frozen=True)
class Link:
    """What one sentence may mean: `probabilities` stand in the order of the linker's labels and sum to one."""

    probabilities: NDArray[np.float32]
    likeness: float  # cosine of the nearest training sentence: low for what we have never seen anything like
    familiarity: float  # how much it looks like what we were trained on, on a scale of its own (see calibration)
    text: str
    mentioned: dict[str, float]


@dataclass(frozen=True)
class Weights:
    """What training finds; rows of `examples` are sorted by label, `example_rows` says which label each has."""

    dense: NDArray[np.float32]  # labels x encoder width
    bias: NDArray[np.float32]
    margins: NDArray[np.float32]  # n-gram columns x labels
    margin_bias: NDArray[np.float32]
    rarity: NDArray[np.float32]
    examples: NDArray[np.float32]
    example_rows: NDArray[np.int32]


class Linker:
    """Three views of a sentence added up: a regression over its vector, its neighbours, its words and their pieces."""

    def __init__(self, labels: Sequence[str], weights: Weights, mentions: Mentions, calibration: Calibration) -> None:
        self.labels = list(labels)
        self.weights = weights
        self.mentions = mentions
        self.calibration = calibration
        self._ngrams = NGrams(weights.rarity)
        self._rows = {label: row for row, label in enumerate(self.labels)}
        self._starts = np.searchsorted(weights.example_rows, np.arange(len(self.labels)))
        self._ends = np.searchsorted(weights.example_rows, np.arange(len(self.labels)), side="right")
        self.is_ours = np.array([label != OUT_OF_SCOPE for label in self.labels])

    @classmethod
    def train(
        cls, vectors: NDArray[np.float32], sentences: Sequence[str], labels: Sequence[str], mentions: Mentions
    ) -> "Linker":
        """Fit on one vector, sentence and label each; needs at least two different labels.

        Most of the work is done twice and more: models that have not seen a part of the sentences judge that part, and
        so tell how sure the model of all of them may be.
        """
        names, rows = np.unique(np.array(labels), return_inverse=True)
        rows = rows.astype(np.int32)
        ngrams = NGrams.learn(sentences)
        training = Training(vectors, ngrams.rows(sentences), rows, ngrams.rarity)
        calibration = _calibrate(names.tolist(), training)
        return cls(names.tolist(), training.fit(), mentions, calibration)

    def link(self, vectors: NDArray[np.float32], sentences: Sequence[str]) -> list[Link]:
        """One Link for each sentence; `vectors` are the encoder's for the same sentences."""
        if not sentences:
            return []
        mentioned = [self.mentions.find(sentence) for sentence in sentences]
        lifts = np.stack([self._margins(sentence) for sentence in sentences]) * MARGIN_WEIGHT
        for row, shares in enumerate(mentioned):
            for label in shares.keys() & self._rows.keys():
                lifts[row, self._rows[label]] += MENTION_WEIGHT * shares[label]
        scores, likeness = self.score(vectors, lifts)
        known = familiarity(scores, likeness, self.is_ours)
        probabilities = self.calibration.probabilities(scores)
        return [
            Link(probabilities[row], float(likeness[row]), float(known[row]), sentence, mentioned[row])
            for row, sentence in enumerate(sentences)
        ]

    def score(
        self, vectors: NDArray[np.float32], lifts: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Log-odds of each label for each sentence, and how like the nearest sentence of a likely label is.

        `lifts` are the log-odds from elsewhere than the vectors.
        """
        scores = _float32(vectors @ self.weights.dense.T + self.weights.bias + lifts)
        pairs = zip(scores, meanings(vectors), strict=True)
        return scores, np.array([self._add_neighbours(*pair) for pair in pairs], dtype=np.float32)

    def _margins(self, sentence: str) -> NDArray[np.float32]:
        columns, values = self._ngrams.row(sentence)
        return np.asarray(values @ self.weights.margins[columns] + self.weights.margin_bias, dtype=np.float32)

    def _add_neighbours(self, scores: NDArray[np.float32], meaning: NDArray[np.float32]) -> float:
        """Lift the likely labels by the likeness of their nearest sentences; give that of the nearest of them all.

        Only the likely ones: the rest are out of the running, and to compare with all sentences takes a millisecond.
        """
        nearest = 0.0
        for label in np.argsort(scores)[-LIKELY:]:
            if scores[label] > NEVER / 2:
                examples = self.weights.examples[self._starts[label] : self._ends[label]]
                likeness = np.sort(examples @ meaning)[-NEIGHBOURS:]
                scores[label] += NEIGHBOUR_WEIGHT * likeness.mean()
                nearest = max(nearest, float(likeness[-1]))
        return nearest


class Training:
    """Sentences to fit on, all of them or a part. Each fit starts where the last one ended."""

    def __init__(
        self,
        vectors: NDArray[np.float32],
        grams: csr_matrix,
        rows: NDArray[np.int32],
        rarity: NDArray[np.float32],
    ) -> None:
        # A second of import that answering can do without; not in the thread below, which would race for it.
        from sklearn.linear_model import LogisticRegression
        from sklearn.svm import LinearSVC

        self.vectors, self.grams, self.rows, self.rarity = vectors, grams, rows, rarity
        self._regression = LogisticRegression(C=REGULARISATION, tol=TOLERANCE, max_iter=MOST_STEPS, warm_start=True)
        self._machine = LinearSVC(C=MARGIN_REGULARISATION, tol=MARGIN_TOLERANCE, random_state=0)

    def fit(self, kept: NDArray[np.bool_] | slice = slice(None)) -> Weights:
        """The weights of a model of the sentences kept. Both classifiers are fitted at once."""
        vectors, rows = self.vectors[kept], self.rows[kept]
        mean = vectors.mean(axis=0)
        with ThreadPoolExecutor(1) as pool:
            machine = pool.submit(self._machine.fit, self.grams[kept], rows)
            regression = self._regression.fit((vectors - mean) * SCALE, rows)
            weights, bias = _of_both(regression.coef_, regression.intercept_)
            margins, margin_bias = _of_both(machine.result().coef_, machine.result().intercept_)
        order = np.argsort(rows, kind="stable")
        return Weights(
            dense=_float32(weights * SCALE),
            bias=_float32(bias - weights @ mean * SCALE),
            margins=_float32(margins.T),
            margin_bias=_float32(margin_bias),
            rarity=self.rarity,
            examples=_float32(meanings(vectors[order])),
            example_rows=rows[order],
        )


def _of_both(
    weights: NDArray[np.floating[Any]], bias: NDArray[np.floating[Any]]
) -> tuple[NDArray[np.floating[Any]], NDArray[np.floating[Any]]]:
    """scikit-learn keeps only the second of two labels."""
    return (np.vstack([-weights, weights]), np.concatenate([-bias, bias])) if len(weights) == 1 else (weights, bias)


def _calibrate(labels: list[str], training: Training) -> Calibration:
    """Learn from held-out sentences. Each is known as it stands, and strange when its own label is taken away."""
    scores, truths, known, strange = [], [], [], []
    for out in held_out(training.rows):
        model = Linker(labels, training.fit(~out), Mentions({}), Calibration())
        vectors, truth = training.vectors[out], training.rows[out]
        margins = training.grams[out] @ model.weights.margins + model.weights.margin_bias
        lifts = _float32(margins * MARGIN_WEIGHT)
        of_fold, likeness = model.score(vectors, lifts)
        seen = familiarity(of_fold, likeness, model.is_ours)
        lifts[np.arange(len(truth)), truth] = NEVER
        unheard_of = familiarity(*model.score(vectors, lifts), model.is_ours)
        ours = model.is_ours[truth]
        known.append(seen[ours])
        strange += [seen[~ours], unheard_of[ours]]
        scores.append(of_fold)
        truths.append(truth)
    if not sum(map(len, known)) or not sum(map(len, strange)):
        return Calibration()  # too little to learn from
    slope, offset = fit_known(np.concatenate(known), np.concatenate(strange))
    return Calibration(temperature(np.concatenate(scores), np.concatenate(truths)), slope, offset)


def _float32(values: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    return np.ascontiguousarray(values, dtype=np.float32)

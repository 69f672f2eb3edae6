"""Link a sentence to the labels it may mean: a calibrated probability for each."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from assistant.matching.calibration import Calibration, Evidence, familiarity, fit_known, held_out, temperature
from assistant.matching.discriminant import discriminant, sums_of_labels
from assistant.matching.encoder import meanings
from assistant.matching.labels import OUT_OF_SCOPE
from assistant.matching.margins import LEAST_MARGIN, margin_machine
from assistant.matching.mentions import Mentions
from assistant.matching.ngrams import NGrams
from assistant.matching.regression import regression

# By the public sets of benchmarks/nlu and by cross-validation on our own sentences (docs/adr/0005 and 0006).
SCALE = 20.0  # of the vectors while the regression is fitted: its solver stops by the size of its steps
REGULARISATION = 0.2  # C of the logistic regression over vectors of that scale
TOLERANCE = 3e-5  # at scikit-learn's own scale and tolerance it would stop points of accuracy earlier
ROUGH_TOLERANCE = 1e-4  # will do for the models that only tell how sure the model may be
MARGIN_WEIGHT = 0.8  # log-odds for each unit of the margin of the words and their pieces
# Directions, the ones in which sentences differ most, that training looks at, and how many of them the regression sees.
AXES, REGRESSION_AXES = 1024, 512
DISCRIMINANT_WEIGHT = 0.25  # of the discriminant analysis, its scores as widely spread as the regression's
SPREAD_SAMPLE = 2000  # sentences by which that spread is measured
NEIGHBOURS, NEIGHBOUR_WEIGHT = 3, 1.5  # log-odds for each unit of likeness to a label's nearest sentences
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
    centres: NDArray[np.float32]  # labels x encoder width: the middle of each label's sentences, of unit length
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
        with ThreadPoolExecutor(1) as pool:  # finding the axes needs no interpreter, reading words needs nothing else
            axes = pool.submit(principal_axes, vectors)
            import sklearn.svm  # noqa: F401  # a second of import that answering can do without

            ngrams, grams = NGrams.learn(sentences)
            training = Training(vectors, axes.result(), grams, rows, ngrams.rarity)
        calibration = _calibrate(names.tolist(), training)
        return cls(names.tolist(), training.fit(), mentions, calibration)

    def link(self, vectors: NDArray[np.float32], sentences: Sequence[str]) -> list[Link]:
        """One Link for each sentence; `vectors` are the encoder's for the same sentences."""
        if not sentences:
            return []
        mentioned = [self.mentions.find(sentence) for sentence in sentences]
        margins = np.stack([self._margins(sentence) for sentence in sentences])
        lifts = np.zeros_like(margins)
        for row, shares in enumerate(mentioned):
            for label in shares.keys() & self._rows.keys():
                lifts[row, self._rows[label]] += MENTION_WEIGHT * shares[label]
        evidence = self.weigh(vectors, margins, lifts)
        known = familiarity(evidence, self.is_ours)
        probabilities = self.calibration.probabilities(evidence.scores)
        return [
            Link(probabilities[row], float(evidence.likeness[row]), float(known[row]), sentence, mentioned[row])
            for row, sentence in enumerate(sentences)
        ]

    def weigh(
        self,
        vectors: NDArray[np.float32],
        margins: NDArray[np.float32],
        lifts: NDArray[np.float32] | None = None,
        barred: NDArray[np.int32] | None = None,
    ) -> Evidence:
        """What speaks for each label; `margins` are those of the sentences' words, a row a sentence.

        `lifts` are log-odds from elsewhere; `barred` is a label for each sentence that it may not have.
        """
        scores = vectors @ self.weights.dense.T + self.weights.bias + MARGIN_WEIGHT * margins
        closeness = vectors @ self.weights.centres.T
        if lifts is not None:
            scores += lifts
        if barred is not None:
            at = np.arange(len(scores)), barred
            margins = margins.copy()
            scores[at], closeness[at], margins[at] = NEVER, 0, LEAST_MARGIN
        likeness = [self._add_neighbours(*pair) for pair in zip(scores, meanings(vectors), strict=True)]
        return Evidence(
            scores=scores,
            likeness=np.array(likeness, dtype=np.float32),
            closeness=closeness[:, self.is_ours].max(axis=1),
            margin=np.maximum(margins[:, self.is_ours].max(axis=1), LEAST_MARGIN),
        )

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
        axes: NDArray[np.float32],
        grams: csr_matrix,
        rows: NDArray[np.int32],
        rarity: NDArray[np.float32],
    ) -> None:
        self.vectors, self.grams, self.rows, self.rarity = vectors, grams, rows, rarity
        self._axes = axes
        self._last: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None

    def fit(self, kept: NDArray[np.bool_] | slice = slice(None), tolerance: float = TOLERANCE) -> Weights:
        """The weights of a model of the sentences kept. Both classifiers are fitted at once."""
        vectors, rows = self.vectors[kept], self.rows[kept]
        mean = vectors.mean(axis=0)
        with ThreadPoolExecutor(1) as pool:
            words = pool.submit(margin_machine, self.grams[kept], rows)
            dense, bias = self._fit_dense(vectors - mean, rows, tolerance)
            word_weights, word_bias = words.result()
        order = np.argsort(rows, kind="stable")
        return Weights(
            dense=_float32(dense),
            bias=_float32(bias - dense @ mean),
            margins=_float32(word_weights.T),
            margin_bias=word_bias,
            rarity=self.rarity,
            centres=_centres(vectors, rows),
            examples=_float32(meanings(vectors[order])),
            example_rows=rows[order],
        )

    def _fit_dense(
        self, vectors: NDArray[np.float32], rows: NDArray[np.int32], tolerance: float
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Weights and bias of regression and discriminant analysis, added up: both are straight lines."""
        seen = vectors @ self._axes
        self._last = regression(seen[:, -REGRESSION_AXES:] * SCALE, rows, REGULARISATION, tolerance, self._last)
        weights, bias = self._last[0] * SCALE, self._last[1]
        more, more_bias = discriminant(seen, rows)
        share = DISCRIMINANT_WEIGHT * _spread(seen[:, -REGRESSION_AXES:], weights) / _spread(seen, more)
        more *= share
        more[:, -REGRESSION_AXES:] += weights
        return more @ self._axes.T, bias + share * more_bias


def principal_axes(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The directions (width x at most AXES) in which the vectors differ most, of unit length."""
    from scipy.linalg import eigh

    centred = vectors - vectors.mean(axis=0)
    # A few sentences have as many directions as sentences: there nothing is left out.
    return _float32(eigh(centred.T @ centred / len(centred), overwrite_a=True, driver="evd")[1][:, -AXES:])


def _calibrate(labels: list[str], training: Training) -> Calibration:
    """Learn from held-out sentences. Each is known as it stands, and strange when its own label is taken away."""
    scores, truths, known, strange = [], [], [], []
    for out in held_out(training.rows):
        model = Linker(labels, training.fit(~out, ROUGH_TOLERANCE), Mentions({}), Calibration())
        vectors, truth = training.vectors[out], training.rows[out]
        margins = training.grams[out] @ model.weights.margins + model.weights.margin_bias
        evidence = model.weigh(vectors, _float32(margins))
        seen = familiarity(evidence, model.is_ours)
        unheard_of = familiarity(model.weigh(vectors, _float32(margins), barred=truth), model.is_ours)
        ours = model.is_ours[truth]
        known.append(seen[ours])
        strange += [seen[~ours], unheard_of[ours]]
        scores.append(evidence.scores)
        truths.append(truth)
    if not sum(map(len, known)) or not sum(map(len, strange)):
        return Calibration()  # too little to learn from
    slope, offset = fit_known(np.concatenate(known), np.concatenate(strange))
    return Calibration(temperature(np.concatenate(scores), np.concatenate(truths)), slope, offset)


def _spread(vectors: NDArray[np.float32], weights: NDArray[np.float32]) -> float:
    """Standard deviation of what these weights make of some of the vectors, around the mean of each."""
    scores = vectors[:: len(vectors) // SPREAD_SAMPLE + 1] @ weights.T
    return float((scores - scores.mean(axis=1, keepdims=True)).std()) or 1.0


def _centres(vectors: NDArray[np.float32], rows: NDArray[np.int32]) -> NDArray[np.float32]:
    sums = sums_of_labels(vectors, rows)
    return _float32(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9))


def _float32(values: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.ascontiguousarray(values, dtype=np.float32)

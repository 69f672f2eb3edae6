"""The figures of a benchmark, from what was read of each question and what it meant."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.matching.labels import OUT_OF_SCOPE

BINS = 15  # of equal width, as published figures of calibration use
ACCEPTED = 0.95  # share of the questions in scope that the threshold of recall_at_95 lets through
FRACTION_DIGITS, TIME_DIGITS = 4, 2


@dataclass(frozen=True)
class Reading:
    """What a system makes of one question."""

    label: str  # the most probable label in scope
    score: float  # the higher, the more surely in scope
    confidence: float  # probability that the label is right
    answered: bool  # false when the system refuses the question as out of scope


@dataclass(frozen=True)
class Figures:
    """The figures of one system on one test file: fractions of 1, then times. None where there is nothing to count."""

    accuracy: float | None  # share of questions in scope whose most probable label is right, refused or not
    auroc: float | None  # of the score, in scope against out of scope
    recall_at_95: float | None  # share of out of scope refused where 95 % in scope are accepted
    recall: float | None  # share of out of scope refused by the system's own threshold
    refused: float | None  # share of in scope refused by the system's own threshold
    macro_f1: float | None  # over the labels in scope of the test, refused or not
    ece: float | None  # expected calibration error over what is answered
    train_s: float  # seconds from texts to a trained model
    ms_per_message: float  # median milliseconds of one message by itself, on one thread

    def rounded(self) -> dict[str, float | None]:
        """The figures by name, with as many digits as they are worth."""
        digits = {"train_s": TIME_DIGITS, "ms_per_message": TIME_DIGITS}
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: None if value is None else round(value, digits.get(name, FRACTION_DIGITS))
            for name, value in values.items()
        }


def figures_of(readings: Sequence[Reading], labels: Sequence[str], train_s: float, ms_per_message: float) -> Figures:
    """Count one system's readings of a test file; `labels` is what each question meant."""
    in_scope = np.array([label != OUT_OF_SCOPE for label in labels])
    right = np.array([reading.label == label for reading, label in zip(readings, labels, strict=True)])
    answered = np.array([reading.answered for reading in readings])
    scores = np.array([reading.score for reading in readings])
    confidence = np.array([reading.confidence for reading in readings])
    return Figures(
        accuracy=_share(right[in_scope]),
        auroc=_auroc(scores, in_scope),
        recall_at_95=_recall_at_95(scores, in_scope),
        recall=_share(~answered[~in_scope]),
        refused=_share(~answered[in_scope]),
        macro_f1=_macro_f1([reading.label for reading in readings], labels),
        ece=_calibration_error(confidence[answered], right[answered]),
        train_s=train_s,
        ms_per_message=ms_per_message,
    )


def _share(values: NDArray[np.bool_]) -> float | None:
    return float(values.mean()) if len(values) else None


def _auroc(scores: NDArray[np.float64], in_scope: NDArray[np.bool_]) -> float | None:
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(in_scope, scores)) if in_scope.any() and not in_scope.all() else None


def _recall_at_95(scores: NDArray[np.float64], in_scope: NDArray[np.bool_]) -> float | None:
    if in_scope.all() or not in_scope.any():
        return None
    accepted = np.sort(scores[in_scope])
    threshold = accepted[int((1 - ACCEPTED) * len(accepted))]
    return float((scores[~in_scope] < threshold).mean())


def _macro_f1(predicted: Sequence[str], labels: Sequence[str]) -> float | None:
    from sklearn.metrics import f1_score

    rows = [row for row, label in enumerate(labels) if label != OUT_OF_SCOPE]
    truth = [labels[row] for row in rows]
    if not truth:
        return None
    guesses = [predicted[row] for row in rows]
    return float(f1_score(truth, guesses, labels=sorted(set(truth)), average="macro", zero_division=0))


def _calibration_error(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float | None:
    """Mean distance of confidence from the share that is right, over bins weighted by how many they hold."""
    if not len(confidence):
        return None
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = np.bincount(bins, confidence - right, minlength=BINS)
    return float(np.abs(gaps).sum() / len(confidence))


def mean_figures(runs: Sequence[Figures]) -> Figures:
    """The mean of each figure over runs."""
    return _combine(runs, statistics.fmean)


def spread_of_figures(runs: Sequence[Figures]) -> Figures:
    """How far each figure lies apart over runs: the largest less the smallest."""
    return _combine(runs, lambda values: max(values) - min(values))


def _combine(runs: Sequence[Figures], combine: Callable[[list[float]], float]) -> Figures:
    by_name = {field.name: [getattr(run, field.name) for run in runs] for field in fields(Figures)}
    values: Any = {name: None if None in of_runs else combine(of_runs) for name, of_runs in by_name.items()}
    return Figures(**values)

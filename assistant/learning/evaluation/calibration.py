"""Whether the assistant is as often right as it is sure, and what refusing by its certainty alone would do."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from assistant.learning.evaluation.run import Answer

BINS = 10
THRESHOLDS = tuple(step / 50 for step in range(51))


class Bin(BaseModel):
    """The answers of one tenth of the scale of confidence; `confidence` and `right` are their means, from 0 to 1."""

    model_config = ConfigDict(frozen=True)

    low: float
    high: float
    count: int
    confidence: float
    right: float


class RefusalPoint(BaseModel):
    """What refusing everything less certain than `threshold` would refuse: of what is beyond us, and of the rest."""

    model_config = ConfigDict(frozen=True)

    threshold: float
    recall: float
    refused: float


def calibrate(answers: Sequence[Answer]) -> tuple[Bin, ...]:
    """The answers that were given, by confidence in ten equal steps; steps without any are left out.

    What was refused, asked back, met with courtesy or decided by rule is not counted: no answer was ventured there.
    """
    sorted_in: dict[int, list[tuple[float, bool]]] = {}
    for answer in answers:
        confidence = answer.certainty.confidence
        if answer.is_answered and confidence is not None:
            number = min(int(confidence * BINS), BINS - 1)  # full confidence belongs to the last
            sorted_in.setdefault(number, []).append((confidence, answer.is_right))
    return tuple(
        Bin(
            low=number / BINS,
            high=(number + 1) / BINS,
            count=len(pairs),
            confidence=sum(confidence for confidence, _ in pairs) / len(pairs),
            right=sum(is_right for _, is_right in pairs) / len(pairs),
        )
        for number, pairs in sorted(sorted_in.items())
    )


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """The expected calibration error: by how much confidence and being right differ, on average over the answers."""
    count = sum(each.count for each in bins)
    return sum(each.count * abs(each.right - each.confidence) for each in bins) / count if count else None


def trace_refusals(answers: Sequence[Answer]) -> tuple[RefusalPoint, ...]:
    """Recall and false refusals at every threshold on the certainty that a question is one of those we answer.

    Empty when there is nothing to refuse, or nothing to answer.
    """
    weighed = [(answer.certainty.known, answer.question.is_answerable) for answer in answers]
    beyond_us = [known for known, is_answerable in weighed if known is not None and not is_answerable]
    good = [known for known, is_answerable in weighed if known is not None and is_answerable]
    if not beyond_us or not good:
        return ()
    return tuple(
        RefusalPoint(threshold=each, recall=_share_below(beyond_us, each), refused=_share_below(good, each))
        for each in THRESHOLDS
    )


def _share_below(values: Sequence[float], threshold: float) -> float:
    return sum(value < threshold for value in values) / len(values)

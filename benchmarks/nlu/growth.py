"""How cost grows with offers and with examples: training time, size of the model, time of a message."""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.progress import Progress

from assistant.matching.decision import Costs
from assistant.matching.encoder import SentenceEncoder
from assistant.matching.linker import Linker
from assistant.matching.matcher import Matcher
from assistant.matching.mentions import Mentions
from assistant.matching.spelling import Spelling
from benchmarks.nlu.growth_sentences import labels_of, make_sentences, names_of_labels
from benchmarks.nlu.ours import OurModel
from benchmarks.nlu.run import milliseconds_of_one

LABELS, EXAMPLES = "labels", "examples"  # what grows; the other stays as it is
LABEL_COUNTS, EXAMPLES_OF_LABELS = (20, 50, 200, 500, 1000, 2000), 10_000
EXAMPLE_COUNTS, LABELS_OF_EXAMPLES = (1_000, 3_000, 10_000, 30_000, 100_000), 100
ASKED = 100  # messages that are timed
TOGETHER = 500  # sentences encoded between two steps of the progress bar
COSTS = {"train_s": "training, s", "model_mb": "model, MB", "ms_per_message": "message, ms"}


@dataclass(frozen=True)
class Point:
    """What one model of so many labels and examples costs."""

    grows: str  # LABELS or EXAMPLES
    labels: int
    examples: int
    train_s: float  # seconds, without encoding
    model_mb: float  # megabytes of its numbers in memory
    ms_per_message: float  # median milliseconds, encoding included, on one thread


@dataclass(frozen=True)
class Growth:
    """Every point, and the cost that is the same for each sentence."""

    encoding_ms: float  # milliseconds a sentence
    points: list[Point]

    def as_json(self) -> dict[str, Any]:
        """The same as plain values, rounded, with the slopes."""
        points = [
            {name: round(value, 3) if isinstance(value, float) else value for name, value in asdict(point).items()}
            for point in self.points
        ]
        slopes = {grows: {cost: self.slope(grows, cost) for cost in COSTS} for grows in (LABELS, EXAMPLES)}
        return {"encoding_ms_per_sentence": round(self.encoding_ms, 2), "slopes": slopes, "points": points}

    def series(self, grows: str, cost: str) -> tuple[list[int], list[float]]:
        """How many there are of what grows, and the cost of each point."""
        points = [point for point in self.points if point.grows == grows]
        return [getattr(point, grows) for point in points], [getattr(point, cost) for point in points]

    def slope(self, grows: str, cost: str) -> float:
        """The slope of a straight line through the points on logarithmic scales, to two digits: 1 is linear growth."""
        sizes, costs = self.series(grows, cost)
        return round(float(np.polyfit(np.log(sizes), np.log(costs), 1)[0]), 2) + 0.0  # never -0.0


def measure_growth(graph: Path, threads: int, progress: Progress) -> Growth:
    """Encode once, then train and ask a model for every point."""
    sentences = make_sentences(max(EXAMPLES_OF_LABELS, *EXAMPLE_COUNTS))
    started = time.perf_counter()
    vectors = _encode(SentenceEncoder(graph, threads), sentences, progress)
    encoding_ms = (time.perf_counter() - started) * 1000 / len(sentences)
    sizes = [(LABELS, count, EXAMPLES_OF_LABELS) for count in LABEL_COUNTS]
    sizes += [(EXAMPLES, LABELS_OF_EXAMPLES, count) for count in EXAMPLE_COUNTS]
    encoder, points = SentenceEncoder(graph), []
    task = progress.add_task("models", total=len(sizes))
    for grows, labels, examples in sizes:
        progress.update(task, description=f"{labels:,} labels, {examples:,} examples")
        points.append(_measure(encoder, grows, labels, sentences[:examples], vectors[:examples]))
        progress.advance(task)
    return Growth(encoding_ms, points)


def _encode(encoder: SentenceEncoder, sentences: Sequence[str], progress: Progress) -> NDArray[np.float32]:
    parts = []
    for start in progress.track(range(0, len(sentences), TOGETHER), description="encoding"):
        parts.append(encoder.encode(sentences[start : start + TOGETHER]))
    return np.concatenate(parts)


def _measure(
    encoder: SentenceEncoder, grows: str, label_count: int, sentences: Sequence[str], vectors: NDArray[np.float32]
) -> Point:
    mentions = Mentions(names_of_labels(label_count))
    started = time.perf_counter()
    linker = Linker.train(vectors, sentences, labels_of(sentences, label_count), mentions)
    train_s = time.perf_counter() - started
    matcher = Matcher(encoder, linker, Spelling.learn(sentences, encoder.knows), Costs())
    asked = sentences[:: len(sentences) // ASKED]
    milliseconds = milliseconds_of_one(OurModel(matcher, matcher), asked)
    return Point(grows, label_count, len(sentences), train_s, megabytes_of(linker), milliseconds)


def megabytes_of(linker: Linker) -> float:
    """The size of every number that training has found."""
    return float(sum(value.nbytes for value in vars(linker.weights).values())) / 1e6

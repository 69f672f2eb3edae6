"""Train systems on a set of questions, ask them its tests, and count."""

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

from rich.progress import Progress
from threadpoolctl import threadpool_limits

from benchmarks.nlu.metrics import Figures, Reading, figures_of, mean_figures, spread_of_figures
from benchmarks.nlu.reading import Questions, QuestionSet
from benchmarks.nlu.systems import Model, System

TOGETHER = 250  # questions read at once; more would only make the progress bar jump
TIMED, UNTIMED = 200, 5  # messages that are timed by themselves, and messages before them that warm up


@dataclass(frozen=True)
class Result:
    """The figures of a system on one test file: over several runs their mean, and how far they lie apart."""

    system: str
    test: str
    figures: Figures
    spread: Figures | None = None


def measure(systems: Sequence[System], questions: QuestionSet, progress: Progress, seeds: int = 0) -> list[Result]:
    """A result for each system and test file, in this order.

    With `seeds`, as many runs are made, the training questions shuffled by the seeds 0, 1 and so on; without, one run
    takes them in the order of the file.
    """
    trainings = [questions.train.shuffled(seed) for seed in range(seeds)] or [questions.train]
    results = []
    for system in systems:
        runs = [_measure_once(system, training, questions.tests, progress) for training in trainings]
        for test, of_test in zip(questions.tests, zip(*runs, strict=True), strict=True):
            spread = spread_of_figures(of_test) if seeds > 1 else None
            results.append(Result(system.name, test.name, mean_figures(of_test), spread))
    return results


def _measure_once(system: System, train: Questions, tests: Sequence[Questions], progress: Progress) -> list[Figures]:
    task = progress.add_task(f"{system.name}: training on {len(train.texts):,} questions of {train.name}", total=None)
    started = time.perf_counter()
    model = system.train(train.texts, train.labels)
    train_s = time.perf_counter() - started
    progress.remove_task(task)
    found = []
    for test in tests:
        readings = _read(system, model, test, progress)
        found.append(figures_of(readings, test.labels, train_s, milliseconds_of_one(model, test.texts)))
    return found


def _read(system: System, model: Model, test: Questions, progress: Progress) -> list[Reading]:
    task = progress.add_task(f"{system.name}: reading {test.name}", total=len(test.texts))
    readings: list[Reading] = []
    for start in range(0, len(test.texts), TOGETHER):
        readings += model.read(test.texts[start : start + TOGETHER])
        progress.update(task, completed=len(readings))
    progress.remove_task(task)
    return readings


def milliseconds_of_one(model: Model, texts: Sequence[str]) -> float:
    """Median milliseconds of one message after the other, on one thread."""
    times = []
    with threadpool_limits(1):
        for text in [*texts[:UNTIMED], *texts[:TIMED]]:
            started = time.perf_counter()
            model.read([text])
            times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times[min(len(texts), UNTIMED) :])

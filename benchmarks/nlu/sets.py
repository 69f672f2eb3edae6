"""The public sets, one after the other, and their section of RESULTS.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.progress import Progress

from benchmarks.nlu.published import find_published
from benchmarks.nlu.reading import QuestionsError, read_set
from benchmarks.nlu.report import COLUMNS, LEGEND, MISSING, cells
from benchmarks.nlu.results_file import circumstances, markdown_table
from benchmarks.nlu.run import Result, measure
from benchmarks.nlu.systems import System

SETS_FOLDER = Path(__file__).parents[3] / "shared" / "data"  # beside the project: the sets are not ours to ship
TITLE, QUICK_TITLE = "Understanding: public sets", "Understanding: quick check"

Runs = Sequence[tuple[str, str]]  # folder of a set, file to train on
ALL: Runs = (
    ("clinc150", "train"),
    ("clinc150", "train_10"),
    ("banking77", "train"),
    ("banking77", "train_10"),
    ("banking77", "train_5"),
    ("hwu64", "train"),
    ("hwu64", "train_10"),
    ("hwu64", "train_5"),
    ("clinc-banking", "train"),
)
QUICK: Runs = (("clinc150", "train_10"), ("banking77", "train_10"), ("hwu64", "train_10"), ("clinc-banking", "train"))


@dataclass(frozen=True)
class OfSet:
    """The results of one training file of a set."""

    folder: str
    train: str
    results: list[Result]


def measure_sets(
    folder: Path, runs: Runs, systems: Sequence[System], progress: Progress, seeds: int = 0
) -> list[OfSet]:
    """Results of those `runs` that are in `folder`. Raises QuestionsError when none is there."""
    there = [(name, train) for name, train in runs if (folder / name / f"{train}.csv").is_file()]
    if not there:
        wanted = ", ".join(dict.fromkeys(name for name, _ in runs))
        raise QuestionsError(f"{folder} holds none of the public sets. It should have the folders {wanted}.")
    found = []
    for name, train in progress.track(there, description="sets"):
        found.append(OfSet(name, train, measure(systems, read_set(folder / name, train), progress, seeds)))
    return found


def section(found: Sequence[OfSet]) -> str:
    """The section's text: when and where, the figures of each system."""
    rows = [
        [of_set.folder, of_set.train, result.test, result.system, *cells(result)]
        for of_set in found
        for result in sorted(of_set.results, key=lambda result: result.test)
    ]
    header = ["set", "training", "test", "system", *(f"{column}:" for column in COLUMNS)]
    return f"{circumstances()} {LEGEND}\n\n{markdown_table(header, rows)}"


def published_section(found: Sequence[OfSet]) -> str:
    """What others publish about the same sets and training files."""
    rows = [
        [figure.folder, figure.train, figure.system, figure.accuracy, figure.out_of_scope or MISSING, figure.source]
        for of_set in found
        for figure in find_published(of_set.folder, of_set.train)
    ]
    header = ["set", "training", "system", "accuracy:", "out of scope", "source"]
    return f"What others publish, in percent:\n\n{markdown_table(header, rows)}"

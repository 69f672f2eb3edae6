"""Show results: tables for people, a list for programs."""

from collections.abc import Sequence
from typing import Any

from rich.table import Column, Table

from benchmarks.nlu.metrics import Figures
from benchmarks.nlu.published import Published
from benchmarks.nlu.run import Result

# How tables call each figure, in their order.
FRACTIONS = {
    "accuracy": "accuracy",
    "AUROC": "auroc",
    "recall at 95": "recall_at_95",
    "recall": "recall",
    "refused": "refused",
    "macro F1": "macro_f1",
    "ECE": "ece",
}
TIMES = {"training s": "train_s", "ms/message": "ms_per_message"}
COLUMNS = (*FRACTIONS, *TIMES)
MISSING = "–"
LEGEND = (
    "Accuracy and macro F1: in scope, before anything is refused. AUROC, recall at 95: how well the score tells out of "
    "scope, and the share of it that is refused where 95 % in scope are accepted. Recall, refused: out of scope and in "
    "scope refused by the threshold that training chose. ECE: calibration error of what is answered. All in percent."
)


def as_json(results: Sequence[Result]) -> list[dict[str, Any]]:
    """One entry a test file; fractions of 1, seconds and milliseconds."""
    return [{"test": result.test, **result.figures.rounded()} for result in results]


def cells(result: Result) -> list[str]:
    """The figures in the order of COLUMNS, with their spread where there is one."""
    values, spreads = _shown(result.figures), _shown(result.spread) if result.spread else []
    if not spreads:
        return values
    return [value if value == MISSING else f"{value} ({spread})" for value, spread in zip(values, spreads, strict=True)]


def _shown(figures: Figures) -> list[str]:
    fractions = [getattr(figures, name) for name in FRACTIONS.values()]
    percent = [MISSING if value is None else f"{100 * value:.1f}" for value in fractions]
    return [*percent, f"{figures.train_s:.1f}", f"{figures.ms_per_message:.1f}"]


def result_table(title: str, results: Sequence[Result]) -> Table:
    """The systems side by side on one test file."""
    table = Table("", *(Column(result.system, justify="right") for result in results), title=title)
    of_systems = [cells(result) for result in results]
    for name, *values in zip(COLUMNS, *of_systems, strict=True):
        table.add_row(name, *values)
    return table


def published_table(figures: Sequence[Published]) -> Table:
    """What others publish, with its source."""
    headings = (
        Column("system"),
        Column("accuracy", no_wrap=True),
        Column("out of scope"),
        Column("source", overflow="fold"),
    )
    table = Table(*headings, title="What others publish, in percent")
    for figure in figures:
        table.add_row(figure.system, figure.accuracy, figure.out_of_scope or MISSING, figure.source)
    return table

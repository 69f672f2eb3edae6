"""The report as it is shown in a terminal."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from assistant.learning.evaluation.comparison import Change, Changes
from assistant.learning.evaluation.figures import Figures, Share, Tally, list_least_certain, list_slowest
from assistant.learning.evaluation.page import percent
from assistant.learning.evaluation.report import Report
from assistant.learning.evaluation.run import Answer

LONGEST_TEXT = 100  # characters of a question; the page has all of it
MOST_CHANGES = 20


def show_report(report: Report) -> RenderableType:
    """Everything for people to read; the page has more."""
    return Group(*_parts(report))


def _parts(report: Report) -> Iterator[RenderableType]:
    run = report.run
    yield Text(f"{run.model}: {len(run.answers)} questions and {len(run.turns)} turns in {run.seconds:.0f} seconds\n")
    yield _headline(report.figures, report.changes)
    yield _tallies("By outcome", "outcome", report.outcomes)
    yield _tallies("By offer", "offer", report.offers, with_taken_for=True)
    yield _answers("Slowest", list_slowest(run))
    yield _answers("Least certain of what was answered", list_least_certain(run))
    if report.changes:
        yield from _changes(report.changes)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number == 0 else "right", overflow="fold")
    return table


def list_headline(figures: Figures) -> list[tuple[str, Share]]:
    """The shares of the headline with their names."""
    return [
        ("right overall", figures.right),
        ("top offer right", figures.top_offer),
        ("contact right with every right offer", figures.contacts),
        ("out-of-scope questions refused", figures.recall),
        ("good questions refused", figures.refused),
        ("dialogue turns right", figures.turns),
    ]


def _headline(figures: Figures, changes: Changes | None) -> Table:
    table = _table("Headline", "", "share", "of", "before")
    before = dict(list_headline(changes.figures)) if changes else {}
    for name, share in list_headline(figures):
        table.add_row(name, percent(share), f"{share.count}/{share.of}", percent(before.get(name)))
    was = changes.figures if changes else None
    error, error_before = figures.calibration_error, was.calibration_error if was else None
    table.add_row("expected calibration error", percent(error), "", percent(error_before))
    for name, value, value_before in (
        ("median of a question", figures.median_milliseconds, was.median_milliseconds if was else None),
        ("95th percentile of a question", figures.slow_milliseconds, was.slow_milliseconds if was else None),
    ):
        table.add_row(name, _milliseconds(value), "", _milliseconds(value_before))
    return table


def _milliseconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f} ms"


def _tallies(title: str, what: str, tallies: Sequence[Tally], *, with_taken_for: bool = False) -> Table:
    table = _table(f"\n{title}", what, "asked", "right", "wrong")
    if with_taken_for:
        table.add_column("most taken for")
    for tally in tallies:
        most = [f"{name} ({count})" for name, count in tally.taken_for[:1]] or [""]
        style = "" if tally.right == tally.asked else "bold"
        cells = [tally.name, str(tally.asked), str(tally.right), str(tally.wrong or "")]
        table.add_row(*cells, *(most if with_taken_for else []), style=style)
    return table


def _answers(title: str, answers: Sequence[Answer]) -> Table:
    table = _table(f"\n{title}", "question", "ms", "sure", "")
    for answer in answers:
        sure, verdict = percent(answer.certainty.confidence), "right" if answer.is_right else "wrong"
        table.add_row(_shorten(answer.question.text), f"{answer.milliseconds:.0f}", sure, verdict)
    return table


def _shorten(text: str) -> Text:
    """One line of a question, and as Text: a square bracket in it is no markup."""
    line = " ".join(text.split())
    return Text(line if len(line) <= LONGEST_TEXT else f"{line[: LONGEST_TEXT - 1]}…")


def _changes(changes: Changes) -> Iterator[RenderableType]:
    yield Text(f"\nSince {changes.at:%d %B %Y, %H:%M} UTC ({changes.model})", style="bold")
    if changes.added or changes.gone:
        yield Text(f"Asked now and not then: {changes.added}. Asked then and not now: {changes.gone}.")
    yield from _list_changes("Newly right", changes.newly_right)
    yield from _list_changes("Newly wrong", changes.newly_wrong)


def _list_changes(title: str, changes: Sequence[Change]) -> Iterator[RenderableType]:
    yield Text(f"{title}: {len(changes) or 'none'}")
    for change in changes[:MOST_CHANGES]:
        yield Text("  ").append_text(_shorten(change.what)).append(f" ({'; '.join(change.problems)})", style="dim")
    if len(changes) > MOST_CHANGES:
        yield Text(f"  and {len(changes) - MOST_CHANGES} more, which the page lists")

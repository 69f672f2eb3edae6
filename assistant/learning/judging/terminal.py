"""What judging found, as it is shown in a terminal."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from assistant.learning.judging.material import Source
from assistant.learning.judging.result import Change, Result

NOT_WORSE = "Not worse beyond noise."
WORSE = "Worse: it goes live only with a named person's written reason."
SOURCES = {Source.ENQUIRY.value: "enquiry ", Source.GUARD.value: "kept for judging: "}


def show_result(result: Result) -> RenderableType:
    """Measure by measure, then question by question, then the verdict."""
    return Group(*_parts(result))


def _parts(result: Result) -> Iterator[RenderableType]:
    yield Text(f"{result.candidate} against {result.live}, in {result.seconds:.0f} seconds\n")
    if not result.has_curated:
        yield Text("The project's own questions (tests/nlu) are not here, so they were not asked.", style="yellow")
    if result.left_out:
        yield Text(f"Left out, because they expect what the catalogue does not have: {result.left_out}.")
    yield _measures(result)
    yield from _changes("Gets better", result.better)
    yield from _changes("Gets worse", result.worse)
    yield from show_verdict(result)


def show_verdict(result: Result) -> Iterator[RenderableType]:
    """Whether it is worse, and in what."""
    yield Text(f"\n{WORSE if result.is_worse else NOT_WORSE}", style="bold")
    for sentence in result.why:
        yield Text(f"  {sentence}")


def _measures(result: Result) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in ("", "of", "live", "candidate", "better", "worse", "p"):
        table.add_column(column, justify="right" if column else "left")
    for each in result.measures:
        counts = (each.of, each.live, each.candidate, each.better, each.worse)
        table.add_row(each.title, *map(str, counts), f"{each.p:.3f}", style="bold red" if each.is_worse else "")
    return table


def _changes(title: str, changes: Sequence[Change]) -> Iterator[RenderableType]:
    yield Text(f"\n{title}: {len(changes) or 'nothing'}", style="bold")
    for change in changes:
        line = Text(f"  {SOURCES.get(change.source, '')}{' '.join(change.what.split())}")
        yield line.append(f" ({'; '.join(change.problems)})", style="dim")

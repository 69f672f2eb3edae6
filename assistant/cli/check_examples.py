"""`assistant check-examples`: point out sentences whose label is probably wrong, before training."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click
from rich.console import RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from assistant.cli.console import console, output
from assistant.cli.setup import opened_database, pass_settings
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.learning.label_check import LabelFindings, Sentence, Twins

LONGEST_TEXT = 80  # characters of a sentence; --json has all of them


@click.command("check-examples")
@click.option("--most", type=click.IntRange(0), default=20, show_default=True, help="Sentences to list of each kind.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object instead of tables.")
@pass_settings
def check_examples(settings: Settings, most: int, as_json: bool) -> None:
    """Point out sentences of data/nlu and approved examples whose label is probably wrong.

    Looks for sentences that all others say mean something else, and for two that are nearly the same and have different
    labels. Nothing is changed. Takes about half a minute.

    \b
    In a pipeline; the exit code is 1 when more is contradicted than in a set without mistakes:
      assistant check-examples --json | jq '.contradicted[].sentence.text'
    """
    from assistant.learning.errors import LabelsDoubtedError

    findings = _check_with_progress(settings)
    if as_json:
        click.echo(json.dumps(findings.as_dict()))
    else:
        for part in show_findings(findings, most):
            output.print(part)
    if findings.is_suspicious:
        raise LabelsDoubtedError(
            "More labels are contradicted than in a set without mistakes. Look at the surest first."
        )


def _check_with_progress(settings: Settings) -> LabelFindings:
    from assistant.learning.label_check import check_labels, read_sentences
    from assistant.matching.encoder import SentenceEncoder

    with opened_database(settings) as database, database.read() as session:
        sentences = read_sentences(session, settings)
    columns = (TextColumn("Checking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("checking", total=len(sentences))
        encoder = SentenceEncoder(settings.encoder_graph, os.cpu_count() or 1)
        return check_labels(encoder, sentences, lambda count: progress.advance(task, count))


def show_findings(findings: LabelFindings, most: int) -> Iterator[RenderableType]:
    """What was found, for people to read; of each kind the first `most`."""
    share, count = findings.share_contradicted, len(findings.contradicted)
    yield Text(f"{findings.checked} sentences checked, {count} contradicted by the others ({share:.1%}).")
    yield Text(
        f"Of {findings.checked_from_reviewers} reviewers' examples, {findings.contradicted_from_reviewers}. "
        f"Duplicates: {findings.duplicate_count}."
    )
    yield from _contradicted(findings, most)
    yield from _twins("Nearly the same, with different labels", findings.conflicts, most)
    yield from _twins("Reviewers' examples that are there already", findings.duplicates, most)


def _contradicted(findings: LabelFindings, most: int) -> Iterator[RenderableType]:
    if not findings.contradicted[:most]:
        return
    table = _table("Contradicted by the others", "sentence", "its label", "the others say", "sure")
    for each in findings.contradicted[:most]:
        table.add_row(*_cells(each.sentence), each.says, f"{each.sure:.0%}")
    yield table
    yield from _rest(len(findings.contradicted) - most)


def _twins(title: str, pairs: Sequence[Twins], most: int) -> Iterator[RenderableType]:
    if not pairs[:most]:
        return
    table = _table(title, "sentence", "its label", "and", "its label", "alike")
    for each in pairs[:most]:
        table.add_row(*_cells(each.first), *_cells(each.second), f"{each.similarity:.0%}")
    yield table
    yield from _rest(len(pairs) - most)


def _rest(count: int) -> Iterator[Text]:
    if count > 0:
        yield Text(f"and {count} more, which --most or --json show", style="dim")


def _table(title: str, *columns: str) -> Table:
    table = Table(
        title=f"\n{title}", title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0)
    )
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _cells(sentence: Sentence) -> tuple[Text, str]:
    """The sentence, with its number if a reviewer gave it, and its label. As Text: a bracket in it is no markup."""
    line = " ".join(sentence.text.split())
    text = Text(line if len(line) <= LONGEST_TEXT else f"{line[: LONGEST_TEXT - 1]}…")
    return text.append(f" (example {sentence.example_id})" if sentence.from_reviewers else ""), sentence.label

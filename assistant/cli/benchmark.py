"""`assistant benchmark`: measure how well the assistant understands, and what that costs."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from assistant.cli.console import console, output
from assistant.cli.setup import pass_settings
from assistant.errors import AssistantError
from assistant.settings import Settings

if TYPE_CHECKING:
    from benchmarks.nlu.reading import QuestionSet
    from benchmarks.nlu.run import Result
    from benchmarks.nlu.systems import System

seeds_option = click.option(
    "--seeds",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Run N times, the training rows shuffled by seeds 0 to N-1: means, and the largest less the smallest in (). "
    "Without it, one run takes the rows as they stand.",
)
existing_folder = click.Path(exists=True, file_okay=False, path_type=Path)


class BenchmarksMissingError(AssistantError):
    """The folder `benchmarks` of the project is not installed with the assistant."""


@contextmanager
def benchmarks_wanted() -> Iterator[None]:
    """Say what to do when `benchmarks` cannot be imported: it belongs to the project, not to the installed package."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "benchmarks":
            raise
        raise BenchmarksMissingError(
            "The benchmarks are not installed with the assistant. Run this in the project's folder, with the "
            "environment that `make` has set up there: .venv/bin/assistant benchmark"
        ) from None


@click.group()
def benchmark() -> None:
    """Measure how well questions are understood, and how cost grows."""


@benchmark.command()
@click.argument("folder", type=existing_folder)
@click.option("--train", default="train", show_default=True, metavar="NAME", help="The file to train on.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of our own figures, and nothing else.")
@click.option(
    "--with-diet", is_flag=True, help="Show Rasa's default DIET as well, in the table; takes minutes to hours."
)
@seeds_option
@pass_settings
def nlu(settings: Settings, folder: Path, train: str, as_json: bool, with_diet: bool, seeds: int) -> None:
    """Train on FOLDER/train.csv, read the questions of every test*.csv, and count.

    FOLDER may be that of any bot. Its files have the columns text and label, in any order and beside others; the label
    oos means out of scope. Rows without a text or a label are passed over and counted; labels that training does not
    know count as wrong.

    \b
    --json gives one entry a test file. Fractions are of 1 (the table shows percent), null where nothing is to count:
      test            the file, without .csv
      accuracy        in scope: share whose most probable label is right, before anything is refused
      auroc           of our score, in scope against out of scope
      recall_at_95    share of out of scope refused at the threshold where 95 % of the test's in scope are accepted
      recall          share of out of scope refused at the threshold that training alone chose
      refused         share of in scope refused at that threshold
      macro_f1        over the test's labels in scope, before anything is refused
      ece             expected calibration error of what is answered, 15 bins; answering out of scope is wrong
      train_s         seconds from texts to a trained matcher, encoding included
      ms_per_message  median milliseconds of single messages one after another, on one thread
    """
    with benchmarks_wanted():
        from benchmarks.nlu.ours import Ours
        from benchmarks.nlu.reading import read_set
        from benchmarks.nlu.report import as_json as entries
    questions = read_set(folder, train)
    _tell_what_is_odd(questions)
    if as_json:
        results = _measure([Ours(settings.encoder_graph)], questions, seeds)
        click.echo(json.dumps(entries(results), indent=2))
    else:
        _compare(settings, questions, with_diet, seeds)


def _compare(settings: Settings, questions: QuestionSet, with_diet: bool, seeds: int) -> None:
    from benchmarks.nlu.baseline import Baseline
    from benchmarks.nlu.diet import started_diet
    from benchmarks.nlu.ours import Ours
    from benchmarks.nlu.published import find_published
    from benchmarks.nlu.report import LEGEND, published_table, result_table

    systems: list[System] = [Baseline(), Ours(settings.encoder_graph)]
    if with_diet:
        with started_diet() as diet:
            results = _measure([*systems, diet], questions, seeds)
    else:
        results = _measure(systems, questions, seeds)
    for test in questions.tests:
        title = f"{questions.name}: trained on {questions.train.name}, asked {test.name}"
        output.print(result_table(title, [result for result in results if result.test == test.name]))
    output.print(LEGEND)
    if published := find_published(questions.name, questions.train.name):
        output.print(published_table(published))


def _measure(systems: list[System], questions: QuestionSet, seeds: int) -> list[Result]:
    from benchmarks.nlu.run import measure

    with _progress() as progress:
        return measure(systems, questions, progress, seeds)


def _tell_what_is_odd(questions: QuestionSet) -> None:
    """What a reader of the figures should know about the files."""
    known = questions.train.labels_in_scope
    for file in (questions.train, *questions.tests):
        if file.skipped:
            console.print(f"{file.name}.csv: rows without a text or a label, passed over: {file.skipped}", markup=False)
    for test in questions.tests:
        unknown = test.labels_in_scope - known
        if unknown:
            count = sum(label in unknown for label in test.labels)
            console.print(
                f"{test.name}.csv: questions that count as wrong, because training does not know their label: {count}, "
                f"of labels such as {min(unknown)}",
                markup=False,
            )


@benchmark.command()
@click.option("--json", "as_json", is_flag=True, help="Print the points as JSON instead of the section.")
@pass_settings
def growth(settings: Settings, as_json: bool) -> None:
    """Measure how cost grows with offers and with examples; takes up to half an hour.

    Writes a section of benchmarks/RESULTS.md and the picture benchmarks/growth.svg.
    """
    with benchmarks_wanted():
        from benchmarks.nlu import growth_report
        from benchmarks.nlu.growth import measure_growth
        from benchmarks.nlu.results_file import write_section
    with _progress() as progress:
        grown = measure_growth(settings.encoder_graph, os.cpu_count() or 1, progress)
    growth_report.draw(grown)
    write_section(growth_report.TITLE, growth_report.section(grown))
    if as_json:
        click.echo(json.dumps(grown.as_json(), indent=2))
    else:
        click.echo(growth_report.section(grown))


@benchmark.command()
@click.argument("folder", type=existing_folder, required=False)
@seeds_option
@pass_settings
def sets(settings: Settings, folder: Path | None, seeds: int) -> None:
    """Run the public sets in FOLDER (../shared/data) and rewrite their section of benchmarks/RESULTS.md.

    Sets that are not in FOLDER are left out. Takes a quarter of an hour or so.
    """
    with benchmarks_wanted():
        from benchmarks.nlu import sets as public
        from benchmarks.nlu.baseline import Baseline
        from benchmarks.nlu.ours import Ours
        from benchmarks.nlu.results_file import write_section
    systems: list[System] = [Baseline(), Ours(settings.encoder_graph)]
    with _progress() as progress:
        found = public.measure_sets(folder or public.SETS_FOLDER, public.ALL, systems, progress, seeds)
    body = f"{public.section(found)}\n\n{public.published_section(found)}"
    write_section(public.TITLE, body)
    click.echo(body)


@benchmark.command("console")
@click.option("--enquiries", type=click.IntRange(min=1000), default=1_000_000, show_default=True, metavar="N")
@click.option("--requests", type=click.IntRange(min=20), default=200, show_default=True, metavar="N")
def measure_console(enquiries: int, requests: int) -> None:
    """Measure the staff console on a PostgreSQL with N enquiries; takes about ten minutes for a million.

    Starts a PostgreSQL of its own and throws it away: its server programs have to be installed. With a million
    enquiries or more the section of benchmarks/RESULTS.md is rewritten.
    """
    with benchmarks_wanted():
        from benchmarks.console import report
        from benchmarks.nlu.results_file import write_section
    with _progress() as progress:
        body = report.measure_console(enquiries, requests, progress)
    if enquiries >= report.ENQUIRIES:
        write_section(report.TITLE, body)
    click.echo(body)


@benchmark.command("swapping")
def measure_swapping() -> None:
    """Send a thousand messages while the live model is swapped twenty times; takes about five minutes.

    Trains a model and starts a server of its own. The section of benchmarks/RESULTS.md is rewritten.
    """
    with benchmarks_wanted():
        from benchmarks import swapping
        from benchmarks.nlu.results_file import write_section
    with _progress() as progress:
        task = progress.add_task("sending", total=2 * len(swapping.LOADS) * swapping.MESSAGES)
        body = swapping.measure_swapping(lambda: progress.advance(task))
    write_section(swapping.TITLE, body)
    click.echo(body)


@benchmark.command("gate")
@click.option("--poisoned", type=click.IntRange(min=0), default=5, show_default=True, metavar="N")
@click.option("--harmless", type=click.IntRange(min=0), default=40, show_default=True, metavar="N")
@pass_settings
def measure_gate(settings: Settings, poisoned: int, harmless: int) -> None:
    """See whether the gate stops N candidates with wrong labels, and lets N harmless ones through.

    Each takes some seconds to train. Results are kept in the folder var, so that it goes on where it was interrupted.
    With all candidates the section of benchmarks/RESULTS.md is rewritten.
    """
    with benchmarks_wanted():
        from benchmarks.gate import report
        from benchmarks.nlu.results_file import write_section
    with _progress() as progress:
        body = report.measure_gate(settings, poisoned, harmless, progress)
    if poisoned >= report.POISONED_WANTED and harmless >= report.HARMLESS_WANTED:
        write_section(report.TITLE, body)
    click.echo(body)


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console)


@benchmark.command("acknowledging")
def measure_acknowledging() -> None:
    """Deliver 200 of Slack's events at once while the engine is blocked; takes about two minutes.

    Trains a model and starts servers of its own. The section of benchmarks/RESULTS.md is rewritten.
    """
    with benchmarks_wanted():
        from benchmarks import acknowledging
        from benchmarks.nlu.results_file import write_section
    with console.status("Training, serving, delivering"):
        body = asyncio.run(acknowledging.measure_acknowledging())
    write_section(acknowledging.TITLE, body)
    click.echo(body)


@benchmark.command("trouble")
def measure_trouble() -> None:
    """Ask on the website while Slack hangs, limits or fails; takes about five minutes.

    Trains a model and starts servers of its own. The section of benchmarks/RESULTS.md is rewritten.
    """
    with benchmarks_wanted():
        from benchmarks import outbound_trouble as trouble
        from benchmarks.nlu.results_file import write_section
    with _progress() as progress:
        task = progress.add_task("asking", total=trouble.ROUNDS * len(trouble.KINDS) * trouble.MESSAGES)
        body = asyncio.run(trouble.measure_trouble(lambda: progress.advance(task)))
    write_section(trouble.TITLE, body)
    click.echo(body)

"""`assistant evaluate`: ask questions whose answers are known, and report how many are right."""

import asyncio
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from assistant.cli.console import console, output
from assistant.cli.setup import pass_settings, prepare_database, prepare_model
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.learning.evaluation.facts import Facts
    from assistant.learning.evaluation.question_files import Examination
    from assistant.learning.evaluation.report import EarlierReport
    from assistant.learning.evaluation.run import Run

SHARE = click.FloatRange(0, 1)


@click.command()
@click.option(
    "--questions",
    "questions_folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("tests/nlu"),
    show_default=True,
    help="Folder of questions*.yml and dialogues*.yml.",
)
@click.option(
    "--output",
    "output_folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("reports"),
    show_default=True,
    help="Folder to write the report to; it is compared with the one there.",
)
@click.option("--against", metavar="live|NAME", help="Judge a model against the live one or another.")
@click.option("--model", "model_name", metavar="NAME", help="With --against: the model to judge; else the newest.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object instead of tables.")
@click.option("--least-right", type=SHARE, help="Fail when less than this share of all questions is right.")
@click.option("--least-offers", type=SHARE, help="Fail when less of those for one offer get that offer.")
@click.option("--least-recall", type=SHARE, help="Fail when less of the out-of-scope questions is refused.")
@click.option("--least-turns", type=SHARE, help="Fail when less of the turns of dialogues is right.")
@click.option("--most-refused", type=SHARE, help="Fail when more of the good questions is refused.")
@pass_settings
def evaluate(
    settings: Settings,
    /,
    questions_folder: Path,
    output_folder: Path,
    against: str | None,
    model_name: str | None,
    as_json: bool,
    **limits: float | None,
) -> None:
    """Ask the live model questions whose answers are known, and report how many are right.

    Writes evaluation.html to read and evaluation.json for programs, and keeps the data of each run under its time.
    The questions are asked at a desk with a database of its own: no member's enquiry is touched.

    \b
    In a pipeline; the exit code is 1 when a limit is missed:
      assistant evaluate --least-right 0.93 --most-refused 0.03
      assistant evaluate --json | jq .figures

    \b
    Judge a new model as the gate does; the exit code is 1 when it is worse beyond noise:
      assistant evaluate --against live
    """
    if against is not None:
        _judge(settings, against, model_name, as_json=as_json)
        return
    if model_name is not None:
        raise click.UsageError("--model goes with --against.")
    from assistant.learning.evaluation.errors import FloorMissedError
    from assistant.learning.evaluation.facts import read_facts
    from assistant.learning.evaluation.floors import Floors, find_missed
    from assistant.learning.evaluation.page import render_page
    from assistant.learning.evaluation.question_files import read_examination
    from assistant.learning.evaluation.report import make_report
    from assistant.learning.evaluation.report_files import write_report
    from assistant.learning.evaluation.terminal import show_report
    from assistant.registry.live import open_live_archive

    facts = read_facts(settings)
    examination = read_examination(questions_folder, facts)
    previous = _find_previous(output_folder)
    with closing(prepare_database(settings)) as database:
        prepare_model(settings, database)
        archive = open_live_archive(settings, database)
    report = make_report(_ask_with_progress(settings, archive, examination, facts), list(facts.offers), previous)
    page, *_ = write_report(output_folder, report, render_page(report, facts))
    if as_json:
        click.echo(report.model_dump_json())
    else:
        output.print(show_report(report))
    console.print(f"Written to {page}.", markup=False)
    missed = find_missed(report.figures, Floors(**limits))
    if missed:
        raise FloorMissedError("\n".join(missed))


def _judge(settings: Settings, against: str, model_name: str | None, *, as_json: bool) -> None:
    from assistant.cli.judging import judge_with_progress, refuse_worse, show

    with closing(prepare_database(settings)) as database:
        prepare_model(settings, database)
        result = judge_with_progress(settings, database, against, model_name)
    show(result, as_json=as_json)
    refuse_worse(result)


def _find_previous(folder: Path) -> "EarlierReport | None":
    from assistant.learning.evaluation.report_files import UnreadableReportError, find_previous_report

    try:
        return find_previous_report(folder)
    except UnreadableReportError as error:
        console.print(str(error), style="yellow", markup=False)
        return None


def _ask_with_progress(settings: Settings, archive: Path, examination: "Examination", facts: "Facts") -> "Run":
    from assistant.learning.evaluation.asking import Examiner
    from assistant.learning.evaluation.temporary_desk import open_temporary_desk

    columns = (TextColumn("Asking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with ExitStack() as stack:
        with console.status("Starting …"):
            desk = stack.enter_context(open_temporary_desk(settings, archive))
        progress = stack.enter_context(Progress(*columns, console=console, transient=True))
        task = progress.add_task("asking", total=len(examination))
        examiner = Examiner.at(desk, facts)
        return asyncio.run(examiner.ask_everything(examination, lambda: progress.advance(task)))

"""`assistant train`: make a candidate from data/nlu and what reviewers approved, and judge it."""

from __future__ import annotations

import contextlib
import io
import logging
from contextlib import closing
from typing import TYPE_CHECKING

import click
from rich.console import Group
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from assistant.cli.console import console
from assistant.cli.setup import pass_settings, prepare_database
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.db.engine import Database
    from assistant.registry.models import TrainedModel

CANCELLED = "Cancelled. What was live is live."


def train_with_progress(settings: Settings, database: Database) -> TrainedModel:
    """Train, showing how far it is; Rasa's own chatter is kept for the case that it fails.

    Raises RunInProgressError, TrainingFailedError; click.Abort when it is cancelled, here or in the console.
    """
    from assistant.learning.running import carry_out

    run_id, chatter = _begin(database), io.StringIO()
    logging.getLogger("rasa").setLevel(logging.ERROR)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress, contextlib.redirect_stdout(chatter):
        task = progress.add_task("Training", total=1.0)
        try:
            return carry_out(
                database, settings, run_id, lambda stage, done: progress.update(task, description=stage, completed=done)
            )
        except KeyboardInterrupt:
            console.print(CANCELLED)
            raise click.Abort from None
        except Exception:
            console.print(chatter.getvalue(), markup=False)
            raise


def _begin(database: Database) -> int:
    """A run of our own, or the training that waits for somebody to begin it. Raises RunInProgressError."""
    from assistant.db.base import now
    from assistant.registry.models import RunKind
    from assistant.registry.runs import ask_for_run, claim_run, find_unfinished

    with database.write() as session:
        waiting = find_unfinished(session)
        run = claim_run(session, now()) if waiting and waiting.kind == RunKind.TRAIN else None
        if run is None:
            ask_for_run(session, RunKind.TRAIN, None)
            run = claim_run(session, now())
        assert run is not None
        return run.id


@click.command()
@click.option("--promote", "is_promoted", is_flag=True, help="Put it live, unless it is worse than the live one.")
@pass_settings
def train(settings: Settings, is_promoted: bool) -> None:
    """Train a model from data/nlu, the catalogue's names and the approved examples, and judge it.

    The first model of all goes live. A later one is compared with the live one, and says how it goes live.
    """
    with closing(prepare_database(settings)) as database:
        model = train_with_progress(settings, database)
        console.print(f"Trained {model.name} in {model.seconds:.0f} seconds.", markup=False)
        if _tell_verdict(database, model) and is_promoted:
            _promote(database, model)


def _tell_verdict(database: Database, model: TrainedModel) -> bool:
    """Print what judging found and what comes next; False when there was nothing to judge it against."""
    from assistant.learning.judging.result import Result
    from assistant.learning.judging.terminal import show_verdict
    from assistant.registry.promotions import find_judgement, find_live

    with database.read() as session:
        live = find_live(session)
        judgement = find_judgement(session, model.id, live.model_id) if live else None
    if live is None or live.model_id == model.id:
        return False
    name = model.name.removesuffix(".tar.gz")
    if judgement is not None:
        console.print(Group(*show_verdict(Result.model_validate(judgement.result))))
    console.print(f"See it: assistant evaluate --against live --model {name}", markup=False)
    console.print(f"Put it live: assistant models promote {name}", markup=False)
    return True


def _promote(database: Database, model: TrainedModel) -> None:
    """Put it live. Raises ReasonNeededError when it is worse, PromotionRefusedError."""
    from assistant.registry.models import TrainedModel
    from assistant.registry.promotions import promote

    with database.write() as session:
        promote(session, session.get_one(TrainedModel, model.id), None)
    console.print(f"{model.name} is live.", markup=False)

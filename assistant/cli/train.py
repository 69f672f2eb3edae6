"""`assistant train`: make a candidate from data/nlu and what reviewers approved, and judge it."""

from __future__ import annotations

import contextlib
import io
import logging
from contextlib import closing
from typing import TYPE_CHECKING

import click
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
    """A run of our own, or the one that waits for somebody to begin it."""
    from assistant.db.base import now
    from assistant.registry.models import RunKind
    from assistant.registry.runs import ask_for_run, claim_run

    with database.write() as session:
        run = claim_run(session, now())
        if run is None:
            ask_for_run(session, RunKind.TRAIN, None)
            run = claim_run(session, now())
        assert run is not None
        return run.id


@click.command()
@pass_settings
def train(settings: Settings) -> None:
    """Train a model from data/nlu, the catalogue's names and the approved examples."""
    with closing(prepare_database(settings)) as database:
        model = train_with_progress(settings, database)
    console.print(f"Trained {model.name} in {model.seconds:.0f} seconds.")

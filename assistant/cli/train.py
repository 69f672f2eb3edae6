"""`assistant train`: make a model from data/nlu and what reviewers approved."""

import contextlib
import io
import logging
import time
from pathlib import Path

import click

from assistant.cli.console import console
from assistant.cli.setup import pass_settings, prepare_database
from assistant.settings import Settings


def train_with_progress(settings: Settings) -> Path:
    """Train, showing that work is going on; Rasa's own chatter is kept for the case that it fails."""
    from assistant.learning.training import train_model

    started, chatter = time.monotonic(), io.StringIO()
    logging.getLogger("rasa").setLevel(logging.ERROR)
    with console.status("Training …"), contextlib.redirect_stdout(chatter):
        try:
            model = train_model(settings.data_folder, settings.models_folder)
        except Exception:
            console.print(chatter.getvalue(), markup=False)
            raise
    console.print(f"Trained {model} in {time.monotonic() - started:.0f} seconds.")
    return model


@click.command()
@pass_settings
def train(settings: Settings) -> None:
    """Train a model from data/nlu, the catalogue's names and the approved examples."""
    prepare_database(settings).close()
    train_with_progress(settings)

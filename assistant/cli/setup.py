"""What several commands need before they can work: tables, catalogue, a model."""

import click

from assistant.catalogue.loader import load_catalogue
from assistant.cli.console import console
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.engine.model_folder import find_newest_model
from assistant.settings import Settings


def prepare_database(settings: Settings) -> Database:
    """Bring tables and catalogue up to date and open the database."""
    database = Database(settings.database_url)
    upgrade(database.engine)
    with database.write() as session:
        load_catalogue(session, settings.data_folder / "catalogue")
    return database


def prepare_model(settings: Settings) -> None:
    """Train a first model when there is none."""
    if find_newest_model(settings.models_folder) is None:
        from assistant.cli.train import train_with_progress  # imports Rasa

        console.print("There is no model yet, so I train one first. This takes about twenty seconds.")
        train_with_progress(settings)


pass_settings = click.make_pass_decorator(Settings)

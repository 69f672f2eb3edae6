"""What several commands need before they can work: tables, catalogue, a model.

Imports that take long stand in the functions, here and in the commands, so that `assistant --help` answers at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from assistant.cli.console import console
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.db.engine import Database

pass_settings = click.make_pass_decorator(Settings)


@contextmanager
def opened_database(settings: Settings) -> Iterator[Database]:
    """The database with its tables up to date, closed again at the end."""
    from assistant.db.engine import Database
    from assistant.db.migrate import upgrade

    database = Database(settings.database_url)
    try:
        upgrade(database.engine)
        yield database
    finally:
        database.close()


def prepare_database(settings: Settings) -> Database:
    """Bring tables and catalogue up to date and open the database."""
    from assistant.catalogue.loader import load_catalogue
    from assistant.db.engine import Database
    from assistant.db.migrate import upgrade

    database = Database(settings.database_url)
    upgrade(database.engine)
    with database.write() as session:
        load_catalogue(session, settings.data_folder / "catalogue")
    return database


def prepare_model(settings: Settings, database: Database) -> None:
    """Train a first model when there is none; learn what is met with care, and what names are, when that is new."""
    from assistant.cli.train import train_with_progress
    from assistant.matching.names.learning import are_names_learnt, open_names
    from assistant.matching.safety.sense import is_sense_learnt, open_sense
    from assistant.registry.errors import NoModelError
    from assistant.registry.live import open_live_archive

    try:
        open_live_archive(settings, database)
    except NoModelError:
        console.print("There is no model yet, so I train one first. This takes about half a minute.")
        train_with_progress(settings, database)
    if not are_names_learnt(settings.data_folder, settings.names_folder):
        with console.status("I learn to recognise people's names. This takes about ten seconds, once."):
            open_names(settings.encoder_graph, settings.data_folder, settings.names_folder)
    if not is_sense_learnt(settings.data_folder, settings.care_folder):
        with console.status("I learn which messages are to be met with care. This takes about half a minute, once."):
            open_sense(settings.encoder_graph, settings.data_folder, settings.care_folder)

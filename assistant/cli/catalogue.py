"""`assistant catalogue`: the facts that answers are made of."""

from pathlib import Path

import click

from assistant.cli.console import output
from assistant.cli.setup import pass_settings
from assistant.settings import Settings


@click.group()
def catalogue() -> None:
    """The facts that answers are made of: offers, people, topics."""


@catalogue.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@pass_settings
def load(settings: Settings, folder: Path | None) -> None:
    """Load the YAML files of FOLDER (data/catalogue) into the database.

    Says what was added, updated and left alone. What staff edited is never overwritten; a file with a mistake changes
    nothing.
    """
    from assistant.catalogue.loader import load_catalogue
    from assistant.db.engine import Database
    from assistant.db.migrate import upgrade

    database = Database(settings.database_url)
    upgrade(database.engine)
    with database.write() as session:
        report = load_catalogue(session, folder or settings.data_folder / "catalogue")
    output.print(str(report), markup=False)

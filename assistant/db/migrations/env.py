"""Alembic's entry point. The connection comes from assistant.db.migrate, or from the settings for `alembic` itself."""

from alembic import context

import assistant.catalogue.models
import assistant.engine.models
import assistant.enquiries.models
from assistant.db.base import Base
from assistant.db.engine import Database
from assistant.settings import load_settings

TABLES = (assistant.catalogue.models, assistant.engine.models, assistant.enquiries.models)


def run() -> None:
    """Run the migrations on the connection given, or on one of our own."""
    connection = context.config.attributes.get("connection")
    if connection is None:
        with Database(load_settings().database_url).engine.begin() as own:
            _run_on(own)
    else:
        _run_on(connection)


def _run_on(connection: object) -> None:
    # SQLite cannot alter a table in place; batch mode copies it.
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)  # type: ignore[arg-type]
    with context.begin_transaction():
        context.run_migrations()


run()

"""Alembic's entry point. The connection comes from assistant.db.migrate, or from the settings for `alembic` itself."""

from typing import Literal

from alembic import context

import assistant.catalogue.models
import assistant.enquiries.models
import assistant.messaging.models
import assistant.registry.models
import assistant.review.models
import assistant.staff.models
from assistant.db.base import Base, EncryptedBytes, UTCDateTime
from assistant.db.engine import Database
from assistant.settings import load_settings

TABLES = (
    assistant.catalogue.models,
    assistant.enquiries.models,
    assistant.messaging.models,
    assistant.registry.models,
    assistant.review.models,
    assistant.staff.models,
)
OWN_TYPES = {UTCDateTime: "sa.DateTime(timezone=True)", EncryptedBytes: "sa.LargeBinary()"}


def run() -> None:
    """Run the migrations on the connection given, or on one of our own."""
    connection = context.config.attributes.get("connection")
    if connection is None:
        with Database(load_settings().database_url).engine.begin() as own:
            _run_on(own)
    else:
        _run_on(connection)


def _run_on(connection: object) -> None:
    context.configure(
        connection=connection,  # type: ignore[arg-type]
        target_metadata=Base.metadata,
        render_as_batch=True,  # SQLite cannot alter a table in place; batch mode copies it
        render_item=_render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


def _render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our types as what the database has: migrations outlive the code they were made with."""
    return OWN_TYPES.get(type(item), False) if kind == "type" else False


run()

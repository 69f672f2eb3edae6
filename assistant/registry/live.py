"""The archive of the live model."""

from pathlib import Path

from assistant.db.engine import Database
from assistant.registry.promotions import fetch_live
from assistant.registry.store import open_store
from assistant.settings import Settings


def open_live_archive(settings: Settings, database: Database) -> Path:
    """Fetch and verify it. Raises NoModelError, DamagedModelError, StoreError, DatabaseUnavailableError."""
    with database.write() as session:
        return fetch_live(session, open_store(settings))

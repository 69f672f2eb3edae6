"""The archive that a process begins with."""

import logging
from pathlib import Path

from assistant.db.engine import Database
from assistant.registry.errors import DamagedModelError
from assistant.registry.models import TrainedModel
from assistant.registry.promotions import fetch_live, list_promotions
from assistant.registry.store import Store, open_store
from assistant.settings import Settings

logger = logging.getLogger(__name__)


def open_live_archive(settings: Settings, database: Database) -> Path:
    """Fetch and verify the live model's archive; of a damaged one, that of the model that was live before.

    Raises NoModelError, DamagedModelError when none is whole, StoreError, DatabaseUnavailableError.
    """
    store = open_store(settings)
    with database.read() as session:
        models = [promotion.model for promotion in list_promotions(session)]
    if models:  # fetching may take long, and nobody who writes has to wait for it
        return _fetch_newest_whole(store, list(dict.fromkeys(models)))
    with database.write() as session:
        return fetch_live(session, store)


def _fetch_newest_whole(store: Store, models: list[TrainedModel]) -> Path:
    damaged: DamagedModelError | None = None
    for model in models:
        try:
            return store.fetch(model.name, model.sha256)
        except DamagedModelError as error:
            logger.error("%s", error)
            damaged = damaged or error
    assert damaged is not None
    raise damaged

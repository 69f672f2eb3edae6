"""Puts in this server's place of the live model whichever the registry names, without dropping a message."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from fastapi import FastAPI

from assistant.db.engine import Database
from assistant.engine.opening import open_engine
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.engine import Engine
from assistant.errors import detail_of
from assistant.registry.errors import StoreError
from assistant.registry.models import Promotion
from assistant.registry.promotions import find_live
from assistant.registry.store import Store, open_store
from assistant.settings import Settings
from assistant.web.rounds import go_rounds

logger = logging.getLogger(__name__)

LOOK_SECONDS = 2.0
WARM_UP = "What support is there?"  # the first answer of an engine takes longer than any other

Open = Callable[[Settings, Path], Engine]


class LiveModel:
    """Follows the registry for one desk. What cannot be loaded is refused once, and the desk keeps its engine."""

    def __init__(self, desk: EnquiryDesk, open_model: Open = open_engine) -> None:
        self._desk = desk
        self._open = open_model
        self._store: Store = open_store(desk.settings)
        self._seen: int | None = None  # the promotion that was followed, or refused

    async def look(self) -> bool:
        """Follow a promotion that is new; whether another model was put in place. Raises DatabaseUnavailableError."""
        live = await asyncio.to_thread(_read, self._desk.database)
        if live is None or live.id == self._seen:
            return False
        self._seen = live.id
        if live.model.name == self._desk.engine.model:
            return False
        try:
            archive = await asyncio.to_thread(self._store.fetch, live.model.name, live.model.sha256)
            engine = await asyncio.to_thread(self._open, self._desk.settings, archive)
            await engine.understand(WARM_UP)
        except StoreError:  # it may answer again
            self._seen = None
            raise
        except Exception as error:
            logger.error("%s stays live here: %s", self._desk.engine.model, detail_of(error))
            return False
        self._desk.engine = engine
        logger.info("Live here from now on: %s", engine.model)
        return True


async def follow_live_model(app: FastAPI) -> None:
    """Look every two seconds, until cancelled."""
    follower: LiveModel | None = None

    async def look(desk: EnquiryDesk) -> None:
        nonlocal follower
        follower = follower or LiveModel(desk)
        await follower.look()

    await go_rounds(app, LOOK_SECONDS, look, "Which model is live is not known")


def _read(database: Database) -> Promotion | None:
    with database.read() as session:
        return find_live(session)

"""Many conversations at once while models are swapped: nothing is lost, doubled, or answered by half a model."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.catalogue.loader import load_catalogue
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.engine.opening import open_engine
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.encryption import open_cipher
from assistant.enquiries.models import Enquiry
from assistant.registry.models import TrainedModel
from assistant.registry.promotions import get_model, promote, register
from assistant.registry.store import open_store
from assistant.settings import Settings
from assistant.staff.models import Staff
from assistant.web.live_model import LiveModel
from tests.conftest import ROOT, Trained
from tests.support.desk_asker import DeskAsker
from tests.support.fake_desk import make_desk
from tests.support.made_up_models import make_manifest

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.asyncio(loop_scope="session")]

MESSAGES, CONVERSATIONS, SWAPS = 1000, 20, 20
SCRIPT = ("what is the LFHII?", "tell me more", "who do I contact about it?")
FIRST, SECOND = NAMES = ("first.tar.gz", "second.tar.gz")


async def test_no_message_is_lost_while_models_are_swapped(desk: EnquiryDesk) -> None:
    live, answered = LiveModel(desk), asyncio.Semaphore(0)

    async def converse() -> None:
        asker = await DeskAsker.begins(desk)
        for number in range(MESSAGES // CONVERSATIONS):
            reply = await asker.says(SCRIPT[number % len(SCRIPT)])
            assert reply["outcome"] in ("offer", "info") and reply["offers"][0]["slug"] == "lfhii", number
            answered.release()

    async def swap() -> None:
        for number in range(SWAPS):
            for _ in range(MESSAGES // (SWAPS + 1)):
                await answered.acquire()
            put_live(desk.database, NAMES[(number + 1) % 2])
            assert await live.look() and desk.engine.model == NAMES[(number + 1) % 2]

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(swap())
        for _ in range(CONVERSATIONS):
            tasks.create_task(converse())

    with desk.database.read() as session:
        rows = session.execute(select(Enquiry.model, Enquiry.outcome)).all()
    models = Counter(model for model, _ in rows)
    assert len(rows) == MESSAGES and set(models) == set(NAMES) and min(models.values()) > MESSAGES // 4
    assert all(outcome for _, outcome in rows)


def put_live(database: Database, name: str) -> None:
    with database.write() as session:
        promote(session, get_model(session, name), 1, "It is swapped for a test.")


@pytest.fixture
def desk(trained: Trained, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EnquiryDesk]:
    """On a database of its own, with the project's model twice: the first is live, the second is a copy."""
    from actions import answering

    settings = own_settings(trained.settings, tmp_path)
    database = Database(settings.database_url, durable=False)
    upgrade(database.engine)
    with database.write() as session:
        load_catalogue(session, ROOT / "data" / "catalogue")
        session.add(Staff(email="ada@example.org", name="Ada Admin", role="admin"))
    for name in NAMES:
        add_copy(database, settings, trained.archive, name, tmp_path)
    put_live(database, FIRST)
    monkeypatch.setattr(answering, "shared_database", lambda: database)
    engine = open_engine(settings, open_store(settings).fetch(*registered(database, FIRST)))
    yield make_desk(database, engine, open_cipher(settings), settings)
    database.close()


def own_settings(settings: Settings, folder: Path) -> Settings:
    own = {
        "database_url": f"sqlite:///{folder / 'own.db'}",
        "models_folder": folder / "models",
        "var_folder": folder / "var",
    }
    return settings.model_copy(update=own)


def registered(database: Database, name: str) -> tuple[str, str]:
    with database.read() as session:
        model = get_model(session, name)
        return model.name, model.sha256


def add_copy(database: Database, settings: Settings, archive: Path, name: str, folder: Path) -> TrainedModel:
    copy = Path(shutil.copy(archive, folder / name))
    manifest = make_manifest(copy)
    open_store(settings).put(copy, manifest)
    with database.write() as session:
        return register(session, manifest)

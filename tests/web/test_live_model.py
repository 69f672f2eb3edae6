"""A server follows the registry: the live model takes its place, and what cannot be loaded takes nobody's."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from assistant.db.engine import Database, DatabaseUnavailableError
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.engine import TurnFailedError, Understanding
from assistant.enquiries.models import Enquiry
from assistant.errors import AssistantError
from assistant.registry.errors import DamagedModelError, StoreError
from assistant.registry.promotions import get_model, promote
from assistant.settings import Settings
from assistant.staff.models import Staff
from assistant.web import live_model
from assistant.web.live_model import WARM_UP, LiveModel, follow_live_model
from tests.support.desk_asker import DeskAsker
from tests.support.fake_engine import FakeEngine
from tests.support.made_up_models import put_live, put_model

FIRST, SECOND, THIRD = "first.tar.gz", "second.tar.gz", "third.tar.gz"


class Opener:
    """Opens fakes, and notes which. What is set to an error is raised by opening, or by the first question."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.fault: Exception | None = None
        self.cold: Exception | None = None

    def open(self, settings: Settings, archive: Path) -> FakeEngine:
        self.opened.append(archive.name)
        if self.fault:
            raise self.fault
        return Cold(archive.name, cold=self.cold)


class Cold(FakeEngine):
    """Has still to answer its first question."""

    def __init__(self, model: str, cold: Exception | None) -> None:
        super().__init__(model)
        self._cold = cold

    async def understand(self, text: str) -> Understanding:
        if self._cold:
            raise self._cold
        return await super().understand(text)


@pytest.fixture
def opener() -> Opener:
    return Opener()


@pytest.fixture
def desk(app: FastAPI, database: Database, settings: Settings, engine: FakeEngine, tmp_path: Path) -> EnquiryDesk:
    """Answers with the first of three models, which is live."""
    put_live(database, settings, tmp_path, FIRST)
    for name in (SECOND, THIRD):
        put_model(database, settings, tmp_path, name)
    with database.write() as session:
        session.add(Staff(email="ada@example.org", name="Ada Admin", role="admin"))
    engine.model = FIRST
    desk: EnquiryDesk = app.state.desk
    return desk


@pytest.fixture
def follower(desk: EnquiryDesk, opener: Opener) -> LiveModel:
    return LiveModel(desk, opener.open)


def put(database: Database, name: str) -> None:
    with database.write() as session:
        ada = session.scalars(select(Staff)).one()
        promote(session, get_model(session, name), ada.id, "It is needed today.")


class TestFollowing:
    async def test_a_promotion_is_followed_and_so_is_the_way_back(
        self, desk: EnquiryDesk, follower: LiveModel, opener: Opener, database: Database
    ) -> None:
        for name in (SECOND, FIRST):
            put(database, name)
            assert await follower.look() and desk.engine.model == name
            assert isinstance(desk.engine, FakeEngine) and desk.engine.understood == [WARM_UP]
            assert not await follower.look()
        assert opener.opened == [SECOND, FIRST]

    async def test_the_model_that_answers_already_is_not_opened_again(
        self, desk: EnquiryDesk, follower: LiveModel, opener: Opener, engine: FakeEngine
    ) -> None:
        assert not await follower.look() and not await follower.look()
        assert desk.engine is engine and opener.opened == []

    async def test_of_several_promotions_the_newest_counts(
        self, desk: EnquiryDesk, follower: LiveModel, opener: Opener, database: Database
    ) -> None:
        put(database, SECOND)
        put(database, THIRD)
        assert await follower.look() and (desk.engine.model, opener.opened) == (THIRD, [THIRD])

    async def test_without_a_live_model_nothing_changes(self, app: FastAPI, engine: FakeEngine, opener: Opener) -> None:
        assert not await LiveModel(app.state.desk, opener.open).look()
        assert app.state.desk.engine is engine and opener.opened == []

    async def test_a_turn_is_answered_by_the_model_it_began_with(
        self, desk: EnquiryDesk, follower: LiveModel, engine: FakeEngine, database: Database
    ) -> None:
        asker = await DeskAsker.begins(desk)
        engine.gate = asyncio.Event()
        turn = asyncio.create_task(asker.says("what is the observatory?"))
        await engine.entered.wait()
        put(database, SECOND)
        assert await follower.look()
        engine.gate.set()
        assert (await turn)["outcome"] == "offer"
        await asker.says("and the next question?")
        with database.read() as session:
            assert session.scalars(select(Enquiry.model).order_by(Enquiry.received_at)).all() == [FIRST, SECOND]


class TestRefusing:
    @pytest.mark.parametrize("spoilt", [True, False], ids=["damaged", "missing"])
    async def test_an_archive_that_is_not_the_registered_one_is_refused_once(
        self,
        desk: EnquiryDesk,
        follower: LiveModel,
        opener: Opener,
        engine: FakeEngine,
        database: Database,
        settings: Settings,
        caplog: pytest.LogCaptureFixture,
        spoilt: bool,
    ) -> None:
        archive = settings.models_folder / SECOND
        archive.write_text("forged") if spoilt else archive.unlink()
        put(database, SECOND)
        assert not await follower.look() and not await follower.look()
        assert desk.engine is engine and opener.opened == []
        assert caplog.text.count(f"{FIRST} stays live here: The model {SECOND} is") == 1

    @pytest.mark.parametrize(
        ("fault", "says"),
        [
            (DamagedModelError("The model second.tar.gz cannot be read."), "cannot be read."),
            (ValueError("a member's words"), "ValueError"),
        ],
        ids=["foreign", "anything"],
    )
    async def test_one_that_cannot_be_opened_is_refused_once(
        self,
        desk: EnquiryDesk,
        follower: LiveModel,
        opener: Opener,
        engine: FakeEngine,
        database: Database,
        caplog: pytest.LogCaptureFixture,
        fault: Exception,
        says: str,
    ) -> None:
        opener.fault = fault
        put(database, SECOND)
        assert not await follower.look() and not await follower.look()
        assert desk.engine is engine and opener.opened == [SECOND]
        assert caplog.text.count("stays live here") == 1 and says in caplog.text and "words" not in caplog.text

    async def test_one_that_cannot_answer_is_refused(
        self, desk: EnquiryDesk, follower: LiveModel, opener: Opener, engine: FakeEngine, database: Database
    ) -> None:
        opener.cold = TurnFailedError("Rasa raised KeyError.")
        put(database, SECOND)
        assert not await follower.look() and desk.engine is engine

    async def test_the_next_promotion_is_followed_again(
        self, desk: EnquiryDesk, follower: LiveModel, opener: Opener, database: Database
    ) -> None:
        opener.fault = DamagedModelError("The model second.tar.gz cannot be read.")
        put(database, SECOND)
        assert not await follower.look()
        opener.fault = None
        put(database, THIRD)
        assert await follower.look() and desk.engine.model == THIRD


class TestOutages:
    async def test_a_store_that_does_not_answer_is_asked_again(
        self, desk: EnquiryDesk, follower: LiveModel, engine: FakeEngine, database: Database, settings: Settings
    ) -> None:
        away = settings.models_folder.rename(settings.models_folder.with_name("away"))
        settings.models_folder.write_text("in the way")
        put(database, SECOND)
        for _ in range(2):
            with pytest.raises(StoreError):
                await follower.look()
            assert desk.engine is engine
        settings.models_folder.unlink()
        away.rename(settings.models_folder)
        assert await follower.look() and desk.engine.model == SECOND

    async def test_a_database_that_does_not_answer_is_asked_again(
        self, desk: EnquiryDesk, follower: LiveModel, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(database, SECOND)
        with monkeypatch.context() as patch:
            patch.setattr(live_model, "find_live", fail_once([DatabaseUnavailableError("It is asleep.")]))
            with pytest.raises(DatabaseUnavailableError):
                await follower.look()
        assert await follower.look() and desk.engine.model == SECOND

    async def test_the_server_goes_on_looking(
        self, app: FastAPI, desk: EnquiryDesk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        faults: list[Exception] = [AssistantError("The store is away."), ValueError("a member's words")]
        looked = asyncio.Event()

        async def look(_: LiveModel) -> bool:
            if faults:
                raise faults.pop(0)
            looked.set()
            return False

        monkeypatch.setattr(LiveModel, "look", look)
        monkeypatch.setattr(live_model, "LOOK_SECONDS", 0.0)
        following = asyncio.create_task(follow_live_model(app))
        await looked.wait()
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
        assert "is not known: The store is away." in caplog.text and "is not known: ValueError" in caplog.text
        assert "words" not in caplog.text


def fail_once(faults: list[Exception]) -> object:
    def fail(*_: object) -> None:
        raise faults.pop()

    return fail

"""The desk with a database of its own, without its engine."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from assistant.catalogue.offers import list_offers
from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.encryption import open_cipher
from assistant.learning.evaluation.temporary_desk import DATABASE_VARIABLE, open_temporary_desk
from assistant.settings import Settings, load_settings
from tests.support.fake_desk import make_desk
from tests.support.fake_engine import FakeEngine

ROOT = Path(__file__).parents[3]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    url = f"sqlite:///{tmp_path / 'members.db'}"
    return Settings(data_folder=ROOT / "data", var_folder=tmp_path / "var", database_url=url)


@pytest.fixture(autouse=True)
def without_rasa(monkeypatch: pytest.MonkeyPatch) -> None:
    def open_desk(settings: Settings, database: Database, archive: Path) -> EnquiryDesk:
        return make_desk(database, FakeEngine(), open_cipher(settings), settings)

    module = "assistant.learning.evaluation.temporary_desk.open_desk"
    monkeypatch.setattr(module, cast(Callable[[Settings, Database, Path], EnquiryDesk], open_desk))


class TestTemporaryDesk:
    async def test_it_answers_without_a_trace_among_the_enquiries_of_members(
        self, settings: Settings, tmp_path: Path
    ) -> None:
        with open_temporary_desk(settings, Path("a-model.tar.gz")) as desk:
            await desk.open("test")
        assert list(tmp_path.iterdir()) == []

    def test_it_has_the_catalogue(self, settings: Settings) -> None:
        with open_temporary_desk(settings, Path("a-model.tar.gz")) as desk, desk.database.read() as session:
            assert len(list_offers(session)) == 19

    def test_it_has_no_limit_a_minute(self, settings: Settings) -> None:
        with open_temporary_desk(settings, Path("a-model.tar.gz")) as desk:
            assert desk.settings.messages_per_minute == 0

    @pytest.mark.parametrize("before", [None, "sqlite:///members.db"])
    def test_it_points_rasas_actions_to_its_database_while_it_is_open(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch, before: str | None
    ) -> None:
        if before is None:
            monkeypatch.delenv(DATABASE_VARIABLE, raising=False)
        else:
            monkeypatch.setenv(DATABASE_VARIABLE, before)
        with open_temporary_desk(settings, Path("a-model.tar.gz")) as desk:
            assert load_settings().database_url == desk.settings.database_url
        assert os.environ.get(DATABASE_VARIABLE) == before

"""The archive that a process begins with."""

from pathlib import Path

import pytest

from assistant.db.engine import Database
from assistant.registry.errors import DamagedModelError, NoModelError
from assistant.registry.live import open_live_archive
from assistant.registry.models import TrainedModel
from assistant.registry.promotions import promote
from assistant.settings import Settings
from tests.support.made_up_models import put_live, put_model


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(models_folder=tmp_path / "models", var_folder=tmp_path / "var")


def test_there_is_none(database: Database, settings: Settings) -> None:
    with pytest.raises(NoModelError):
        open_live_archive(settings, database)


def test_it_is_that_of_the_live_model(database: Database, settings: Settings, tmp_path: Path) -> None:
    put_live(database, settings, tmp_path, "first.tar.gz")
    put_model(database, settings, tmp_path, "second.tar.gz")
    assert open_live_archive(settings, database).read_text() == "first.tar.gz"


def test_of_a_damaged_one_it_is_that_of_the_model_that_was_live_before(
    database: Database, settings: Settings, ada: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put_live(database, settings, tmp_path, "first.tar.gz")
    second = put_model(database, settings, tmp_path, "second.tar.gz")
    with database.write() as session:
        promote(session, session.get_one(TrainedModel, second.id), ada, "A reason.")
    (settings.models_folder / "second.tar.gz").write_text("damaged")
    assert open_live_archive(settings, database).read_text() == "first.tar.gz"
    assert "second.tar.gz is not the archive" in caplog.text


def test_without_a_whole_one_it_says_which_is_damaged(database: Database, settings: Settings, tmp_path: Path) -> None:
    put_live(database, settings, tmp_path, "first.tar.gz")
    (settings.models_folder / "first.tar.gz").unlink()
    with pytest.raises(DamagedModelError, match=r"first.tar.gz"):
        open_live_archive(settings, database)

"""Judging from the command line, without a model."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assistant.cli.evaluate import evaluate
from assistant.cli.judging import NothingToJudgeError, WorseError
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.learning.judging import result as found
from assistant.registry.errors import ModelNotFoundError
from assistant.registry.models import TrainedModel
from assistant.registry.promotions import find_judgement
from assistant.settings import Settings
from tests.support.made_up_models import put_live, put_model
from tests.unit.learning.test_judging_result import WRONG, judge, make_material

ROOT = Path(__file__).parents[3]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    url = f"sqlite:///{tmp_path / 'assistant.db'}"
    folders = {"models_folder": tmp_path / "models", "var_folder": tmp_path / "var"}
    return Settings(data_folder=ROOT / "data", database_url=url, **folders)


@pytest.fixture
def models(settings: Settings, tmp_path: Path) -> tuple[TrainedModel, TrainedModel]:
    """The live one, and a newer one."""
    database = Database(settings.database_url)
    upgrade(database.engine)
    live = put_live(database, settings, tmp_path, "first.tar.gz")
    return live, put_model(database, settings, tmp_path, "second.tar.gz")


@pytest.fixture(autouse=True)
def worse(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many questions the candidate has wrong goes into this."""
    count: list[int] = []

    def fake(database: Database, settings: Settings, live: Path, candidate: Path, tell: Any) -> found.Result:
        tell("Asking", 0.5)
        wrong = {number: WRONG for number in range(sum(count))}
        names = {"live": live.name, "candidate": candidate.name}
        return judge(make_material(), {}, wrong).model_copy(update=names)

    monkeypatch.setattr("assistant.cli.evaluate.prepare_model", lambda settings, database: None)
    monkeypatch.setattr("assistant.learning.judging.judge.judge", fake)
    monkeypatch.setattr("assistant.learning.judging.keeping.judge", fake)
    return count


def run(settings: Settings, *arguments: str) -> Result:
    return CliRunner().invoke(evaluate, [*arguments], obj=settings)


def kept(settings: Settings, candidate: TrainedModel, against: TrainedModel) -> bool | None:
    with Database(settings.database_url).read() as session:
        judgement = find_judgement(session, candidate.id, against.id)
        return judgement.is_worse if judgement else None


def test_the_newest_is_judged_against_the_live_one_and_it_is_kept(
    settings: Settings, models: tuple[TrainedModel, TrainedModel]
) -> None:
    done = run(settings, "--against", "live")
    assert done.exit_code == 0, done.output
    assert "second.tar.gz against first.tar.gz" in done.stdout and "Not worse beyond noise" in done.stdout
    assert kept(settings, models[1], models[0]) is False


def test_one_that_is_worse_is_shown_and_ends_with_a_failure(
    settings: Settings, models: tuple[TrainedModel, TrainedModel], worse: list[int]
) -> None:
    worse.append(9)
    done = run(settings, "--against", "live")
    assert isinstance(done.exception, WorseError) and "9 got worse" in str(done.exception)
    assert "Gets worse: 9" in done.stdout and kept(settings, models[1], models[0]) is True


def test_it_prints_json_and_judges_against_any_other(
    settings: Settings, models: tuple[TrainedModel, TrainedModel]
) -> None:
    done = run(settings, "--against", "second", "--model", "first", "--json")
    data = json.loads(done.stdout)
    assert (data["candidate"], data["live"]) == ("first.tar.gz", "second.tar.gz")
    assert kept(settings, models[0], models[1]) is None


def test_it_says_when_there_is_no_such_model(settings: Settings, tmp_path: Path) -> None:
    database = Database(settings.database_url)
    upgrade(database.engine)
    put_live(database, settings, tmp_path, "first.tar.gz")
    assert isinstance(run(settings, "--against", "live").exception, NothingToJudgeError)
    assert isinstance(run(settings, "--against", "other").exception, ModelNotFoundError)
    assert run(settings, "--model", "first").exit_code == 2

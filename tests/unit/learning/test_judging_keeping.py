"""A judgement is kept for the gate, and a run trains first and judges then."""

from pathlib import Path

import pytest

from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.learning import running
from assistant.learning.judging.keeping import judge_against_live
from assistant.learning.judging.result import Result
from assistant.learning.telling import Tell
from assistant.registry.errors import DamagedModelError, NoModelError, ReasonNeededError
from assistant.registry.models import RunKind, TrainedModel
from assistant.registry.promotions import find_judgement, find_live, promote
from assistant.registry.runs import ask_for_run
from assistant.settings import Settings
from tests.support.made_up_models import put_live, put_model
from tests.unit.learning.test_judging_result import WRONG, judge, make_material


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    url = f"sqlite:///{tmp_path / 'assistant.db'}"
    return Settings(database_url=url, models_folder=tmp_path / "models", var_folder=tmp_path / "var")


@pytest.fixture
def database(settings: Settings) -> Database:
    database = Database(settings.database_url)
    upgrade(database.engine)
    return database


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Judging that finds as many questions worse as stand in this."""
    wrong: list[int] = []

    def found(database: Database, settings: Settings, live: Path, candidate: Path, tell: Tell) -> Result:
        tell("Asking", 0.5)
        return judge(make_material(), {}, {number: WRONG for number in wrong})

    monkeypatch.setattr("assistant.learning.judging.keeping.judge", found)
    return wrong


def tell_nobody(stage: str, done: float) -> None:
    """Nobody asked."""


class TestKeeping:
    def test_the_gate_opens_for_one_that_is_not_worse(
        self, database: Database, settings: Settings, tmp_path: Path
    ) -> None:
        live = put_live(database, settings, tmp_path, "first.tar.gz")
        model = put_model(database, settings, tmp_path, "second.tar.gz")
        judgement = judge_against_live(database, settings, model, tell_nobody)
        assert (judgement.candidate_id, judgement.against_id, judgement.is_worse) == (model.id, live.id, False)
        with database.write() as session:
            promote(session, session.get_one(TrainedModel, model.id), None)

    def test_the_gate_stays_shut_for_one_that_is(
        self, database: Database, settings: Settings, tmp_path: Path, fake: list[int]
    ) -> None:
        fake.extend(range(9))
        put_live(database, settings, tmp_path, "first.tar.gz")
        model = put_model(database, settings, tmp_path, "second.tar.gz")
        judgement = judge_against_live(database, settings, model, tell_nobody)
        assert judgement.is_worse and Result.model_validate(judgement.result).why
        with database.write() as session, pytest.raises(ReasonNeededError):
            promote(session, session.get_one(TrainedModel, model.id), None)

    def test_it_judges_nothing_damaged_and_nothing_without_a_live_model(
        self, database: Database, settings: Settings, tmp_path: Path
    ) -> None:
        model = put_model(database, settings, tmp_path, "second.tar.gz")
        with pytest.raises(NoModelError):
            judge_against_live(database, settings, model, tell_nobody)
        put_live(database, settings, tmp_path, "first.tar.gz")
        (settings.models_folder / model.name).write_text("damaged")
        with pytest.raises(DamagedModelError):
            judge_against_live(database, settings, model, tell_nobody)


class TestRuns:
    def test_a_named_model_is_judged_without_training(
        self, database: Database, settings: Settings, tmp_path: Path
    ) -> None:
        put_live(database, settings, tmp_path, "first.tar.gz")
        model = put_model(database, settings, tmp_path, "second.tar.gz")
        with database.write() as session:
            run = ask_for_run(session, RunKind.JUDGE, None, model_id=model.id)
        told: list[tuple[str, float]] = []
        assert running.carry_out(database, settings, run.id, lambda *each: told.append(each)).id == model.id
        assert told == [("Asking", 0.5)]
        assert is_judged(database, model)

    def test_what_was_trained_is_judged_after_that(
        self, database: Database, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put_live(database, settings, tmp_path, "first.tar.gz")

        def train(
            database: Database, settings: Settings, run_id: int, staff_id: int | None, tell: Tell
        ) -> TrainedModel:
            tell("Learning", 0.5)
            return put_model(database, settings, tmp_path, "second.tar.gz")

        monkeypatch.setattr(running, "_train", train)
        with database.write() as session:
            run = ask_for_run(session, RunKind.TRAIN, None)
        told: list[tuple[str, float]] = []
        model = running.carry_out(database, settings, run.id, lambda *each: told.append(each))
        assert told == [("Learning", pytest.approx(0.2)), ("Asking", pytest.approx(0.7))] and is_judged(database, model)


def is_judged(database: Database, model: TrainedModel) -> bool:
    with database.read() as session:
        live = find_live(session)
        return live is not None and find_judgement(session, model.id, live.model_id) is not None

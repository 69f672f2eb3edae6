"""`assistant train`: what it begins, what it says, and when it puts a model live. Nothing is trained."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli import train as command
from assistant.cli.train import CANCELLED, train
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.learning.errors import TrainingFailedError
from assistant.registry.errors import ReasonNeededError, RunInProgressError
from assistant.registry.models import Judgement, Run, RunKind, RunOutcome, TrainedModel
from assistant.registry.promotions import find_live, promote
from assistant.registry.runs import ask_for_run, claim_run, finish_run, get_run
from assistant.settings import Settings
from tests.support.made_up_models import put_live, put_model
from tests.unit.learning.test_judging_result import WRONG, judge, make_material


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    url = f"sqlite:///{tmp_path / 'assistant.db'}"
    return Settings(database_url=url, models_folder=tmp_path / "models", var_folder=tmp_path / "var")


@pytest.fixture
def database(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    database = Database(settings.database_url, durable=False)
    upgrade(database.engine)
    monkeypatch.setattr(command, "prepare_database", lambda settings: Database(settings.database_url))
    yield database
    database.close()


class Trainer:
    """Carries runs out in no time. `fault` is raised; of the new model's answers `wrong` are wrong."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.runs: list[int] = []
        self.fault: BaseException | None = None
        self.wrong = 0

    def carry_out(
        self, database: Database, settings: Settings, run_id: int, tell: Callable[[str, float], None]
    ) -> TrainedModel:
        self.runs.append(run_id)
        tell("Learning", 0.5)
        print("Rasa's own chatter.")
        if self.fault:
            raise self.fault
        model = put_model(database, settings, self._folder, "made.tar.gz")
        with database.write() as session:
            live = find_live(session)
            if live is None:
                promote(session, session.get_one(TrainedModel, model.id), None)
            else:
                result = judge(make_material(), {}, {number: WRONG for number in range(self.wrong)})
                found = {"seconds": 1.0, "is_worse": result.is_worse, "result": result.model_dump(mode="json")}
                session.add(Judgement(candidate_id=model.id, against_id=live.model_id, **found))
            finish_run(session, run_id, RunOutcome.DONE)
        return model


@pytest.fixture(autouse=True)
def trainer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trainer:
    trainer = Trainer(tmp_path)
    monkeypatch.setattr("assistant.learning.running.carry_out", trainer.carry_out)
    return trainer


def run(settings: Settings, *arguments: str) -> Result:
    return CliRunner().invoke(train, arguments, obj=settings)


def live(database: Database) -> str:
    with database.read() as session:
        promotion = find_live(session)
        assert promotion is not None
        return promotion.model.name


def ask(database: Database, kind: RunKind) -> int:
    with database.write() as session:
        return ask_for_run(session, kind, None).id


class TestVerdict:
    @pytest.mark.parametrize("arguments", [(), ("--promote",)])
    def test_the_first_model_is_live_and_there_is_nothing_to_say_of_it(
        self, settings: Settings, database: Database, arguments: tuple[str, ...]
    ) -> None:
        done = run(settings, *arguments)
        assert done.exit_code == 0, done.exception
        assert done.stderr.splitlines()[-1] == "Trained made.tar.gz in 2 seconds."
        assert live(database) == "made.tar.gz" and "chatter" not in done.output

    def test_a_later_one_is_compared_and_waits(self, settings: Settings, database: Database, tmp_path: Path) -> None:
        put_live(database, settings, tmp_path, "first.tar.gz")
        done = run(settings)
        assert done.exit_code == 0, done.exception
        assert "Not worse beyond noise" in done.stderr
        assert "assistant evaluate --against live --model made\n" in done.stderr
        assert "assistant models promote made\n" in done.stderr
        assert live(database) == "first.tar.gz"


class TestPromote:
    def test_one_that_is_not_worse_goes_live(self, settings: Settings, database: Database, tmp_path: Path) -> None:
        put_live(database, settings, tmp_path, "first.tar.gz")
        done = run(settings, "--promote")
        assert done.exit_code == 0 and "made.tar.gz is live." in done.stderr
        assert live(database) == "made.tar.gz"

    def test_one_that_is_worse_does_not(
        self, settings: Settings, database: Database, tmp_path: Path, trainer: Trainer
    ) -> None:
        trainer.wrong = 9
        put_live(database, settings, tmp_path, "first.tar.gz")
        done = run(settings, "--promote")
        assert isinstance(done.exception, ReasonNeededError) and "9 got worse" in done.stderr
        assert live(database) == "first.tar.gz"


class TestBeginning:
    def test_a_training_that_waits_is_begun(self, settings: Settings, database: Database, trainer: Trainer) -> None:
        waiting = ask(database, RunKind.TRAIN)
        assert run(settings).exit_code == 0 and trainer.runs == [waiting]
        with database.read() as session:
            assert get_run(session, waiting).started_at is not None

    @pytest.mark.parametrize("kind", list(RunKind))
    def test_what_is_under_way_is_left_alone(
        self, settings: Settings, database: Database, trainer: Trainer, kind: RunKind
    ) -> None:
        ask(database, kind)
        with database.write() as session:
            claim_run(session, now())
        assert isinstance(run(settings).exception, RunInProgressError) and trainer.runs == []

    def test_a_judging_that_waits_is_not_taken_for_a_training(
        self, settings: Settings, database: Database, trainer: Trainer
    ) -> None:
        waiting = ask(database, RunKind.JUDGE)
        assert isinstance(run(settings).exception, RunInProgressError) and trainer.runs == []
        with database.read() as session:
            assert session.get_one(Run, waiting).started_at is None


class TestFaults:
    def test_cancelling_says_that_nothing_changed(
        self, settings: Settings, database: Database, trainer: Trainer
    ) -> None:
        trainer.fault = KeyboardInterrupt()
        done = run(settings)
        assert done.exit_code == 1 and CANCELLED in done.stderr and "chatter" not in done.output

    def test_what_rasa_said_is_shown_when_it_fails(
        self, settings: Settings, database: Database, trainer: Trainer
    ) -> None:
        trainer.fault = TrainingFailedError("Rasa made no model and ended with code 1.")
        done = run(settings)
        assert done.exception is trainer.fault and "Rasa's own chatter." in done.stderr

"""A run from its claim to its end, with made-up training, checking and judging."""

import signal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.learning import running
from assistant.learning.errors import LiveOutdatedError
from assistant.learning.judging.keeping import DOUBTED
from assistant.learning.judging.result import Result
from assistant.learning.label_check import Contradicted, LabelFindings, Sentence
from assistant.learning.telling import Tell
from assistant.registry.errors import DamagedModelError
from assistant.registry.models import Promotion, Run, RunKind, RunOutcome, TrainedModel
from assistant.registry.promotions import OUTDATED, find_judgement, find_live, get_model, list_models, promote
from assistant.registry.runs import FAILED, ask_for_run, claim_run, get_run
from assistant.registry.store import open_store
from assistant.settings import NightlyTraining, Settings
from assistant.staff.models import Staff
from tests.support.made_up_models import put_live, put_model
from tests.unit.learning.test_judging_result import WRONG, judge, make_material

MADE = "20261128-090000-made.tar.gz"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "data" / "nlu"
    folder.mkdir(parents=True)
    (folder / "one.yml").write_text("nlu:\n- intent: offer/one\n  examples: |\n    - seminars\n")
    return Settings(
        database_url=f"sqlite:///{tmp_path / 'test.db'}",
        data_folder=folder.parent,
        models_folder=tmp_path / "models",
        var_folder=tmp_path / "var",
    )


class Workshop:
    """Does in no time what takes minutes. What is set to an error is raised there."""

    def __init__(self) -> None:
        self.fault: BaseException | None = None
        self.live_fault: LiveOutdatedError | None = None
        self.wrong = 0
        self.contradicted = 0
        self.meanwhile = lambda: None  # happens while it judges
        self.trained_in: Path | None = None

    def train(self, data_folder: Path, output_folder: Path, tell: Tell) -> Path:
        tell("Learning", 0.5)
        self.trained_in = output_folder
        if self.fault:
            raise self.fault
        archive = output_folder / MADE
        archive.write_text("made")
        return archive

    def check(self, encoder: object, sentences: list[Sentence]) -> LabelFindings:
        found = tuple(Contradicted(each, "offer/two", 0.9) for each in sentences * self.contradicted)
        return LabelFindings(100, 0, found, (), (), 0)

    def judge(self, database: Database, settings: Settings, live: Path, candidate: Path, tell: Tell) -> Result:
        tell("Asking", 0.5)
        if self.live_fault:
            raise self.live_fault
        self.meanwhile()
        return judge(make_material(), {}, {number: WRONG for number in range(self.wrong)})


@pytest.fixture(autouse=True)
def workshop(monkeypatch: pytest.MonkeyPatch) -> Workshop:
    workshop = Workshop()
    encoder: Any = lambda graph: None  # noqa: E731
    encoder.cache_clear = lambda: None
    monkeypatch.setattr(running, "training_encoder", encoder)
    monkeypatch.setattr(running, "train_model", workshop.train)
    monkeypatch.setattr(running, "check_labels", workshop.check)
    monkeypatch.setattr("assistant.learning.judging.keeping.judge", workshop.judge)
    return workshop


def begin(database: Database, *, is_nightly: bool = False) -> int:
    with database.write() as session:
        run = ask_for_run(session, RunKind.TRAIN, None, is_nightly=is_nightly)
        claim_run(session, now())
        return run.id


def carry_out(database: Database, settings: Settings, run_id: int) -> TrainedModel:
    return running.carry_out(database, settings, run_id, lambda stage, done: None)


def read(database: Database, run_id: int) -> Run:
    with database.read() as session:
        return get_run(session, run_id)


def live(database: Database) -> Promotion:
    with database.read() as session:
        promotion = find_live(session)
        assert promotion is not None
        return promotion


class TestTraining:
    def test_archive_and_manifest_are_kept_and_the_first_model_goes_live(
        self, database: Database, settings: Settings
    ) -> None:
        run_id = begin(database)
        model = carry_out(database, settings, run_id)
        run, manifest = read(database, run_id), open_store(settings).manifests()[0]
        assert (run.outcome, run.error, run.model_id, live(database).model_id) == ("done", None, model.id, model.id)
        assert open_store(settings).fetch(MADE, model.sha256).read_text() == "made"
        kept = {name: getattr(model, name) for name in type(manifest).model_fields}
        assert manifest.model_dump() == kept and model.size == 4 and model.parameters["sentences"] == 1

    def test_a_later_one_is_judged_and_waits_for_somebody(
        self, database: Database, settings: Settings, tmp_path: Path
    ) -> None:
        first = put_live(database, settings, tmp_path, "first.tar.gz")
        model = carry_out(database, settings, begin(database))
        assert live(database).model_id == first.id
        with database.read() as session:
            assert find_judgement(session, model.id, first.id) is not None

    def test_it_goes_live_where_the_live_one_is_of_another_release(
        self, database: Database, settings: Settings, workshop: Workshop, tmp_path: Path
    ) -> None:
        put_live(database, settings, tmp_path, "outdated.tar.gz")
        workshop.live_fault = LiveOutdatedError()
        model = carry_out(database, settings, begin(database))
        assert (live(database).model_id, live(database).reason) == (model.id, OUTDATED)

    def test_a_damaged_live_one_opens_no_way_past_the_gate(
        self, database: Database, settings: Settings, tmp_path: Path
    ) -> None:
        gone = put_live(database, settings, tmp_path, "gone.tar.gz")
        (settings.models_folder / "gone.tar.gz").unlink()
        run_id = begin(database)
        with pytest.raises(DamagedModelError):
            carry_out(database, settings, run_id)
        assert (live(database).model_id, read(database, run_id).outcome) == (gone.id, "failed")

    def test_what_is_only_judged_never_goes_live_by_itself(
        self, database: Database, settings: Settings, workshop: Workshop, tmp_path: Path
    ) -> None:
        outdated = put_live(database, settings, tmp_path, "outdated.tar.gz")
        other = put_model(database, settings, tmp_path, "other.tar.gz")
        workshop.live_fault = LiveOutdatedError()
        with database.write() as session:
            run_id = ask_for_run(session, RunKind.JUDGE, None, model_id=other.id).id
        with pytest.raises(LiveOutdatedError):
            carry_out(database, settings, run_id)
        assert live(database).model_id == outdated.id

    def test_it_leaves_nothing_behind(self, database: Database, settings: Settings, workshop: Workshop) -> None:
        carry_out(database, settings, begin(database))
        assert workshop.trained_in is not None and workshop.trained_in.parent == settings.var_folder
        assert list(settings.var_folder.glob("training-*")) == []


class TestEnds:
    @pytest.mark.parametrize("fault", [ValueError("a member's words"), SystemExit(1)], ids=["error", "exit"])
    def test_what_goes_wrong_is_noted_and_raised(
        self, database: Database, settings: Settings, workshop: Workshop, fault: BaseException
    ) -> None:
        workshop.fault = fault
        run_id = begin(database)
        with pytest.raises(type(fault)):
            carry_out(database, settings, run_id)
        run = read(database, run_id)
        assert (run.outcome, run.error, run.model_id) == (RunOutcome.FAILED, FAILED, None)
        assert list(settings.var_folder.glob("training-*")) == []
        with database.read() as session:
            assert list(list_models(session)) == [] and open_store(settings).manifests() == []
        assert begin(database) != run_id

    def test_cancelling_is_noted(self, database: Database, settings: Settings, workshop: Workshop) -> None:
        workshop.fault = KeyboardInterrupt()
        run_id = begin(database)
        with pytest.raises(KeyboardInterrupt):
            carry_out(database, settings, run_id)
        run = read(database, run_id)
        assert (run.outcome, run.error) == (RunOutcome.CANCELLED, None)

    def test_cancelling_at_the_very_end_is_noted(
        self, database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Late(running.Pulse):
            def __exit__(self, *error: Any) -> None:
                super().__exit__(*error)
                signal.raise_signal(signal.SIGINT)

        monkeypatch.setattr(running, "Pulse", Late)
        run_id = begin(database)
        with pytest.raises(KeyboardInterrupt):
            carry_out(database, settings, run_id)
        assert read(database, run_id).outcome == RunOutcome.CANCELLED


class TestLabels:
    def test_what_was_found_is_kept_and_a_few_stop_nothing(
        self, database: Database, settings: Settings, tmp_path: Path, workshop: Workshop
    ) -> None:
        workshop.contradicted = 3
        first = put_live(database, settings, tmp_path, "first.tar.gz")
        run_id = begin(database)
        model = carry_out(database, settings, run_id)
        findings = read(database, run_id).findings
        assert findings is not None and not findings["is_suspicious"]
        assert findings["contradicted"][0]["sentence"] == {"text": "seminars", "label": "offer/one", "example_id": None}
        with database.read() as session:
            judgement = find_judgement(session, model.id, first.id)
        assert judgement is not None and not judgement.is_worse

    def test_many_stop_the_model_although_it_answers_well(
        self, database: Database, settings: Settings, tmp_path: Path, workshop: Workshop
    ) -> None:
        workshop.contradicted = 60
        first = put_live(database, settings, tmp_path, "first.tar.gz")
        run_id = begin(database, is_nightly=True)
        model = carry_out(database, nightly(settings, NightlyTraining.PROMOTE), run_id)
        findings = read(database, run_id).findings
        assert findings is not None and findings["is_suspicious"]
        assert (len(findings["contradicted"]), findings["contradicted_count"]) == (running.MOST_KEPT, 60)
        with database.read() as session:
            judgement = find_judgement(session, model.id, first.id)
        assert judgement is not None and judgement.is_worse and judgement.result["why"] == [DOUBTED]
        assert live(database).model_id == first.id


class TestNights:
    @pytest.mark.parametrize(
        ("setting", "is_nightly", "wrong", "goes_live"),
        [
            (NightlyTraining.PROMOTE, True, 0, True),
            (NightlyTraining.PROMOTE, True, 9, False),
            (NightlyTraining.PROMOTE, False, 0, False),
            (NightlyTraining.PROPOSE, True, 0, False),
        ],
    )
    def test_a_model_goes_live_by_itself_only_at_night_by_setting_and_when_not_worse(
        self,
        database: Database,
        settings: Settings,
        tmp_path: Path,
        workshop: Workshop,
        setting: NightlyTraining,
        is_nightly: bool,
        wrong: int,
        goes_live: bool,
    ) -> None:
        workshop.wrong = wrong
        put_live(database, settings, tmp_path, "first.tar.gz")
        run_id = begin(database, is_nightly=is_nightly)
        model = carry_out(database, nightly(settings, setting), run_id)
        assert (live(database).model_id == model.id) is goes_live
        assert live(database).staff_id is None and read(database, run_id).outcome == RunOutcome.DONE

    def test_where_another_went_live_meanwhile_staff_decide(
        self, database: Database, settings: Settings, tmp_path: Path, workshop: Workshop
    ) -> None:
        put_live(database, settings, tmp_path, "first.tar.gz")
        put_model(database, settings, tmp_path, "second.tar.gz")

        def put_second_live() -> None:
            with database.write() as session:
                session.add(ada := Staff(email="ada@example.org", name="Ada Admin", role="admin"))
                session.flush()
                promote(session, get_model(session, "second"), ada.id, "It is needed today.")

        workshop.meanwhile = put_second_live
        run_id = begin(database, is_nightly=True)
        carry_out(database, nightly(settings, NightlyTraining.PROMOTE), run_id)
        assert read(database, run_id).outcome == RunOutcome.DONE
        assert live(database).model.name == "second.tar.gz"


def nightly(settings: Settings, setting: NightlyTraining) -> Settings:
    return settings.model_copy(update={"nightly_training": setting})


def test_a_process_that_takes_too_long_is_told_to_end_and_notes_a_failure(
    database: Database, settings: Settings, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = begin(database)
    before = signal.getsignal(signal.SIGTERM)

    def train(*_: object) -> Path:
        signal.raise_signal(signal.SIGTERM)
        raise AssertionError("It went on.")

    monkeypatch.setattr(running, "train_model", train)
    monkeypatch.setattr(running, "load_settings", lambda: settings)
    monkeypatch.setattr(running, "os", SimpleNamespace(nice=lambda by: None))
    monkeypatch.setattr("sys.argv", ["running", str(run_id)])
    try:
        with pytest.raises(SystemExit):
            running.main()
    finally:
        signal.signal(signal.SIGTERM, before)
    assert read(database, run_id).outcome == RunOutcome.FAILED

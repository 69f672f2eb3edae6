"""What the pages of models read, on both kinds of database."""

from datetime import timedelta
from pathlib import Path

import pytest

from assistant.catalogue.examples import count_unlearnt
from assistant.catalogue.models import Example
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.registry.models import Promotion, RunKind, RunOutcome, TrainedModel
from assistant.registry.overview import State, count_pages, list_periods, list_runs, list_standings, number_models
from assistant.registry.promotions import promote
from assistant.registry.runs import ask_for_run, finish_run
from assistant.settings import Settings
from tests.support.made_up_judgements import add_judgement
from tests.support.made_up_models import put_live, put_model


@pytest.fixture
def models(database: Database, tmp_path: Path) -> dict[str, TrainedModel]:
    """Four of them: heron is live, and otter was before it."""
    upgrade(database.engine)
    settings = Settings(models_folder=tmp_path / "models")
    otter = put_live(database, settings, tmp_path, "otter.tar.gz")
    others = {name: put_model(database, settings, tmp_path, f"{name}.tar.gz") for name in ("heron", "wren", "finch")}
    with database.write() as session:
        session.get_one(Promotion, 1).at = now() - timedelta(days=3)
    add_judgement(database, others["heron"], otter)
    with database.write() as session:
        promote(session, session.get_one(TrainedModel, others["heron"].id), None)
    return {"otter": otter, **others}


def test_each_model_has_a_state(database: Database, models: dict[str, TrainedModel]) -> None:
    add_judgement(database, models["wren"], models["heron"])
    add_judgement(database, models["wren"], models["otter"], is_worse=True)  # the live one counts, not the newest
    with database.read() as session:
        standings = {standing.model.name: standing for standing in list_standings(session)}
    assert list(standings) == ["finch.tar.gz", "wren.tar.gz", "heron.tar.gz", "otter.tar.gz"]
    states = [standing.state for standing in standings.values()]
    assert states == [State.NOT_JUDGED, State.CANDIDATE, State.LIVE, State.WAS_LIVE]
    assert standings["finch.tar.gz"].is_gated and not standings["wren.tar.gz"].is_gated
    assert standings["heron.tar.gz"].judgement is not None  # as it was judged before it went live


def test_a_period_ends_where_the_next_begins(database: Database, models: dict[str, TrainedModel]) -> None:
    with database.read() as session:
        latest, first = list_periods(session)
        assert latest.until is None and first.until == latest.promotion.at
        assert [each.until for each in list_periods(session, models["otter"].id)] == [first.until]
        assert list_periods(session, page=2, limit=1)[0].promotion.id == first.promotion.id
        assert count_pages(session, Promotion) == 1


def test_runs_that_ended_are_listed(database: Database, models: dict[str, TrainedModel]) -> None:
    with database.write() as session:
        finish_run(session, ask_for_run(session, RunKind.TRAIN, None).id, RunOutcome.CANCELLED)
    with database.write() as session:
        ask_for_run(session, RunKind.TRAIN, None)
    with database.read() as session:
        assert [run.outcome for run in list_runs(session)] == [RunOutcome.CANCELLED]


def test_examples_that_the_live_model_did_not_learn_are_counted(
    database: Database, models: dict[str, TrainedModel]
) -> None:
    trained_at = models["heron"].trained_at
    with database.write() as session:
        for minutes, state in ((-1, "approved"), (1, "approved"), (1, "withdrawn")):
            moment = trained_at + timedelta(minutes=minutes)
            session.add(Example(text=f"{minutes} {state}", label="offer/lfhii", state=state, approved_at=moment))
    with database.read() as session:
        assert count_unlearnt(session) == 1
        assert number_models(session, ["heron.tar.gz", "gone.tar.gz"]) == {"heron.tar.gz": models["heron"].id}

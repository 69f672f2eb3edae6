"""The queue judged by the live model."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from assistant.db.engine import Database
from assistant.enquiries.engine import TurnFailedError, Understanding
from assistant.enquiries.models import Group, Reason
from assistant.review.models import Decision
from assistant.review.rereading import Rereader
from tests.support.fake_engine import FakeEngine
from tests.support.held import change
from tests.support.queued import ask, sort

PARKING = "where can I park my car"
KNOWN = Understanding("list_offers", 0.9, "list_offers", True)


@pytest.fixture
def engine() -> FakeEngine:
    """Knows where to park."""
    return FakeEngine(intents={PARKING: KNOWN})


def reread(database: Database, engine: FakeEngine) -> Group:
    """The only group, after a round."""
    sort(database)
    asyncio.run(Rereader(database, lambda: engine).go_round())
    with database.read() as session:
        return session.scalars(select(Group)).one()


def test_it_suggests_what_the_model_makes_of_it(database: Database, engine: FakeEngine) -> None:
    ask(database, "anything")
    engine.intents["anything"] = Understanding("ask_which", 0.4, "offer/lfhii")
    group = reread(database, engine)
    assert (group.label, group.confidence, group.judged_by, group.state) == ("offer/lfhii", 0.4, "fake-model", "open")


def test_what_the_model_now_knows_closes_with_a_note(database: Database, engine: FakeEngine) -> None:
    ask(database, PARKING)
    group = reread(database, engine)
    assert (group.state, group.closed_as, group.version) == ("closed", "known", 1)
    with database.read() as session:
        decision = session.scalars(select(Decision)).one()
    assert (decision.kind, decision.staff_id, decision.label) == ("known", None, "list_offers")
    assert decision.note == "Now answered with “The list of all offers”."


@pytest.mark.parametrize(
    "asked",
    [
        {"state": "open"},
        {"reason": Reason.NOT_USEFUL},
        {"model": "fake-model"},
    ],
    ids=["somebody waits", "it was not useful", "it was put to this model"],
)
def test_it_stays_where_somebody_is_needed(database: Database, engine: FakeEngine, asked: dict[str, Any]) -> None:
    ask(database, PARKING, **asked)
    group = reread(database, engine)
    assert (group.state, group.label) == ("open", "list_offers")


@pytest.mark.parametrize(
    "understood",
    [Understanding("offer", 0.64, "offer/lfhii", True), Understanding("ask_which", 0.9, "offer/lfhii")],
    ids=["unsure", "asks back"],
)
def test_it_stays_where_the_model_is_no_help(database: Database, engine: FakeEngine, understood: Understanding) -> None:
    ask(database, PARKING)
    engine.intents[PARKING] = understood
    assert reread(database, engine).state == "open"


def test_it_judges_once_a_model(database: Database, engine: FakeEngine) -> None:
    ask(database, "anything")
    for _ in range(2):
        reread(database, engine)
    assert engine.understood == ["anything"]
    engine.model = "newer-model"
    assert reread(database, engine).judged_by == "newer-model"


def test_what_waits_is_judged_and_what_is_closed_is_not(database: Database, engine: FakeEngine) -> None:
    ask(database, PARKING)
    sort(database)
    change(database, Group, 1, state="waiting")
    assert reread(database, engine).state == "waiting"
    change(database, Group, 1, state="closed", judged_by=None)
    assert reread(database, engine).judged_by is None


def test_a_text_on_which_the_model_fails_has_no_suggestion(database: Database) -> None:
    class Failing(FakeEngine):
        async def understand(self, text: str) -> Understanding:
            raise TurnFailedError("Rasa raised ValueError.")

    ask(database, PARKING)
    group = reread(database, Failing())
    assert (group.label, group.judged_by, group.state) == (None, "fake-model", "open")


def test_what_was_met_with_care_is_not_judged(database: Database, engine: FakeEngine) -> None:
    ask(database, None, Reason.NOT_USEFUL, outcome="crisis")
    assert reread(database, engine).judged_by is None

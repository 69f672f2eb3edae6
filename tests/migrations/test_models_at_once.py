"""Several people, or processes, at once with models and runs, on both kinds of database: one is first."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.registry.archives import Copies
from assistant.registry.errors import PromotionRefusedError, RunInProgressError
from assistant.registry.models import Promotion, Run, RunKind, RunOutcome, TrainedModel
from assistant.registry.promotions import fetch_live, find_live, promote, register
from assistant.registry.runs import ask_for_run, cancel_run, claim_run, get_run
from assistant.registry.store import FolderStore
from assistant.staff.audit import find_break
from assistant.staff.models import Staff
from tests.support.stores import make_manifest, put

AT_ONCE = 4
REFUSALS = (PromotionRefusedError, RunInProgressError)


@pytest.fixture(autouse=True)
def _staff(database: Database) -> None:
    upgrade(database.engine)
    with database.write() as session:
        session.add_all(Staff(email=f"{each}@example.org", name=f"R{each}", role="admin") for each in range(AT_ONCE))


def at_once(act: Callable[[int], object]) -> list[object]:
    """What became of the same act of each of 1 to AT_ONCE, all begun at the same moment."""
    start = threading.Barrier(AT_ONCE, timeout=10)

    def one(number: int) -> object:
        start.wait()
        try:
            return act(number)
        except REFUSALS as refusal:
            return refusal

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(1, AT_ONCE + 1)))


def count(database: Database, table: type) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_of_several_promotions_one_is_made_and_the_others_are_refused(database: Database) -> None:
    with database.write() as session:
        models = [register(session, make_manifest(b"", f"{each}.tar.gz")).id for each in range(AT_ONCE + 1)]
        seen = promote(session, session.get_one(TrainedModel, models[0]), None).id

    def put_live(number: int) -> int:
        with database.write() as session:
            model = session.get_one(TrainedModel, models[number])
            return promote(session, model, number, "A reason.", seen=seen).model_id

    outcomes = at_once(put_live)
    [made] = [each for each in outcomes if not isinstance(each, PromotionRefusedError)]
    with database.read() as session:
        live = find_live(session)
        assert live is not None and live.model_id == made and find_break(session) is None
    assert count(database, Promotion) == 2


def test_replicas_that_start_together_begin_with_the_same_model(database: Database, tmp_path: Path) -> None:
    put(FolderStore(tmp_path / "models", Copies(tmp_path / "0")), tmp_path, b"model")

    def start(number: int) -> bytes:
        store = FolderStore(tmp_path / "models", Copies(tmp_path / str(number)))
        with database.write() as session:
            return fetch_live(session, store).read_bytes()

    assert at_once(start) == [b"model"] * AT_ONCE
    assert (count(database, TrainedModel), count(database, Promotion)) == (1, 1)


def test_of_several_asks_for_a_run_one_is_granted(database: Database) -> None:
    def ask(number: int) -> int:
        with database.write() as session:
            return ask_for_run(session, RunKind.TRAIN, number).id

    outcomes = at_once(ask)
    assert sum(isinstance(each, RunInProgressError) for each in outcomes) == AT_ONCE - 1
    assert count(database, Run) == 1


def test_a_run_is_claimed_by_one_process(database: Database) -> None:
    with database.write() as session:
        run_id = ask_for_run(session, RunKind.TRAIN, None).id

    def claim(_: int) -> int | None:
        with database.write() as session:
            run = claim_run(session, now())
            return run.id if run else None

    assert sorted(at_once(claim), key=str) == [run_id, *[None] * (AT_ONCE - 1)]


def test_a_run_is_claimed_or_cancelled_and_never_ends_while_it_is_worked_on(database: Database) -> None:
    with database.write() as session:
        run_id = ask_for_run(session, RunKind.TRAIN, None).id

    def act(number: int) -> bool:
        with database.write() as session:
            if number % 2:
                return claim_run(session, now()) is not None
            cancel_run(session, run_id, number)
            return False

    is_claimed = any(at_once(act))
    with database.read() as session:
        run = get_run(session, run_id)
        assert run.cancel_at is not None
        assert run.outcome == (None if is_claimed else RunOutcome.CANCELLED)

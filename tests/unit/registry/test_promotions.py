from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from assistant.db.engine import Database
from assistant.registry.archives import Copies
from assistant.registry.errors import (
    DamagedModelError,
    ModelNotFoundError,
    NoModelError,
    PromotionRefusedError,
    ReasonNeededError,
)
from assistant.registry.models import Judgement, PromotionKind, TrainedModel
from assistant.registry.promotions import (
    fetch_live,
    find_live,
    get_model,
    list_models,
    list_promotions,
    promote,
    register,
)
from assistant.registry.store import FolderStore
from assistant.staff.audit import find_break
from tests.support.stores import Folder, make_manifest, put

REASON = "Members wait for the new programme."


@pytest.fixture
def place(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "models")


@pytest.fixture
def store(place: Folder, tmp_path: Path) -> FolderStore:
    return FolderStore(place.folder, Copies(tmp_path / "copies"))


def add_model(session: Session, name: str) -> TrainedModel:
    return register(session, make_manifest(name.encode(), f"{name}.tar.gz"))


def judge(session: Session, candidate: TrainedModel, against: TrainedModel, *, is_worse: bool) -> None:
    session.add(Judgement(candidate_id=candidate.id, against_id=against.id, seconds=1.0, is_worse=is_worse, result={}))
    session.flush()


class TestPromoting:
    def test_the_first_needs_nothing(self, database: Database) -> None:
        with database.write() as session:
            promotion = promote(session, add_model(session, "first"), None)
            assert (promotion.kind, promotion.follows) == (PromotionKind.FIRST, 0)
            assert find_live(session) is promotion and find_break(session) is None

    def test_one_that_is_not_worse_needs_no_reason(self, database: Database) -> None:
        with database.write() as session:
            first, better = add_model(session, "first"), add_model(session, "better")
            begun = promote(session, first, None)
            judge(session, better, first, is_worse=False)
            promotion = promote(session, better, None)
            assert (promotion.kind, promotion.follows) == (PromotionKind.PROMOTED, begun.id)
            assert [each.model.name for each in list_promotions(session)] == ["better.tar.gz", "first.tar.gz"]

    @pytest.mark.parametrize("is_worse", [True, None], ids=["worse", "not judged"])
    def test_another_needs_a_reason_and_somebodys_name(
        self, database: Database, ada: int, is_worse: bool | None
    ) -> None:
        with database.write() as session:
            first, other = add_model(session, "first"), add_model(session, "other")
            promote(session, first, None)
            if is_worse is not None:
                judge(session, other, first, is_worse=is_worse)
            for staff_id, reason in ((None, ""), (None, REASON), (ada, ""), (ada, " \n\t")):
                with pytest.raises(ReasonNeededError, match="other"):
                    promote(session, other, staff_id, reason)
            promotion = promote(session, other, ada, f" {REASON} ")
            assert (promotion.staff_id, promotion.reason, promotion.kind) == (ada, REASON, PromotionKind.PROMOTED)

    def test_the_newest_judgement_against_the_live_model_counts(self, database: Database) -> None:
        with database.write() as session:
            first, second, third = (add_model(session, each) for each in ("first", "second", "third"))
            promote(session, first, None)
            judge(session, third, second, is_worse=False)
            judge(session, second, first, is_worse=False)
            judge(session, first, third, is_worse=False)
            with pytest.raises(ReasonNeededError, match="not judged"):
                promote(session, third, None)
            judge(session, second, first, is_worse=True)
            with pytest.raises(ReasonNeededError, match="worse"):
                promote(session, second, None)

    def test_one_that_was_live_comes_back_without_judging(self, database: Database, ada: int) -> None:
        with database.write() as session:
            first, second = add_model(session, "first"), add_model(session, "second")
            promote(session, first, None)
            promote(session, second, ada, REASON)
            judge(session, first, second, is_worse=True)
            promotion = promote(session, first, None)
            live = find_live(session)
            assert promotion.kind == PromotionKind.ROLLED_BACK and live is not None and live.model is first

    def test_the_live_one_does_not_go_live_again(self, database: Database, ada: int) -> None:
        with database.write() as session:
            first = add_model(session, "first")
            promote(session, first, None)
            with pytest.raises(PromotionRefusedError, match="live already"):
                promote(session, first, ada, REASON)
            assert len(list_promotions(session)) == 1

    def test_who_looked_at_another_live_model_is_refused(self, database: Database, ada: int) -> None:
        with database.write() as session:
            first, second, third = (add_model(session, each) for each in ("first", "second", "third"))
            seen = promote(session, first, None).id
            now_live = promote(session, second, ada, REASON, seen=seen).id
            with pytest.raises(PromotionRefusedError, match="meanwhile"):
                promote(session, third, ada, REASON, seen=seen)
            promote(session, third, ada, REASON, seen=now_live)

    def test_a_model_is_found_by_its_name(self, database: Database) -> None:
        with database.write() as session:
            first, second = add_model(session, "first"), add_model(session, "second")
            assert get_model(session, "first.tar.gz") is first
            assert list(list_models(session)) == [second, first]
            with pytest.raises(ModelNotFoundError, match=r"no model third.tar.gz"):
                get_model(session, "third.tar.gz")


class TestFetchingTheLiveModel:
    def test_there_is_none(self, database: Database, store: FolderStore) -> None:
        with pytest.raises(NoModelError), database.write() as session:
            fetch_live(session, store)

    def test_an_archive_without_a_manifest_is_never_loaded(
        self, database: Database, store: FolderStore, place: Folder
    ) -> None:
        place.write("foreign.tar.gz", b"foreign")
        with pytest.raises(NoModelError), database.write() as session:
            fetch_live(session, store)

    def test_an_empty_registry_begins_with_the_newest_whole_archive(
        self, database: Database, store: FolderStore, place: Folder, workshop: Path
    ) -> None:
        day = datetime(2026, 11, 28, tzinfo=UTC)
        for number in (1, 2, 3):
            put(store, workshop, b"%d" % number, f"{number}.tar.gz", trained_at=day + timedelta(days=number))
        place.write("3.tar.gz", b"damaged")
        with database.write() as session:
            assert fetch_live(session, store).read_bytes() == b"2"
        with database.read() as session:
            live = find_live(session)
            assert live is not None and (live.kind, live.model.name) == (PromotionKind.FIRST, "2.tar.gz")
            assert [each.name for each in list_models(session)] == ["2.tar.gz"]

    def test_one_that_is_registered_and_never_was_live_counts_as_registered(
        self, database: Database, store: FolderStore, place: Folder, workshop: Path
    ) -> None:
        with database.write() as session:
            model = register(session, put(store, workshop, b"registered"))
            assert fetch_live(session, store).read_bytes() == b"registered"
            assert [each.id for each in list_models(session)] == [model.id]

    def test_a_manifest_changes_nothing_about_what_was_registered(
        self, database: Database, store: FolderStore, workshop: Path
    ) -> None:
        with database.write() as session:
            register(session, put(store, workshop, b"registered"))
        put(store, workshop, b"forged")
        with pytest.raises(NoModelError), database.write() as session:
            fetch_live(session, store)

    def test_a_newer_archive_does_not_replace_the_live_one(
        self, database: Database, store: FolderStore, workshop: Path
    ) -> None:
        with database.write() as session:
            promote(session, register(session, put(store, workshop, b"live", "live.tar.gz")), None)
            put(store, workshop, b"newer", "newer.tar.gz", trained_at=datetime(2027, 1, 1, tzinfo=UTC))
            assert fetch_live(session, store).read_bytes() == b"live"
            assert len(list_models(session)) == 1

    def test_a_damaged_live_one_is_refused_and_no_other_takes_its_place(
        self, database: Database, store: FolderStore, place: Folder, workshop: Path
    ) -> None:
        with database.write() as session:
            promote(session, register(session, put(store, workshop, b"live", "live.tar.gz")), None)
        put(store, workshop, b"other", "other.tar.gz")
        place.write("live.tar.gz", b"damaged")
        with pytest.raises(DamagedModelError, match=r"live.tar.gz"), database.write() as session:
            fetch_live(session, store)

    def test_a_forged_row_leads_nowhere(self, database: Database, store: FolderStore) -> None:
        with database.write() as session:
            model = add_model(session, "live")
            promote(session, model, None)
            model.name = "../../etc/passwd"
        with pytest.raises(DamagedModelError, match="not the name"), database.write() as session:
            fetch_live(session, store)

"""Two editors at once, and the health of offers, on both kinds of database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select, text

from assistant.catalogue.editing import CatalogueEditor, Vouching
from assistant.catalogue.errors import EditedMeanwhileError
from assistant.catalogue.kinds import Kind, Place
from assistant.catalogue.loader import load_catalogue
from assistant.catalogue.models import Offer, Revision
from assistant.catalogue.revisions import find_content, read_history
from assistant.db.engine import Database
from assistant.db.migrate import downgrade, upgrade
from assistant.enquiries.conversations import mark_useful
from assistant.enquiries.models import Conversation, Enquiry, EnquiryOffer, Group, GroupState
from assistant.enquiries.references import new_reference
from assistant.enquiries.shown_offers import note_offers
from assistant.review.health import Health, may_show, read_health
from assistant.review.models import Decision, DecisionKind
from tests.support.held import count
from tests.support.staff import add_colleague

FILES = Path(__file__).parents[2] / "data" / "catalogue"
TODAY = date(2026, 11, 28)
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
PLACE = Place(Kind.OFFERS, "lfhii")
VOUCHING = Vouching("Easier to read.", is_checked=True)
EDITORS = 4


@pytest.fixture
def loaded(database: Database) -> Database:
    """Every table, and the real catalogue."""
    upgrade(database.engine)
    with database.write() as session:
        load_catalogue(session, FILES)
    return database


class TestTwoEditors:
    def test_only_one_of_those_who_begin_at_once_begins(self, loaded: Database) -> None:
        assert at_once(loaded, lambda editor, basis: editor.save(PLACE, self.content(loaded), basis)) == 1
        with loaded.read() as session:
            states = [row.state for row in session.scalars(select(Revision).order_by(Revision.id))]
        assert states == ["published", "draft"]

    def test_only_one_of_those_who_publish_at_once_publishes(self, loaded: Database) -> None:
        begin(loaded, self.content(loaded))
        assert at_once(loaded, lambda editor, basis: editor.publish(PLACE, basis, VOUCHING)) == 1

    def test_saving_and_publishing_do_not_cross(self, loaded: Database) -> None:
        begin(loaded, self.content(loaded))
        edits = iter(
            [
                lambda editor, basis: editor.save(PLACE, self.content(loaded), basis),
                *[lambda editor, basis: editor.publish(PLACE, basis, VOUCHING)] * (EDITORS - 1),
            ]
        )
        assert at_once(loaded, lambda editor, basis: next(edits)(editor, basis)) == 1

    def test_only_one_of_those_who_put_back_at_once_does(self, loaded: Database) -> None:
        begin(loaded, self.content(loaded))
        with loaded.write() as session:
            editor(session, loaded_staff(loaded)).publish(PLACE, read_history(session, PLACE).basis, VOUCHING)
        with loaded.read() as session:
            first = read_history(session, PLACE).revisions[-1].id
        assert at_once(loaded, lambda editor, basis: editor.put_back(PLACE, first, basis, VOUCHING)) == 1
        with loaded.read() as session:
            assert [row.state for row in read_history(session, PLACE).revisions].count("published") == 1
            assert session.get_one(Offer, "lfhii").summary != "New."

    @staticmethod
    def content(database: Database) -> dict[str, object]:
        """The offer with another summary."""
        with database.read() as session:
            return {**(find_content(session, PLACE, []) or {}), "summary": "New."}


class TestHealth:
    def test_it_counts_what_was_asked_and_found_and_what_was_not(self, loaded: Database) -> None:
        first, second, *others = [new_reference() for _ in range(6)]
        for number, reference in enumerate((first, second, *others)):
            ask(loaded, reference, "offer", ["lfhii"], NOON - timedelta(days=number))
        ask(loaded, "C-1", "clarify", ["lfhii", "population-health"], NOON)
        ask(loaded, "L-1", "list", ["lfhii", "population-health"], NOON)
        ask(loaded, "U-1", "unanswered", [], NOON)
        ask(loaded, "X-1", "offer", ["lfhii"], NOON - timedelta(days=40))
        with loaded.write() as session:
            mark_useful(session, f"of {first}", first, useful=False)
            mark_useful(session, f"of {second}", second, useful=True)
            waiting = {"state": GroupState.OPEN.value, "first_at": NOON, "last_at": NOON, "enquiries": 3}
            group = Group(label="offer/lfhii", **waiting)
            session.add_all([group, Group(label="topic/act", **waiting)])
            session.flush()
            decided = {"group_id": group.id, "kind": DecisionKind.LABEL.value, "label": "offer/lfhii", "at": NOON}
            session.add(Decision(**decided, enquiries=["U-1", first]))
            session.add(Decision(**decided, enquiries=["C-1", "L-1"], undone_at=NOON))
        with loaded.read() as session:
            short = read_health(session, NOON, 30, ["lfhii", "population-health", "edi"])
            long = read_health(session, NOON, 90, ["lfhii"])
        assert short["lfhii"] == Health(asked=7, answered=6, not_useful=1, not_found=4)
        assert short["population-health"] == Health(asked=1)
        assert short["edi"] == Health()
        assert long["lfhii"].asked == 8

    def test_it_goes_with_the_enquiry(self, loaded: Database) -> None:
        ask(loaded, "O-1", "offer", ["lfhii"], NOON)
        with loaded.write() as session:
            session.delete(session.get_one(Conversation, "of O-1"))
        assert count(loaded, EnquiryOffer) == 0

    def test_what_was_answered_before_the_migration_counts_too(self, loaded: Database) -> None:
        ask(loaded, "O-1", "offer", ["lfhii", "population-health"], NOON)
        downgrade(loaded.engine, "0003")
        upgrade(loaded.engine)
        with loaded.read() as session:
            rows = session.execute(text("SELECT reference, slug, outcome FROM enquiry_offers ORDER BY slug")).all()
            assert [tuple(row) for row in rows] == [("O-1", "lfhii", "offer"), ("O-1", "population-health", "offer")]
            assert read_health(session, NOON, 30, ["lfhii"])["lfhii"].answered == 1

    @pytest.mark.parametrize(
        ("count", "wholes", "expected"),
        [
            (0, (), True),
            (1, (), False),
            (4, (), False),
            (5, (), True),
            (6, (8,), False),
            (6, (6,), True),
            (6, (11,), True),
        ],
    )
    def test_nothing_tells_of_so_few_that_they_could_be_known(
        self, count: int, wholes: tuple[int, ...], expected: bool
    ) -> None:
        assert may_show(count, *wholes) is expected


def at_once(database: Database, edit: Callable[[CatalogueEditor, str], object]) -> int:
    """Let several editors, who all saw the same, do something at the same moment; returns for how many it worked."""
    with database.read() as session:
        basis = read_history(session, PLACE).basis
    staff, together = loaded_staff(database), Barrier(EDITORS)

    def work(_: int) -> bool:
        together.wait()
        try:
            with database.write() as session:
                edit(editor(session, staff), basis)
        except EditedMeanwhileError:
            return False
        return True

    with ThreadPoolExecutor(EDITORS) as pool:
        return sum(pool.map(work, range(EDITORS)))


def editor(session: object, staff: int) -> CatalogueEditor:
    """For this member of staff."""
    return CatalogueEditor(session, staff, [], TODAY)  # type: ignore[arg-type]


def loaded_staff(database: Database) -> int:
    """Somebody new."""
    return add_colleague(database, email=f"{datetime.now(UTC).timestamp()}@example.org").id


def begin(database: Database, content: dict[str, object]) -> None:
    """Save a draft."""
    staff = loaded_staff(database)
    with database.write() as session:
        editor(session, staff).save(PLACE, content, read_history(session, PLACE).basis)


def ask(database: Database, reference: str, outcome: str, offers: list[str], at: datetime) -> None:
    """An enquiry that was answered, in a conversation of its own."""
    with database.write() as session:
        session.add(Conversation(id=f"of {reference}", channel="web", token_hash="h"))
        session.flush()
        enquiry = Enquiry(reference=reference, conversation_id=f"of {reference}", channel="web", received_at=at)
        enquiry.outcome, enquiry.offers = outcome, offers
        session.add(enquiry)
        session.flush()
        note_offers(session, enquiry)

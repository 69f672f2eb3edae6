"""What both models are asked, and the catalogue they are asked at, on both databases."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.catalogue.copying import copy_catalogue
from assistant.catalogue.loader import load_catalogue
from assistant.catalogue.models import Contact, Example, ExampleState, Offer, Person, Revision, RevisionState
from assistant.catalogue.offers import list_offers
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.enquiries.models import Message
from assistant.enquiries.outcomes import Outcome
from assistant.learning.judging.material import Asked, Material, Source, gather
from assistant.learning.judging.past import MOST
from assistant.review.models import Decision, DecisionKind
from assistant.settings import Settings
from assistant.staff.models import Staff
from tests.conftest import ROOT
from tests.support.many_asked import add, add_group, ask

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def tables(database: Database) -> Database:
    """A database with the project's catalogue."""
    upgrade(database.engine)
    with database.write() as session:
        load_catalogue(session, ROOT / "data" / "catalogue")
    return database


@pytest.fixture
def alone(tmp_path: Path) -> Settings:
    """A data folder without the project's questions beside it."""
    (tmp_path / "data").mkdir()
    return Settings(data_folder=tmp_path / "data")


def read(database: Database, settings: Settings) -> Material:
    with database.read() as session:
        return gather(session, settings)


def useful(database: Database, text: str, outcome: str = "offer", at: datetime = NOON, **values: Any) -> str:
    given = {"useful": True, "offers": ["lfhii"] if outcome == "offer" else [], **values}
    return ask(database, at, text=text, outcome=outcome, **given)[0]


def decide(database: Database, kind: DecisionKind, references: list[str], **values: Any) -> None:
    group = add_group(database, NOON)
    add(database, [Decision(group_id=group, kind=kind.value, enquiries=references, **values)])


def keep_reply(database: Database, reference: str, reply: dict[str, Any]) -> None:
    message = Message(conversation_id=reference, reference=reference, fingerprint="f", reply=reply)
    add(database, [message])


def wanted(asked: Asked) -> tuple[str, tuple[str, ...] | None, str | None, str | None]:
    question = asked.question
    return question.wanted.value, question.offers, question.topic, question.person


class TestCuratedSet:
    def test_it_is_asked_as_far_as_the_catalogue_still_has_what_it_expects(self, tables: Database) -> None:
        settings = Settings(data_folder=ROOT / "data")
        before = read(tables, settings)
        assert before.has_curated and len(before.asked) > 1000 and before.dialogues and before.left_out == 0
        with tables.write() as session:
            session.get_one(Offer, "lfhii").active = False
        after = read(tables, settings)
        assert after.left_out > 10
        assert len(after.examination) + after.left_out == len(before.examination)
        assert not any("lfhii" in (asked.question.offers or ()) for asked in after.asked)

    def test_the_rest_is_asked_where_there_is_none(self, tables: Database, alone: Settings) -> None:
        reference = useful(tables, "what is the LFHII")
        material = read(tables, alone)
        assert not material.has_curated and [asked.name for asked in material.asked] == [reference]


class TestPastEnquiries:
    def test_what_askers_found_useful_must_be_answered_again(self, tables: Database, alone: Settings) -> None:
        offer = useful(tables, "what is the LFHII", at=NOON)
        topic = useful(tables, "why is it needed", "info", at=NOON - HOUR)
        keep_reply(tables, topic, {"topic": "why", "person": None})
        with tables.read() as session:
            joan = session.get_one(Person, "joan-saddler").name
        person = useful(tables, "who is Joan", "person", at=NOON - 2 * HOUR)
        keep_reply(tables, person, {"topic": None, "person": {"name": joan, "role": "Associate director"}})
        asked = {each.name: wanted(each) for each in read(tables, alone).asked}
        assert asked == {
            offer: ("offer", ("lfhii",), None, None),
            topic: ("info", None, "why", None),
            person: ("person", None, None, "joan-saddler"),
        }

    def test_what_nobody_confirmed_or_whose_words_are_gone_is_not_asked(
        self, tables: Database, alone: Settings
    ) -> None:
        ask(tables, NOON, text="not said", outcome="offer", offers=["lfhii"])
        ask(tables, NOON, text="not useful", outcome="offer", offers=["lfhii"], useful=False)
        ask(tables, NOON, text=None, outcome="offer", offers=["lfhii"], useful=True)
        useful(tables, "several", "list")
        material = read(tables, alone)
        assert material.asked == () and material.left_out == 0

    def test_what_reviewers_decided_is_right_whatever_was_found_useful(self, tables: Database, alone: Settings) -> None:
        first = useful(tables, "Is there parking?", at=NOON)
        second = useful(tables, "is there parking", at=NOON + HOUR)
        decide(tables, DecisionKind.OUT_OF_SCOPE, [first, second])
        labelled = ask(tables, NOON - HOUR, text="help for boards")[0]
        decide(tables, DecisionKind.LABEL, [labelled], label="offer/ics-diverse-boards")
        asked = [(each.name, wanted(each)) for each in read(tables, alone).asked]
        assert asked == [
            (first, ("out_of_scope", None, None, None)),
            (labelled, ("offer", ("ics-diverse-boards",), None, None)),
        ]

    def test_a_decision_holds_until_it_is_undone_or_opened_again(self, tables: Database, alone: Settings) -> None:
        undone, opened = (ask(tables, NOON, text=f"parking {each}")[0] for each in "ab")
        decide(tables, DecisionKind.OUT_OF_SCOPE, [undone], undone_at=NOON)
        decide(tables, DecisionKind.OUT_OF_SCOPE, [opened])
        decide(tables, DecisionKind.REOPEN, [opened])
        assert read(tables, alone).asked == ()

    def test_what_asks_for_what_there_is_no_more_is_left_out_and_counted(
        self, tables: Database, alone: Settings
    ) -> None:
        useful(tables, "what was it", offers=["long-gone"])
        useful(tables, "which topic", "info")
        decide(tables, DecisionKind.LABEL, ask(tables, NOON, text="which hub"), label="shared/hub")
        material = read(tables, alone)
        assert (material.asked, material.left_out) == ((), 3)

    def test_the_newest_are_asked(self, tables: Database, alone: Settings) -> None:
        for number in range(MOST + 2):
            useful(tables, f"question number {number}", at=NOON + number * HOUR)
        asked = read(tables, alone).asked
        assert len(asked) == MOST and asked[0].question.text == f"question number {MOST + 1}"

    def test_many_decisions_about_many_enquiries_are_read(self, tables: Database, alone: Settings) -> None:
        references = ask(tables, NOON, 30, text="is there parking")
        for _ in range(30):
            decide(tables, DecisionKind.OUT_OF_SCOPE, references)
        assert len(read(tables, alone).asked) == 1


class TestGuards:
    def test_what_reviewers_keep_for_judging_is_asked_in_its_words(self, tables: Database, alone: Settings) -> None:
        guard = ExampleState.GUARD.value
        add(
            tables,
            [Example(text="can I park", label="out_of_scope", state=guard), Example(text="b", label="topic/why")],
        )
        [asked] = read(tables, alone).asked
        assert (asked.source, asked.name, asked.question.wanted) == (Source.GUARD, "can I park", Outcome.OUT_OF_SCOPE)


class TestCopyCatalogue:
    def test_it_copies_what_staff_changed(self, tables: Database, tmp_path: Path) -> None:
        with tables.write() as session:
            staff = Staff(email="robin@example.org", name="Robin", role="editor")
            session.add_all([staff, Contact(slug="new", name="New desk", email="new@example.org")])
            session.flush()
            lfhii = session.get_one(Offer, "lfhii")
            columns = {column.key: getattr(lfhii, column.key) for column in Offer.__table__.columns}
            new = {"slug": "new", "position": 99, "name": "New offer", "short_name": "New", "contact_slug": "new"}
            session.add(Offer(**{**columns, **new}))
            lfhii.active = False
            for state in (RevisionState.PUBLISHED, RevisionState.DRAFT):
                content = {"slug": "new", "name": "New offer"}
                session.add(Revision(kind="offers", slug="new", content=content, state=state.value, staff_id=staff.id))
        copy = Database(f"sqlite:///{tmp_path / 'copy.db'}")
        upgrade(copy.engine)
        with copy.write() as session:
            copy_catalogue(tables, session)
        with tables.read() as one, copy.read() as other:
            assert shown(list_offers(one)) == shown(list_offers(other))
            assert shown(list_offers(other))["new"] == ("New offer", "new@example.org", lfhii.parts)
            [revision] = other.query(Revision).all()
            assert (revision.content, revision.staff_id) == ({"slug": "new", "name": "New offer"}, None)
        copy.close()


def shown(offers: list[Offer]) -> dict[str, tuple[str, str | None, object]]:
    return {each.slug: (each.name, each.contact.email if each.contact else None, each.parts) for each in offers}

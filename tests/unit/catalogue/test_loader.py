from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.catalogue.errors import CatalogueFileError
from assistant.catalogue.loader import TABLES, LoadReport, load_catalogue
from assistant.catalogue.models import Contact, Offer, Person, SharedPart, Source, Topic
from assistant.catalogue.offers import get_offer, list_offers
from assistant.db.base import now
from assistant.db.engine import Database

Entries = list[dict[str, Any]]
EditFile = Callable[[str, Callable[[Entries], object]], None]

MIRANDA, CAROL, EDI = "miranda.seed@nhsconfed.org", "carol.hill@nhsconfed.org", "edi@nhsconfed.org"

# The table of the design, typed out.
OFFERS = [
    ("ics-diverse-boards", ["commit"], "current", MIRANDA),
    ("chief-executive-advisory", ["commit"], "current", CAROL),
    ("lfhii", ["commit", "act"], "current", None),
    ("bme-leadership-network", ["commit"], "current", MIRANDA),
    ("ics-tailored-recruitment", ["commit"], "enhanced", None),
    ("bme-network-consulting", ["commit"], "enhanced", None),
    ("race-health-observatory", ["understand"], "current", None),
    ("equality-delivery-system", ["understand"], "current", CAROL),
    ("diversity-partners", ["understand"], "current", None),
    ("population-health", ["understand", "act"], "current", None),
    ("nursing-midwifery", ["understand"], "current", None),
    ("nursing-midwifery-consulting", ["understand"], "enhanced", CAROL),
    ("mental-health-race-equity", ["act"], "current", None),
    ("women-leaders-network", ["act"], "current", None),
    ("lgbtq-leaders-network", ["act"], "current", None),
    ("welsh-confederation", ["act"], "current", None),
    ("northern-ireland-confederation", ["act"], "current", None),
    ("primary-care-hub", ["act"], "current", None),
    ("community-engagement", ["act"], "enhanced", EDI),
]
TOPICS = [
    "approach",
    "commit",
    "understand",
    "act",
    "terminology",
    "why",
    "about-confederation",
    "contact-details",
    "alternative-format",
    "reuse-licence",
    "accountability",
    "evidence",
    "privacy",
    "complaint",
]
COUNTS = {"sources": 1, "contacts": 3, "offers": 19, "people": 16, "topics": 14, "shared_parts": 5}


class TestTheRealFiles:
    def test_it_loads_every_kind(self, catalogue: Session) -> None:
        counts = {kind: catalogue.scalar(select(func.count()).select_from(table)) for kind, table in TABLES.items()}
        assert counts == COUNTS

    def test_it_has_the_offers_of_the_design(self, catalogue: Session) -> None:
        loaded = [(o.slug, o.stages, o.tier, o.contact.email if o.contact else None) for o in list_offers(catalogue)]
        assert loaded == OFFERS

    def test_it_has_the_topics_of_the_design(self, catalogue: Session) -> None:
        assert list(catalogue.scalars(select(Topic.slug).order_by(Topic.position))) == TOPICS

    def test_it_has_no_row_marked_as_edited(self, catalogue: Session) -> None:
        for table in TABLES.values():
            assert all(row.edited_at is None for row in catalogue.scalars(select(table)))

    def test_it_credits_the_source_in_every_offer(self, catalogue: Session) -> None:
        assert {(o.source.publisher, o.source.published) for o in list_offers(catalogue)} == {
            ("NHS Confederation", "2022-11")
        }


class TestLoadingAgain:
    def test_it_reports_what_it_added(self, session: Session, folder: Path) -> None:
        report = load_catalogue(session, folder)
        assert {kind: len(found.added) for kind, found in report.kinds.items()} == COUNTS
        assert report.kinds["contacts"].added == ["miranda-seed", "carol-hill", "edi"]

    def test_it_changes_nothing_the_second_time(self, catalogue: Session, folder: Path) -> None:
        before = snapshot(catalogue)
        report = load_catalogue(catalogue, folder)
        assert {kind: len(found.unchanged) for kind, found in report.kinds.items()} == COUNTS
        assert differences(report) == {}
        assert snapshot(catalogue) == before

    def test_it_does_not_commit(self, database: Database, folder: Path) -> None:
        with database.write() as session:
            load_catalogue(session, folder)
            session.rollback()
        with database.read() as session:
            assert session.scalar(select(func.count()).select_from(Offer)) == 0

    def test_it_brings_in_what_the_files_changed(self, catalogue: Session, folder: Path, edit_file: EditFile) -> None:
        edit_file("offers", lambda offers: offers[2].update(contact="edi", summary="Another summary."))
        assert get_offer(catalogue, "lfhii").contact is None
        report = load_catalogue(catalogue, folder)
        assert differences(report) == {"offers": {"updated": ["lfhii"]}}
        offer = get_offer(catalogue, "lfhii")
        assert offer.summary == "Another summary."
        assert offer.contact is not None and offer.contact.slug == "edi"

    def test_its_report_reads_well(self, catalogue: Session, folder: Path, edit_file: EditFile) -> None:
        edit_file("people", lambda people: people[0].update(role="Another role"))
        lines = str(load_catalogue(catalogue, folder)).splitlines()
        assert lines[2:4] == ["offers: 19 unchanged", "people: 1 updated (matthew-taylor); 15 unchanged"]
        assert lines[5] == "shared parts: 5 unchanged"


class TestWhatIsGoneFromTheFiles:
    def test_it_makes_an_offer_inactive(self, catalogue: Session, folder: Path, edit_file: EditFile) -> None:
        edit_file("offers", lambda offers: offers.pop(17))
        report = load_catalogue(catalogue, folder)
        offer = catalogue.get(Offer, "primary-care-hub")
        assert offer is not None and not offer.active
        assert report.kinds["offers"].removed == ["primary-care-hub"]
        assert load_catalogue(catalogue, folder).kinds["offers"].removed == []

    def test_it_offers_again_what_comes_back(self, catalogue: Session, folder: Path, edit_file: EditFile) -> None:
        gone: Entries = []
        edit_file("offers", lambda offers: gone.append(offers.pop(17)))
        load_catalogue(catalogue, folder)
        edit_file("offers", lambda offers: offers.insert(17, gone[0]))
        report = load_catalogue(catalogue, folder)
        assert "primary-care-hub" in report.kinds["offers"].updated
        assert get_offer(catalogue, "primary-care-hub").active

    def test_it_deletes_the_rest(self, catalogue: Session, folder: Path, edit_file: EditFile) -> None:
        edit_file("people", lambda people: people.pop())
        edit_file("topics", lambda topics: topics.pop())
        edit_file("shared_parts", lambda parts: parts.pop())
        edit_file("offers", lambda offers: offers[18].update(contact=None))
        edit_file("contacts", lambda contacts: contacts.pop())
        report = load_catalogue(catalogue, folder)
        assert {kind: changes.get("removed") for kind, changes in differences(report).items()} == {
            "contacts": ["edi"],
            "offers": None,
            "people": ["victor-adebowale"],
            "topics": ["complaint"],
            "shared_parts": ["networks"],
        }
        for table, slug in ((Contact, "edi"), (Person, "victor-adebowale"), (Topic, "complaint")):
            assert catalogue.get(table, slug) is None
        assert catalogue.get(SharedPart, "networks") is None

    def test_it_keeps_a_contact_that_an_inactive_offer_still_has(
        self, catalogue: Session, folder: Path, edit_file: EditFile
    ) -> None:
        edit_file("offers", lambda offers: offers.pop(18))
        edit_file("shared_parts", lambda parts: parts[3]["offers"].remove("community-engagement"))
        edit_file("contacts", lambda contacts: contacts.pop())
        report = load_catalogue(catalogue, folder)
        assert report.kinds["contacts"].kept == ["edi"]
        assert catalogue.get(Contact, "edi") is not None


class TestWhatStaffEdited:
    @pytest.mark.parametrize(
        ("table", "kind", "slug", "column", "words"),
        [
            (Source, "sources", "anti-racism-strategy-2022", "title", "Another title"),
            (Contact, "contacts", "edi", "email", "other@nhsconfed.org"),
            (Offer, "offers", "lfhii", "summary", "Staff know better."),
            (Person, "people", "joan-saddler", "role", "Another role"),
            (Topic, "topics", "privacy", "answer", "Another answer."),
            (SharedPart, "shared_parts", "wres", "question", "Which one?"),
        ],
    )
    def test_it_is_kept(
        self, catalogue: Session, folder: Path, table: Any, kind: str, slug: str, column: str, words: str
    ) -> None:
        edit_row(catalogue, table, slug, column, words)
        report = load_catalogue(catalogue, folder)
        assert differences(report) == {kind: {"kept": [slug]}}
        assert getattr(catalogue.get(table, slug), column) == words

    def test_it_is_kept_when_gone_from_the_files(self, catalogue: Session, folder: Path, edit_file: EditFile) -> None:
        edit_row(catalogue, Offer, "primary-care-hub", "summary", "Staff know better.")
        edit_row(catalogue, Topic, "complaint", "answer", "Another answer.")
        edit_file("offers", lambda offers: offers.pop(17))
        edit_file("topics", lambda topics: topics.pop())
        report = load_catalogue(catalogue, folder)
        assert report.kinds["offers"].kept == ["primary-care-hub"]
        assert report.kinds["topics"].kept == ["complaint"]
        assert get_offer(catalogue, "primary-care-hub").summary == "Staff know better."

    def test_it_stays_withdrawn_when_staff_withdrew_it(self, catalogue: Session, folder: Path) -> None:
        edit_row(catalogue, Offer, "lfhii", "active", False)
        load_catalogue(catalogue, folder)
        assert "lfhii" not in [offer.slug for offer in list_offers(catalogue)]

    def test_it_stands_where_the_files_have_it(self, catalogue: Session, folder: Path, edit_file: EditFile) -> None:
        edit_row(catalogue, Topic, "complaint", "answer", "Another answer.")
        edit_file("topics", lambda topics: topics.insert(0, topics.pop()))
        load_catalogue(catalogue, folder)
        assert catalogue.get_one(Topic, "complaint").position == 1

    def test_a_contact_that_was_checked_stays_checked(self, catalogue: Session, folder: Path) -> None:
        catalogue.get_one(Contact, "edi").verified_on = date(2026, 11, 2)
        report = load_catalogue(catalogue, folder)
        assert differences(report) == {} and catalogue.get_one(Contact, "edi").verified_on == date(2026, 11, 2)


class TestWhatTheFilesSayOfChecks:
    def test_it_knows_when_a_contact_was_checked(self, catalogue: Session, folder: Path, edit_file: EditFile) -> None:
        edit_file("contacts", lambda contacts: contacts[2].update(verified_on=date(2026, 11, 2)))
        load_catalogue(catalogue, folder)
        assert catalogue.get_one(Contact, "edi").verified_on == date(2026, 11, 2)

    def test_an_offer_may_be_switched_off_in_its_place(
        self, catalogue: Session, folder: Path, edit_file: EditFile
    ) -> None:
        edit_file("offers", lambda offers: offers[2].update(active=False))
        assert differences(load_catalogue(catalogue, folder)) == {"offers": {"updated": ["lfhii"]}}
        assert "lfhii" not in [offer.slug for offer in list_offers(catalogue)]


class TestAnAddressThatTheDatabaseHasAlready:
    def test_it_names_the_entry_and_changes_nothing(
        self, catalogue: Session, folder: Path, edit_file: EditFile
    ) -> None:
        edit_row(catalogue, Contact, "carol-hill", "email", "new@nhsconfed.org")
        edit_file("contacts", lambda contacts: contacts[2].update(email="New@nhsconfed.org"))
        edit_file("people", lambda people: people[0].update(role="Another role"))
        before = snapshot(catalogue)
        with pytest.raises(CatalogueFileError, match="contacts.yml, entry edi, field email: .*'carol-hill'"):
            load_catalogue(catalogue, folder)
        assert snapshot(catalogue) == before


def edit_row(session: Session, table: Any, slug: str, column: str, value: object) -> None:
    """Edit as staff do."""
    row: Any = session.get(table, slug)
    setattr(row, column, value)
    row.edited_at = now()
    session.flush()


def differences(report: LoadReport) -> dict[str, dict[str, list[str]]]:
    """Everything of the report but what stayed the same."""
    found = {
        kind: {word: slugs for word, slugs in vars(of_kind).items() if slugs and word != "unchanged"}
        for kind, of_kind in report.kinds.items()
    }
    return {kind: changes for kind, changes in found.items() if changes}


def snapshot(session: Session) -> dict[str, Sequence[Any]]:
    """Every row of the catalogue."""
    session.expire_all()
    return {kind: session.execute(select(table.__table__)).all() for kind, table in TABLES.items()}

"""Published edits, back into the files: what changes, that it loads as it was, and what is refused."""

import difflib
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.editing import CatalogueEditor, Vouching
from assistant.catalogue.errors import CatalogueFileError, ExportRefusedError
from assistant.catalogue.export import plan_catalogue
from assistant.catalogue.file_changes import write_changes
from assistant.catalogue.kinds import Kind, Place
from assistant.catalogue.loader import TABLES, load_catalogue
from assistant.catalogue.models import Contact, FromFiles, Offer, Topic
from assistant.catalogue.revisions import find_content, list_drafts, read_history
from assistant.catalogue.signposts import in_force, read_signposts
from assistant.db.base import Base
from assistant.db.engine import Database
from assistant.staff.models import Staff
from tests.unit.catalogue.conftest import REAL_FILES

TODAY = date(2026, 11, 28)
CHECKED = Vouching("The owner told us.", is_checked=True)
LOAD_MARKS = ("edited_at", "position")  # not what members see; the order is compared by itself


@pytest.fixture
def folder(folder: Path) -> Path:
    """A copy of the real files, signposts too."""
    shutil.copy(REAL_FILES / "signposts.yml", folder)
    return folder


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Session]:
    """A session on a database with nothing in it."""
    database = Database(f"sqlite:///{tmp_path / 'fresh.db'}")
    Base.metadata.create_all(database.engine)
    with database.write() as session:
        yield session
    database.close()


class Desk:
    """Edits the catalogue as the console does."""

    def __init__(self, session: Session) -> None:
        staff = Staff(email="eden@example.org", name="Eden Editor", role="editor")
        session.add(staff)
        session.flush()
        self._session, self._staff_id = session, staff.id

    @property
    def editor(self) -> CatalogueEditor:
        signposts = in_force(self._session, read_signposts(REAL_FILES))
        return CatalogueEditor(self._session, self._staff_id, signposts, TODAY)

    def draft(self, kind: Kind, slug: str, **changes: Any) -> Place:
        place = Place(kind, slug)
        standing = find_content(self._session, place, in_force(self._session, read_signposts(REAL_FILES)))
        assert standing is not None
        self.editor.save(place, {**standing, **changes}, self._basis(place))
        return place

    def publish(self, kind: Kind, slug: str, **changes: Any) -> None:
        place = self.draft(kind, slug, **changes)
        self.editor.publish(place, self._basis(place), CHECKED)

    def create(self, kind: Kind, **values: Any) -> str:
        place = self.editor.create(kind, values)
        self.editor.publish(place, self._basis(place), CHECKED)
        return place.slug

    def _basis(self, place: Place) -> str:
        return read_history(self._session, place).basis


@pytest.fixture
def desk(catalogue: Session) -> Desk:
    return Desk(catalogue)


def export(session: Session, folder: Path) -> dict[str, str]:
    """Write the changes; what changed by the name of the file."""
    changes = plan_catalogue(session, folder)
    write_changes(changes)
    return {change.path.name: change.what for change in changes}


def seen(session: Session) -> dict[str, list[dict[str, Any]]]:
    """Everything in the tables that members see, in the order they see it."""
    return {kind: [_seen(row) for row in _in_order(session, table)] for kind, table in TABLES.items()}


def _in_order(session: Session, table: type[FromFiles]) -> list[FromFiles]:
    order = [getattr(table, name) for name in ("position", "slug") if hasattr(table, name)]
    return list(session.scalars(select(table).order_by(*order)))


def _seen(row: FromFiles) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in row.__table__.columns if column.name not in LOAD_MARKS}


def changed_lines(folder: Path, name: str) -> list[str]:
    before, after = ((each / name).read_text(encoding="utf-8").splitlines() for each in (REAL_FILES, folder))
    return [line for line in difflib.ndiff(before, after) if line[0] in "+-"]


def edit_all(desk: Desk) -> None:
    """An edit of every kind, and a new entry of every kind there can be."""
    contact = desk.create(Kind.CONTACTS, name="New box", email="new@example.org", phone="020 7946 0000")
    desk.publish(Kind.CONTACTS, "edi", phone="0000 000 0000")
    desk.publish(Kind.OFFERS, "lfhii", summary="Seminars: now # 2, and [more]", contact_slug="carol-hill")
    desk.publish(Kind.OFFERS, "primary-care-hub", active=False, related=["population-health"])
    desk.create(
        Kind.OFFERS,
        name="A new: offer",
        short_name="New offer",
        summary="- New",
        details="One sentence. And another?\n\nA paragraph.",
        parts=[{"name": "One, two", "aliases": ["a: b", "null"]}, {"name": "999", "aliases": []}],
        stages=["act"],
        tier="enhanced",
        contact_slug=contact,
        audiences=[],
        nations=["Wales"],
        related=["lfhii"],
        aliases=["new, newer"],
        source_slug="anti-racism-strategy-2022",
    )
    person = desk.create(Kind.PEOPLE, name="Zoë O’Made-Up", role="Tester", note=None, aliases=["Zoe"])
    desk.publish(Kind.PEOPLE, "joan-saddler", note=None)
    desk.create(Kind.TOPICS, title="A new topic", answer="Write to {general_email}.", people=[person], grounding="ours")
    desk.publish(Kind.TOPICS, "complaint", answer="First. Second.")
    desk.publish(Kind.SIGNPOSTS, "samaritans", owner="Head of Something", purpose="To talk")


class TestRoundTrip:
    def test_a_fresh_database_loads_what_members_see(
        self, desk: Desk, catalogue: Session, fresh: Session, folder: Path
    ) -> None:
        edit_all(desk)
        export(catalogue, folder)
        load_catalogue(fresh, folder)
        assert seen(fresh) == seen(catalogue)
        assert read_signposts(folder) == in_force(catalogue, read_signposts(REAL_FILES))

    def test_it_exports_nothing_twice(self, desk: Desk, catalogue: Session, fresh: Session, folder: Path) -> None:
        edit_all(desk)
        assert set(export(catalogue, folder)) == {f"{kind}.yml" for kind in Kind}
        load_catalogue(fresh, folder)
        assert export(catalogue, folder) == export(fresh, folder) == {}

    def test_the_same_database_reads_the_files_and_nothing_flips(
        self, desk: Desk, catalogue: Session, folder: Path
    ) -> None:
        edit_all(desk)
        export(catalogue, folder)
        before, edited = seen(catalogue), edited_rows(catalogue)
        report = load_catalogue(catalogue, folder)
        assert (seen(catalogue), edited_rows(catalogue), list_drafts(catalogue)) == (before, edited, {})
        assert not any(kind.added or kind.updated or kind.removed for kind in report.kinds.values())
        assert export(catalogue, folder) == {}

    def test_nothing_edited_is_nothing_to_export(self, catalogue: Session, folder: Path) -> None:
        assert export(catalogue, folder) == {}

    def test_new_entries_keep_their_places_when_the_files_get_others(
        self, desk: Desk, catalogue: Session, folder: Path
    ) -> None:
        for title in ("Zebras", "Apples"):
            desk.create(Kind.TOPICS, title=title, answer="Yes.", people=[], grounding="ours")
        export(catalogue, folder)
        load_catalogue(catalogue, folder)
        topics = list(catalogue.scalars(select(Topic.slug).order_by(Topic.position, Topic.slug)))
        assert topics[-2:] == ["zebras", "apples"]


def edited_rows(session: Session) -> list[tuple[str, Any]]:
    return [(row.slug, row.edited_at) for table in TABLES.values() for row in _in_order(session, table)]


class TestTheDiff:
    def test_it_changes_the_fields_that_were_edited_and_nothing_else(
        self, desk: Desk, catalogue: Session, folder: Path
    ) -> None:
        desk.publish(Kind.PEOPLE, "danny-mortimer", role="Somebody else")
        assert export(catalogue, folder) == {"people.yml": "1 entry changed (danny-mortimer)"}
        assert changed_lines(folder, "people.yml") == [
            "-   role: Chief Executive, NHS Employers",
            "+   role: Somebody else",
        ]

    def test_it_changes_one_sentence_of_an_answer(self, desk: Desk, catalogue: Session, folder: Path) -> None:
        answer = catalogue.get_one(Topic, "act").answer.replace("power structures", "structures")
        desk.publish(Kind.TOPICS, "act", answer=answer)
        export(catalogue, folder)
        assert [line[0] for line in changed_lines(folder, "topics.yml")] == ["-", "+"]

    def test_it_only_adds_for_a_new_entry(self, desk: Desk, catalogue: Session, folder: Path) -> None:
        desk.create(Kind.PEOPLE, name="Max Made-Up", role="Tester", note=None, aliases=[])
        assert export(catalogue, folder) == {"people.yml": "1 entry added (max-made-up)"}
        assert changed_lines(folder, "people.yml") == [
            "+ - slug: max-made-up",
            "+   name: Max Made-Up",
            "+   role: Tester",
            "+   aliases: []",
        ]

    def test_it_says_that_an_offer_was_switched_off(self, desk: Desk, catalogue: Session, folder: Path) -> None:
        desk.publish(Kind.OFFERS, "lfhii", active=False)
        export(catalogue, folder)
        assert changed_lines(folder, "offers.yml") == [
            "-   verified_on: null",
            "+   verified_on: 2026-11-28",
            "+   active: false",
        ]

    def test_it_says_on_which_day_something_was_checked(self, desk: Desk, catalogue: Session, folder: Path) -> None:
        for kind, slug in ((Kind.OFFERS, "lfhii"), (Kind.CONTACTS, "edi")):
            desk.editor.confirm(Place(kind, slug))
        export(catalogue, folder)
        assert changed_lines(folder, "offers.yml") == ["-   verified_on: null", "+   verified_on: 2026-11-28"]
        assert changed_lines(folder, "contacts.yml") == ["+   verified_on: 2026-11-28"]

    def test_it_says_who_confirmed_a_signpost_and_when(self, desk: Desk, catalogue: Session, folder: Path) -> None:
        desk.publish(Kind.SIGNPOSTS, "shout", owner="Head of Something")
        export(catalogue, folder)
        assert changed_lines(folder, "signposts.yml") == [
            "-   owner: null",
            "+   owner: Head of Something",
            "-   checked_on: null",
            "+   checked_on: 2026-11-28",
        ]

    def test_what_was_put_back_is_as_it_was(self, desk: Desk, catalogue: Session, folder: Path) -> None:
        role = "Director, NHS Race and Health Observatory"
        desk.publish(Kind.PEOPLE, "habib-naqvi", role="Somebody else")
        desk.publish(Kind.PEOPLE, "habib-naqvi", role=role)
        assert export(catalogue, folder) == {}


class TestWhatStays:
    def test_a_draft_is_not_exported(self, desk: Desk, catalogue: Session, folder: Path) -> None:
        desk.draft(Kind.PEOPLE, "danny-mortimer", role="Not yet")
        assert export(catalogue, folder) == {}

    def test_the_files_win_where_nobody_edited(self, catalogue: Session, folder: Path) -> None:
        catalogue.get_one(Offer, "lfhii").summary = "As an older version of the files had it."
        catalogue.get_one(Contact, "edi").name = "As an older version of the files had it"
        assert export(catalogue, folder) == {}

    def test_a_later_check_of_the_files_stays(self, catalogue: Session, folder: Path) -> None:
        path = folder / "contacts.yml"
        path.write_text(path.read_text(encoding="utf-8").rstrip() + "\n  verified_on: 2026-11-29\n", encoding="utf-8")
        catalogue.get_one(Contact, "edi").verified_on = TODAY
        assert export(catalogue, folder) == {}


class TestRefusals:
    def test_files_with_a_mistake_are_not_touched(self, catalogue: Session, folder: Path) -> None:
        (folder / "people.yml").write_text("people: []\n", encoding="utf-8")
        with pytest.raises(CatalogueFileError, match="no entries"):
            plan_catalogue(catalogue, folder)

    def test_edits_that_the_files_contradict_are_refused_by_name(
        self, desk: Desk, catalogue: Session, folder: Path
    ) -> None:
        desk.publish(Kind.TOPICS, "complaint", people=["danny-mortimer"])
        people = (folder / "people.yml").read_text(encoding="utf-8").split("- slug: ")
        others = (folder / "topics.yml").read_text(encoding="utf-8").replace("  - danny-mortimer\n", "")
        kept = "- slug: ".join(each for each in people if not each.startswith("danny-mortimer"))
        (folder / "people.yml").write_text(kept, encoding="utf-8")
        (folder / "topics.yml").write_text(others.replace(" danny-mortimer,", ""), encoding="utf-8")
        with pytest.raises(ExportRefusedError, match=r"topics\.yml, entry complaint, field people: .*danny-mortimer"):
            plan_catalogue(catalogue, folder)

    def test_an_entry_that_is_written_in_another_way_is_refused(
        self, desk: Desk, catalogue: Session, folder: Path
    ) -> None:
        aliased = (folder / "contacts.yml").read_text(encoding="utf-8")
        aliased = aliased.replace("slug: edi", "slug: &edi edi").replace("name: EDI", "name: *edi")
        (folder / "contacts.yml").write_text(aliased, encoding="utf-8")
        desk.publish(Kind.CONTACTS, "edi", name="Another name")
        with pytest.raises(ExportRefusedError, match=r"Nothing was exported[^\n]*\ncontacts\.yml"):
            plan_catalogue(catalogue, folder)

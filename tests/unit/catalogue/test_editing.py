"""Editing an entry: what members see, what stays, and what is refused. Two editors at once: tests/migrations."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.editing import CatalogueEditor, Vouching
from assistant.catalogue.entry_checks import needs_check
from assistant.catalogue.errors import EditedMeanwhileError, EntryNotFoundError, EntryRefusedError, OwnerMissingError
from assistant.catalogue.kinds import Content, Kind, Place
from assistant.catalogue.loader import load_catalogue
from assistant.catalogue.models import Contact, Offer, Person, Revision, RevisionState, Topic
from assistant.catalogue.offers import find_offer
from assistant.catalogue.reminders import CHECK_DAYS, count_due, is_due, list_due
from assistant.catalogue.revisions import find_content, read_history
from assistant.catalogue.signposts import Signpost, in_force, read_signposts
from assistant.staff.models import Staff
from tests.unit.catalogue.conftest import REAL_FILES

TODAY = date(2026, 11, 28)
LFHII = Place(Kind.OFFERS, "lfhii")
CHECKED = Vouching("The owner told us.", is_checked=True)
UNCHECKED = Vouching("Easier to read.", is_checked=False)


@pytest.fixture
def signposts() -> list[Signpost]:
    """Those of the file."""
    return read_signposts(REAL_FILES)


@pytest.fixture
def editor(catalogue: Session, signposts: list[Signpost]) -> CatalogueEditor:
    """For a member of staff who is there."""
    staff = Staff(email="eden@example.org", name="Eden Editor", role="editor")
    catalogue.add(staff)
    catalogue.flush()
    return CatalogueEditor(catalogue, staff.id, signposts, TODAY)


def basis(session: Session, place: Place) -> str:
    """What an edit that begins now is based on."""
    return read_history(session, place).basis


def content(session: Session, place: Place, **changes: Any) -> Content:
    """What members see of an entry, with changes."""
    found = find_content(session, place, in_force(session, read_signposts(REAL_FILES)))
    assert found is not None
    return {**{name: value for name, value in found.items() if name != "checked_on"}, **changes}


def edit(editor: CatalogueEditor, session: Session, place: Place, vouching: Vouching = CHECKED, **changes: Any) -> None:
    """Save a change and publish it."""
    editor.save(place, content(session, place, **changes), basis(session, place))
    editor.publish(place, basis(session, place), vouching)


def states(session: Session, place: Place) -> list[str]:
    """The states of an entry's revisions, newest first."""
    return [revision.state for revision in read_history(session, place).revisions]


class TestPublishing:
    def test_a_draft_changes_nothing_for_members(self, editor: CatalogueEditor, catalogue: Session) -> None:
        editor.save(LFHII, content(catalogue, LFHII, summary="New."), basis(catalogue, LFHII))
        assert catalogue.get_one(Offer, "lfhii").summary != "New."
        assert states(catalogue, LFHII) == ["draft", "published"]

    def test_what_is_published_is_left_alone_by_the_loader(self, editor: CatalogueEditor, catalogue: Session) -> None:
        edit(editor, catalogue, LFHII, UNCHECKED, summary="New.")
        assert load_catalogue(catalogue, REAL_FILES).kinds["offers"].kept == ["lfhii"]
        assert catalogue.get_one(Offer, "lfhii").summary == "New."

    def test_what_stood_there_before_is_kept_without_staff(self, editor: CatalogueEditor, catalogue: Session) -> None:
        old = catalogue.get_one(Offer, "lfhii").summary
        edit(editor, catalogue, LFHII, summary="New.")
        new, before = read_history(catalogue, LFHII).revisions
        assert (new.state, new.why, new.staff_id is not None) == ("published", "The owner told us.", True)
        assert (before.state, before.content["summary"], before.staff_id) == ("replaced", old, None)

    def test_what_the_files_said_at_that_moment_is_kept(self, editor: CatalogueEditor, catalogue: Session) -> None:
        editor.save(LFHII, content(catalogue, LFHII, summary="New."), basis(catalogue, LFHII))
        catalogue.get_one(Offer, "lfhii").details = "The files changed meanwhile."
        editor.publish(LFHII, basis(catalogue, LFHII), UNCHECKED)
        assert read_history(catalogue, LFHII).revisions[-1].content["details"] == "The files changed meanwhile."

    def test_an_earlier_version_comes_back_and_the_draft_goes_on_waiting(
        self, editor: CatalogueEditor, catalogue: Session
    ) -> None:
        old = catalogue.get_one(Offer, "lfhii").summary
        edit(editor, catalogue, LFHII, summary="New.")
        editor.save(LFHII, content(catalogue, LFHII, summary="Newer."), basis(catalogue, LFHII))
        first = read_history(catalogue, LFHII).revisions[-1]
        editor.put_back(LFHII, first.id, basis(catalogue, LFHII), UNCHECKED)
        assert catalogue.get_one(Offer, "lfhii").summary == old
        assert states(catalogue, LFHII) == ["published", "draft", "replaced", "replaced"]

    def test_only_an_earlier_version_of_the_same_entry_comes_back(
        self, editor: CatalogueEditor, catalogue: Session
    ) -> None:
        edit(editor, catalogue, LFHII, summary="New.")
        other = Place(Kind.OFFERS, "population-health")
        first = read_history(catalogue, LFHII).revisions[-1]
        with pytest.raises(EntryNotFoundError):
            editor.put_back(other, first.id, basis(catalogue, other), CHECKED)

    def test_an_offer_shows_its_new_contact_at_once(self, editor: CatalogueEditor, catalogue: Session) -> None:
        edit(editor, catalogue, LFHII, contact_slug="edi")
        offer = find_offer(catalogue, "lfhii")
        assert offer is not None and offer.contact is not None and offer.contact.slug == "edi"
        assert offer.verified_on == TODAY

    def test_both_sides_of_a_relation_change(self, editor: CatalogueEditor, catalogue: Session) -> None:
        other = Place(Kind.OFFERS, "population-health")
        edit(editor, catalogue, LFHII, UNCHECKED, related=["population-health"])
        assert catalogue.get_one(Offer, "population-health").related == ["lfhii"]
        assert states(catalogue, other) == ["published", "replaced"]
        edit(editor, catalogue, LFHII, UNCHECKED, related=[])
        assert catalogue.get_one(Offer, "population-health").related == []

    def test_the_other_sides_draft_changes_too(self, editor: CatalogueEditor, catalogue: Session) -> None:
        other = Place(Kind.OFFERS, "population-health")
        editor.save(other, content(catalogue, other, summary="Drafted."), basis(catalogue, other))
        edit(editor, catalogue, LFHII, UNCHECKED, related=["population-health"])
        editor.publish(other, basis(catalogue, other), UNCHECKED)
        assert catalogue.get_one(Offer, "lfhii").related == ["population-health"]
        assert catalogue.get_one(Offer, "population-health").summary == "Drafted."

    def test_a_draft_that_refers_to_what_is_gone_is_refused(self, editor: CatalogueEditor, catalogue: Session) -> None:
        place = editor.create(Kind.CONTACTS, {"name": "Team", "email": "team@nhsconfed.org", "phone": None})
        editor.publish(place, basis(catalogue, place), CHECKED)
        editor.save(LFHII, content(catalogue, LFHII, contact_slug="team"), basis(catalogue, LFHII))
        catalogue.delete(catalogue.get_one(Contact, "team"))
        with pytest.raises(EntryRefusedError) as refused:
            editor.publish(LFHII, basis(catalogue, LFHII), CHECKED)
        assert "contact_slug" in refused.value.problems


class TestNewEntries:
    def test_a_person_and_a_topic_come_last(self, editor: CatalogueEditor, catalogue: Session) -> None:
        made = {
            Person: editor.create(Kind.PEOPLE, {"name": "Zoë O'Neil", "role": "Lead", "note": None, "aliases": []}),
            Topic: editor.create(Kind.TOPICS, {"title": "New", "answer": "Yes.", "people": [], "grounding": "ours"}),
        }
        assert [place.slug for place in made.values()] == ["zoe-oneil", "new-2"]
        for table, place in made.items():
            editor.publish(place, basis(catalogue, place), UNCHECKED)
            last = catalogue.scalars(select(table).order_by(table.position.desc())).first()
            assert last is not None and last.slug == place.slug

    def test_a_name_that_is_taken_gets_a_number(self, editor: CatalogueEditor) -> None:
        person = {"name": "Habib Naqvi", "role": "Director", "note": None, "aliases": []}
        assert [editor.create(Kind.PEOPLE, person).slug for _ in range(2)] == ["habib-naqvi-2", "habib-naqvi-3"]

    def test_a_discarded_one_was_never_there(self, editor: CatalogueEditor, catalogue: Session) -> None:
        place = editor.create(Kind.PEOPLE, {"name": "Ada", "role": "Lead", "note": None, "aliases": []})
        editor.discard(place, basis(catalogue, place))
        assert find_content(catalogue, place, []) is None
        assert states(catalogue, place) == [RevisionState.DISCARDED.value]

    def test_what_does_not_exist_cannot_be_edited(self, editor: CatalogueEditor) -> None:
        with pytest.raises(EntryNotFoundError):
            editor.save(Place(Kind.PEOPLE, "nobody"), {"name": "Nobody"}, "-0")


class TestRefusals:
    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"summary": "x" * 201}, "summary"),
            ({"name": ""}, "name"),
            ({"stages": []}, "stages"),
            ({"stages": ["begin"]}, "stages"),
            ({"tier": "gold"}, "tier"),
            ({"contact_slug": "nobody"}, "contact_slug"),
            ({"source_slug": "nothing"}, "source_slug"),
            ({"related": ["lfhii"]}, "related"),
            ({"related": ["nothing"]}, "related"),
            ({"aliases": ["one", "One"]}, "aliases"),
            ({"parts": [{"name": "", "aliases": []}]}, "parts"),
            ({"nations": ["Scotland"]}, "nations"),
            ({"summary": "nul\0"}, "summary"),
        ],
    )
    def test_the_rules_of_the_files_hold(
        self, editor: CatalogueEditor, catalogue: Session, changes: Content, field: str
    ) -> None:
        with pytest.raises(EntryRefusedError) as refused:
            editor.save(LFHII, content(catalogue, LFHII, **changes), basis(catalogue, LFHII))
        assert list(refused.value.problems) == [field]
        assert catalogue.scalars(select(Revision)).all() == []

    @pytest.mark.parametrize("why", ["", " \n", "x" * 501])
    def test_a_reason_is_due(self, editor: CatalogueEditor, catalogue: Session, why: str) -> None:
        with pytest.raises(EntryRefusedError) as refused:
            edit(editor, catalogue, LFHII, Vouching(why, is_checked=True), summary="New.")
        assert list(refused.value.problems) == ["why"]

    @pytest.mark.parametrize(
        "changes",
        [
            {"contact_slug": "edi"},
            {"details": "Write to somebody@example.org."},
            {"details": "See www.example.org"},
            {"summary": "See https://example.org"},
            {"details": "Ring 020 7799 6666."},
            {"parts": [{"name": "Ring 020 7799 6667", "aliases": []}]},
        ],
    )
    def test_nobody_adds_a_contact_without_having_checked_it(
        self, editor: CatalogueEditor, catalogue: Session, changes: Content
    ) -> None:
        with pytest.raises(EntryRefusedError) as refused:
            edit(editor, catalogue, LFHII, UNCHECKED, **changes)
        assert list(refused.value.problems) == ["checked"]

    def test_what_was_there_before_needs_no_check(self) -> None:
        before = {"details": "Write to a@example.org.", "contact_slug": "edi"}
        assert not needs_check(Kind.OFFERS, {**before, "summary": "Since 2022-11."}, before)
        assert not needs_check(Kind.OFFERS, {**before, "contact_slug": None}, before)

    def test_an_edit_that_is_based_on_something_older_is_refused(
        self, editor: CatalogueEditor, catalogue: Session
    ) -> None:
        opened = basis(catalogue, LFHII)
        edit(editor, catalogue, LFHII, summary="By somebody else.")
        with pytest.raises(EditedMeanwhileError):
            editor.save(LFHII, content(catalogue, LFHII, summary="Mine."), opened)


class TestChecks:
    @pytest.mark.parametrize(("days", "expected"), [(0, False), (CHECK_DAYS, False), (CHECK_DAYS + 1, True)])
    def test_a_check_holds_for_six_months(self, catalogue: Session, days: int, expected: bool) -> None:
        last = TODAY - timedelta(days=days)
        assert is_due(last, TODAY) is expected
        catalogue.get_one(Contact, "edi").verified_on = last
        catalogue.flush()
        assert (count_due(catalogue, Contact, TODAY) == 3) is expected

    def test_what_was_never_checked_is_due_and_what_is_off_is_not(self, catalogue: Session) -> None:
        catalogue.get_one(Offer, "lfhii").active = False
        due = list_due(catalogue, read_signposts(REAL_FILES), TODAY)
        assert len(due) == 6 + 3 + 18
        assert count_due(catalogue, Offer, TODAY) == 18
        assert not due[0].has_owner

    def test_a_checked_offer_still_follows_the_files(self, editor: CatalogueEditor, catalogue: Session) -> None:
        editor.confirm(LFHII)
        report = load_catalogue(catalogue, REAL_FILES).kinds["offers"]
        assert "lfhii" in report.unchanged
        assert catalogue.get_one(Offer, "lfhii").verified_on == TODAY

    @pytest.mark.parametrize(
        "place", [Place(Kind.PEOPLE, "habib-naqvi"), Place(Kind.OFFERS, "nothing"), Place(Kind.SIGNPOSTS, "nothing")]
    )
    def test_nothing_else_is_checked(self, editor: CatalogueEditor, place: Place) -> None:
        with pytest.raises(EntryNotFoundError):
            editor.confirm(place)


class TestSignposts:
    PLACE = Place(Kind.SIGNPOSTS, "samaritans")

    def test_a_published_one_takes_the_place_of_the_files(
        self, editor: CatalogueEditor, catalogue: Session, signposts: list[Signpost]
    ) -> None:
        edit(editor, catalogue, self.PLACE, phone="116 124", owner="Head of wellbeing")
        found = {post.slug: post for post in in_force(catalogue, signposts)}
        assert (found["samaritans"].way, found["samaritans"].checked_on) == ("116 124", TODAY)
        assert [post.slug for post in in_force(catalogue, signposts)] == [post.slug for post in signposts]

    def test_a_draft_or_one_that_cannot_be_read_does_not(
        self, editor: CatalogueEditor, catalogue: Session, signposts: list[Signpost]
    ) -> None:
        values = content(catalogue, self.PLACE, phone="116 124", owner="Head of wellbeing")
        editor.save(self.PLACE, values, basis(catalogue, self.PLACE))
        assert in_force(catalogue, signposts) == signposts
        editor.publish(self.PLACE, basis(catalogue, self.PLACE), CHECKED)
        published = read_history(catalogue, self.PLACE).published
        assert published is not None
        published.content = {"slug": "samaritans"}
        assert in_force(catalogue, signposts) == signposts

    def test_it_is_confirmed_as_it_is_once_it_has_an_owner(
        self, editor: CatalogueEditor, catalogue: Session, signposts: list[Signpost]
    ) -> None:
        with pytest.raises(OwnerMissingError):
            editor.confirm(self.PLACE)
        edit(editor, catalogue, self.PLACE, owner="Head of wellbeing")
        later = CatalogueEditor(catalogue, editor._staff_id, in_force(catalogue, signposts), TODAY + timedelta(days=80))
        later.confirm(self.PLACE)
        found = next(post for post in in_force(catalogue, signposts) if post.slug == "samaritans")
        assert found.checked_on == TODAY + timedelta(days=80)

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"phone": "ring us"}, "phone"),
            ({"owner": ""}, "owner"),
            ({"text": "SHOUT to 85258"}, ""),
            ({"name": "See nationalguardian.org.uk"}, ""),
        ],
    )
    def test_the_rules_of_the_file_hold(
        self, editor: CatalogueEditor, catalogue: Session, changes: Content, field: str
    ) -> None:
        values = content(catalogue, self.PLACE, **{"owner": "Head of wellbeing", **changes})
        with pytest.raises(EntryRefusedError) as refused:
            editor.save(self.PLACE, values, basis(catalogue, self.PLACE))
        assert list(refused.value.problems) == [field]

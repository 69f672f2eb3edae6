"""The catalogue's pages: from a draft to what members see, and back."""

import re
from collections.abc import Callable
from html import unescape

import httpx
import pytest

from assistant.catalogue.kinds import Kind, Place
from assistant.catalogue.models import Contact, Offer, Revision, RevisionState
from assistant.catalogue.revisions import read_history
from assistant.console.catalogue.fields import typed_values
from assistant.console.catalogue.shelf import Shelf
from assistant.db.base import Base, now
from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.models import Conversation, Enquiry, Group
from assistant.staff.models import AuditEntry
from assistant.staff.roles import Role
from tests.support.asker import Asker
from tests.support.staff import Desk

HOME = "/staff/catalogue"
OFFER = "race-health-observatory"  # what the fake engine answers with
SUMMARY = "Evidence about ethnicity and health, said <b>anew</b>."
WHY = "The old summary was hard to read."
PAGES = ["", "/due", "/health", f"/offers/{OFFER}", f"/offers/{OFFER}/health", "/people/habib-naqvi"]
PAGES += ["/topics/approach", "/contacts/edi", "/signposts/samaritans"]
FORMS = [f"/{kind}/new" for kind in ("offers", "people", "topics", "contacts")]
FORMS += [f"/offers/{OFFER}/edit", "/people/habib-naqvi/edit", "/topics/approach/edit", "/contacts/edi/edit"]
FORMS += ["/signposts/samaritans/edit"]


@pytest.fixture
def desk(app: object) -> EnquiryDesk:
    """The desk behind the app."""
    return app.state.desk  # type: ignore[attr-defined, no-any-return]


def fields_of(desk: EnquiryDesk, place: Place, **typed: str | list[str]) -> dict[str, str | list[str]]:
    """An entry's form as it comes, with some fields typed anew."""
    with desk.database.read() as session:
        entry = Shelf(session, desk).entry(place)
        content = entry.history.draft.content if entry.history.draft else entry.standing or {}
        return {**typed_values(place.kind, content), "basis": entry.history.basis, **typed}


def basis_in(page: httpx.Response) -> str:
    """What the form of a page is based on."""
    found = re.search(r'name="basis" value="([^"]*)"', page.text)
    assert found
    return unescape(found[1])


async def save_draft(editor: Desk, desk: EnquiryDesk, place: Place, **typed: str | list[str]) -> httpx.Response:
    """Type something into the form of an entry, and see the preview."""
    return await editor.post(f"{HOME}/{place.kind}/{place.slug}/edit", **fields_of(desk, place, **typed))


async def publish(editor: Desk, desk: EnquiryDesk, place: Place, **typed: str | list[str]) -> httpx.Response:
    """Save and publish."""
    page = await save_draft(editor, desk, place, **typed)
    assert page.status_code == 200
    return await editor.post(f"{HOME}/{place.kind}/{place.slug}/publish", basis=basis_in(page), why=WHY, checked="true")


class TestReading:
    @pytest.mark.parametrize("path", PAGES)
    async def test_whoever_reviews_sees_every_page(self, reviewer: Desk, path: str) -> None:
        assert (await reviewer.get(HOME + path)).status_code == 200

    @pytest.mark.parametrize("path", FORMS)
    async def test_only_an_editor_sees_forms(self, reviewer: Desk, editor: Desk, path: str) -> None:
        assert (await reviewer.get(HOME + path)).status_code == 403
        assert (await editor.get(HOME + path)).status_code == 200

    async def test_a_reviewer_sees_nothing_to_press(self, reviewer: Desk) -> None:
        page = await reviewer.get(f"{HOME}/offers/{OFFER}")
        assert "/edit" not in page.text and "I checked it today" not in page.text

    @pytest.mark.parametrize("path", ["/offers/nothing", "/offers/nothing/edit", "/offers/lfhii/draft", "/offers/No!"])
    async def test_what_does_not_exist_is_said_so(self, editor: Desk, path: str) -> None:
        assert (await editor.get(HOME + path)).status_code == 404


class TestPublishing:
    async def test_members_see_an_edit_at_once_and_no_more_after_it_is_undone(
        self, editor: Desk, desk: EnquiryDesk, asker: Asker
    ) -> None:
        place = Place(Kind.OFFERS, OFFER)
        before = await _summary(asker)
        page = await save_draft(editor, desk, place, summary=SUMMARY)
        assert "said &lt;b&gt;anew&lt;/b&gt;" in page.text
        assert await _summary(asker) == before
        page = await editor.post(f"{HOME}/offers/{OFFER}/publish", basis=basis_in(page), why=WHY)
        assert "Published." in page.text and "after the next training" in page.text and WHY in page.text
        assert await _summary(asker) == SUMMARY
        (version,) = re.findall(rf'"({HOME}/offers/{OFFER}/versions/\d+)"', page.text)
        basis = basis_in(await editor.get(version))
        page = await editor.post(version, basis=basis, why="It was better before.")
        assert "The earlier version is back." in page.text
        assert await _summary(asker) == before

    async def test_an_offer_that_is_switched_off_is_gone_for_members(
        self, editor: Desk, desk: EnquiryDesk, client: httpx.AsyncClient
    ) -> None:
        assert (await client.get("/api/offers/lfhii")).status_code == 200
        await publish(editor, desk, Place(Kind.OFFERS, "lfhii"), active="no")
        assert (await client.get("/api/offers/lfhii")).status_code == 404
        assert "Off" in (await editor.get(HOME)).text

    async def test_it_takes_a_reason(self, editor: Desk, desk: EnquiryDesk, database: Database) -> None:
        place = Place(Kind.OFFERS, OFFER)
        page = await save_draft(editor, desk, place, summary=SUMMARY)
        page = await editor.post(f"{HOME}/offers/{OFFER}/publish", basis=basis_in(page), why="  ")
        assert page.status_code == 422
        assert "Say in a sentence why" in page.text and 'href="#why"' in page.text
        assert _draft(database, place) is not None

    async def test_contact_data_takes_a_check_with_the_owner(self, editor: Desk, desk: EnquiryDesk) -> None:
        place = Place(Kind.CONTACTS, "edi")
        page = await save_draft(editor, desk, place, phone="020 7799 6666")
        page = await editor.post(f"{HOME}/contacts/edi/publish", basis=basis_in(page), why=WHY)
        assert page.status_code == 422 and "Check the contact with its owner first" in page.text
        assert WHY in page.text
        page = await publish(editor, desk, place)
        assert "Published." in page.text and "Check due" not in page.text

    async def test_every_act_is_recorded_without_what_was_typed(
        self, editor: Desk, desk: EnquiryDesk, database: Database
    ) -> None:
        await publish(editor, desk, Place(Kind.OFFERS, OFFER), summary=SUMMARY)
        with database.read() as session:
            entries = session.query(AuditEntry).order_by(AuditEntry.number).all()
        assert [(entry.act, entry.subject) for entry in entries] == [
            ("edited", f"offers:{OFFER}"),
            ("published", f"offers:{OFFER}"),
        ]
        assert SUMMARY not in str([entry.details for entry in entries])


class TestTwoEditors:
    async def test_neither_overwrites_the_other(
        self, sign_in: Callable[..., Desk], desk: EnquiryDesk, database: Database
    ) -> None:
        first, second = sign_in(Role.EDITOR, "a@example.org"), sign_in(Role.EDITOR, "b@example.org")
        place = Place(Kind.OFFERS, OFFER)
        opened = fields_of(desk, place)
        await first.post(f"{HOME}/offers/{OFFER}/edit", **{**opened, "summary": "By the first."})
        page = await second.post(f"{HOME}/offers/{OFFER}/edit", **{**opened, "summary": "By the second."})
        assert page.status_code == 409
        assert "Somebody else changed this entry" in page.text and "By the second." in page.text
        draft = _draft(database, place)
        assert draft is not None and draft.content["summary"] == "By the first."

    async def test_what_changed_since_the_preview_is_not_published(self, editor: Desk, desk: EnquiryDesk) -> None:
        place = Place(Kind.OFFERS, OFFER)
        seen = basis_in(await save_draft(editor, desk, place, summary="Seen."))
        await save_draft(editor, desk, place, summary="Not seen.")
        page = await editor.post(f"{HOME}/offers/{OFFER}/publish", basis=seen, why=WHY)
        assert page.status_code == 409


class TestForms:
    async def test_what_is_wrong_is_said_in_place_and_what_was_typed_is_kept(
        self, editor: Desk, desk: EnquiryDesk
    ) -> None:
        place = Place(Kind.OFFERS, OFFER)
        page = await save_draft(editor, desk, place, summary="long " * 60, name=" ", stages=[], short_name="Kept")
        assert page.status_code == 422
        assert "There is a problem" in page.text and "<title>Error: " in page.text
        assert "Summary: It has more than 200 characters. Shorten it." in page.text
        assert "Name: It is empty. Write something here." in page.text
        assert "Stages: Nothing is ticked. Tick at least one." in page.text
        assert 'value="Kept"' in page.text and "long long" in page.text

    async def test_an_address_that_another_contact_has_is_refused(self, editor: Desk, desk: EnquiryDesk) -> None:
        page = await save_draft(editor, desk, Place(Kind.CONTACTS, "edi"), email="carol.hill@nhsconfed.org")
        assert page.status_code == 422 and "has the same address" in page.text

    async def test_a_new_offer_gets_a_slug_from_its_name_and_comes_last(
        self, editor: Desk, desk: EnquiryDesk, database: Database
    ) -> None:
        fields = {**fields_of(desk, Place(Kind.OFFERS, OFFER)), "name": "Reverse mentoring", "short_name": "Mentoring"}
        page = await editor.post(f"{HOME}/offers/new", **fields)
        assert page.url.path == f"{HOME}/offers/mentoring/draft"
        assert "Not published" in (await editor.get(HOME)).text
        page = await editor.post(f"{HOME}/offers/mentoring/publish", basis=basis_in(page), why=WHY, checked="true")
        assert "Published." in page.text
        with database.read() as session:
            last = session.query(Offer).order_by(Offer.position.desc()).first()
            assert last is not None and (last.slug, last.name) == ("mentoring", "Reverse mentoring")

    async def test_a_draft_that_is_discarded_is_gone(self, editor: Desk, desk: EnquiryDesk, database: Database) -> None:
        place = Place(Kind.OFFERS, OFFER)
        page = await save_draft(editor, desk, place, summary=SUMMARY)
        page = await editor.post(f"{HOME}/offers/{OFFER}/discard", basis=basis_in(page))
        assert "The draft is discarded." in page.text
        assert _draft(database, place) is None

    async def test_the_question_of_a_group_stands_beside_a_new_offer(self, editor: Desk, database: Database) -> None:
        group = _add_group(database, "Is there <i>reverse</i> mentoring?")
        page = await editor.get(f"{HOME}/offers/new", **{"from": str(group)})
        assert "Is there &lt;i&gt;reverse&lt;/i&gt; mentoring?" in page.text
        with database.read() as session:
            assert session.query(AuditEntry).one().subject == f"group:{group}"

    @pytest.mark.parametrize("kind", ["disclosure", "crisis", "abuse"])
    async def test_nothing_told_in_need_stands_there(self, editor: Desk, database: Database, kind: str) -> None:
        group = _add_group(database, "What was told", kind)
        assert "What was told" not in (await editor.get(f"{HOME}/offers/new", **{"from": str(group)})).text

    @pytest.mark.parametrize("group", ["", "0", "999", "-1", "x", "9" * 40, "１"])
    async def test_without_a_group_the_form_stands_alone(self, editor: Desk, group: str) -> None:
        page = await editor.get(f"{HOME}/offers/new", **{"from": group})
        assert page.status_code == 200 and "leads the group" not in page.text


class TestChecks:
    async def test_a_check_is_kept_and_no_longer_due(self, editor: Desk, database: Database) -> None:
        page = await editor.post(f"{HOME}/contacts/edi/checked", then="due")
        assert "It is kept that you checked it today." in page.text and "contacts/edi" not in page.text
        with database.read() as session:
            contact = session.get_one(Contact, "edi")
            assert contact.verified_on is not None and contact.edited_at is None

    async def test_a_signpost_needs_an_owner_first(self, editor: Desk) -> None:
        page = await editor.post(f"{HOME}/signposts/samaritans/checked", then="due")
        assert page.status_code == 422 and "Nobody is named who confirms this signpost" in page.text


class TestSignposts:
    async def test_a_published_one_is_told_at_once_also_while_the_database_is_down(
        self, editor: Desk, desk: EnquiryDesk, asker: Asker, database: Database
    ) -> None:
        place = Place(Kind.SIGNPOSTS, "samaritans")
        page = await save_draft(editor, desk, place, phone="116 124", owner="Head of wellbeing")
        assert "116 124" in page.text
        page = await publish(editor, desk, place)
        assert "Published." in page.text
        Base.metadata.drop_all(database.engine)
        reply = await asker.asks("I want to kill myself")
        assert "116 124" in str(reply["replies"]) and reply["enquiry"] is None

    async def test_there_are_no_new_ones(self, editor: Desk) -> None:
        assert (await editor.post(f"{HOME}/signposts/new", name="Another")).status_code == 404


def _draft(database: Database, place: Place) -> Revision | None:
    with database.read() as session:
        draft = read_history(session, place).draft
        assert draft is None or draft.state == RevisionState.DRAFT.value
        return draft


async def _summary(asker: Asker) -> str:
    return str((await asker.asks("anything"))["offers"][0]["summary"])


def _add_group(database: Database, text: str, kind: str = "question") -> int:
    with database.write() as session:
        session.add(Conversation(id="c", channel="web", token_hash="h"))
        session.flush()
        session.add(Enquiry(reference="Q-1", conversation_id="c", channel="web", text=text))
        group = Group(leader="Q-1", kind=kind, first_at=now(), last_at=now())
        session.add(group)
        session.flush()
        return group.id

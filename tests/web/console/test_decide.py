"""Deciding on a group: its steps, what they refuse, and who comes second."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from assistant.catalogue.models import Example
from assistant.db.engine import Database
from assistant.enquiries.models import Group
from assistant.review.models import Decision
from assistant.staff.models import AuditEntry
from assistant.staff.roles import Role
from tests.support.asked import add_group
from tests.support.staff import Desk

QUESTIONS = ("Does the framework have seminars in Leeds for [name]?", "any framework seminars?")


@pytest.fixture
def number(database: Database) -> int:
    """A group of two questions."""
    with database.write() as session:
        return add_group(session, *QUESTIONS, label="offer/lfhii")[0]


def group_of(database: Database, number: int) -> Group:
    with database.read() as session:
        return session.get_one(Group, number)


def examples_of(database: Database) -> list[tuple[str, str, str]]:
    with database.read() as session:
        return [(each.text, each.label, each.state) for each in session.scalars(select(Example).order_by(Example.id))]


class TestFirstStep:
    async def test_it_chooses_what_the_model_suggests(self, reviewer: Desk, number: int) -> None:
        page = (await reviewer.get(f"/staff/groups/{number}/decide")).text
        assert re.search(r'<option value="offer/lfhii" selected>', page) and "62% sure" in page
        assert re.search(r'value="label"\s+checked', page)
        assert f"/staff/catalogue/offers/new?from={number}" in page

    async def test_seeing_it_is_recorded(self, reviewer: Desk, number: int, database: Database) -> None:
        await reviewer.get(f"/staff/groups/{number}/decide")
        with database.read() as session:
            entry = session.scalars(select(AuditEntry)).one()
            assert (entry.act, entry.subject, entry.details) == ("viewed", f"group:{number}", {"enquiries": 2})

    async def test_words_are_text_and_no_markup(self, reviewer: Desk, database: Database) -> None:
        with database.write() as session:
            number, _ = add_group(session, "<script>alert(1)</script>", "<img src=x>")
        page = (await reviewer.get(f"/staff/groups/{number}/decide")).text
        assert "<script>alert" not in page and "&lt;script&gt;alert" in page and "<img src=x" not in page

    @pytest.mark.parametrize(
        ("fields", "fault"),
        [
            ({}, "Choose what to do"),
            ({"kind": "known"}, "Choose what to do"),
            ({"kind": "reopen"}, "Choose what to do"),
            ({"kind": "label"}, "Choose the offer, topic or person"),
            ({"kind": "label", "label": "offer/none"}, "Choose the offer, topic or person"),
            ({"kind": "wait", "note": " "}, "Say what it waits for"),
            ({"kind": "dismiss", "scope": "ticked"}, "Tick at least one question"),
        ],
    )
    async def test_it_says_what_is_missing(
        self, reviewer: Desk, number: int, database: Database, fields: dict[str, str], fault: str
    ) -> None:
        response = await reviewer.post(f"/staff/groups/{number}/decide", version="0", **fields)
        assert response.status_code == 422 and fault in response.text and "There is a problem" in response.text
        assert group_of(database, number).version == 0

    @pytest.mark.parametrize(
        ("fields", "state"),
        [
            ({"kind": "dismiss"}, "closed"),
            ({"kind": "wait", "note": "for estates"}, "waiting"),
        ],
    )
    async def test_it_decides_at_once_what_needs_no_further_step(
        self, reviewer: Desk, number: int, database: Database, fields: dict[str, str], state: str
    ) -> None:
        response = await reviewer.post(f"/staff/groups/{number}/decide", version="0", **fields)
        assert response.status_code == 200 and "Robin Reviewer" in response.text
        assert group_of(database, number).state == state

    async def test_there_is_none_for_a_group_that_is_none(self, reviewer: Desk) -> None:
        assert (await reviewer.get("/staff/groups/999/decide")).status_code == 404

    async def test_nothing_is_taught_where_care_is_due(self, reviewer: Desk, database: Database) -> None:
        with database.write() as session:
            number, _ = add_group(session, None, kind="disclosure")
        page = (await reviewer.get(f"/staff/groups/{number}/decide")).text
        assert "Care is due" in page and 'value="label"' not in page and 'value="answer"' in page
        refused = await reviewer.post(f"/staff/groups/{number}/decide", version="0", kind="label", label="offer/lfhii")
        assert refused.status_code == 422


class TestTeaching:
    async def test_its_sentences_are_offered_for_editing(self, reviewer: Desk, number: int) -> None:
        page = await reviewer.post(
            f"/staff/groups/{number}/decide", version="0", scope="group", kind="label", label="offer/lfhii"
        )
        assert page.status_code == 200 and all(question in page.text for question in QUESTIONS)
        assert page.text.count('name="example"') == 3

    async def test_only_those_ticked_are_offered(self, reviewer: Desk, database: Database) -> None:
        with database.write() as session:
            number, references = add_group(session, *QUESTIONS)
        page = await reviewer.post(
            f"/staff/groups/{number}/decide",
            version="0", scope="ticked", enquiry=references[1:], kind="out_of_scope",
        )  # fmt: skip
        assert QUESTIONS[0] not in page.text and QUESTIONS[1] in page.text and "Not our subject" in page.text

    async def test_clean_sentences_are_proposed_and_the_group_is_closed(
        self, reviewer: Desk, number: int, database: Database
    ) -> None:
        response = await reviewer.post(
            f"/staff/groups/{number}/decide/teach",
            version="0", kind="label", label="offer/lfhii",
            example=["does the framework have seminars in the north", "any framework seminars?", ""],
        )  # fmt: skip
        assert response.status_code == 200 and "2 examples proposed" in response.text
        assert examples_of(database) == [
            ("does the framework have seminars in the north", "offer/lfhii", "proposed"),
            ("any framework seminars?", "offer/lfhii", "proposed"),
        ]
        assert group_of(database, number).closed_as == "label"

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("seminars for [name]", "Write something else in place of [name]"),
            ("send it to ade@example.com", "This looks like personal data: [email]"),
            ("LFHII", "The model is taught this sentence already"),
        ],
    )
    async def test_what_is_not_clean_is_refused_and_kept_for_editing(
        self, reviewer: Desk, number: int, database: Database, text: str, fault: str
    ) -> None:
        response = await reviewer.post(
            f"/staff/groups/{number}/decide/teach",
            version="0", kind="label", label="offer/lfhii", example=["any seminars planned", text],
        )  # fmt: skip
        assert response.status_code == 422 and fault in response.text
        assert 'href="#example-1"' in response.text and "any seminars planned" in response.text
        assert text in response.text
        assert examples_of(database) == [] and group_of(database, number).state == "open"

    async def test_undoing_withdraws_them(self, reviewer: Desk, number: int, database: Database) -> None:
        await reviewer.post(
            f"/staff/groups/{number}/decide/teach", version="0", kind="label", label="offer/lfhii", example=["a b c"]
        )
        with database.read() as session:
            decision = session.scalars(select(Decision)).one()
        page = await reviewer.post(f"/staff/groups/{number}/decisions/{decision.id}/undo", version="1")
        assert page.status_code == 200 and "Undone" in page.text
        assert examples_of(database) == [("a b c", "offer/lfhii", "withdrawn")]
        assert group_of(database, number).state == "open"

    async def test_a_later_step_is_not_reached_by_its_address(self, reviewer: Desk, number: int) -> None:
        page = await reviewer.get(f"/staff/groups/{number}/decide/teach")
        assert page.url.path == f"/staff/groups/{number}/decide" and page.status_code == 200


class TestTwoReviewers:
    async def test_who_comes_second_hears_what_was_decided_and_keeps_what_they_typed(
        self, sign_in: Callable[..., Desk], number: int, database: Database
    ) -> None:
        first, second = sign_in(Role.REVIEWER), sign_in(Role.EDITOR)
        path = f"/staff/groups/{number}/decide"
        await first.post(path, version="0", kind="dismiss")
        late = await second.post(path, version="0", kind="wait", note="for the north team")
        assert late.status_code == 409
        assert "Robin Reviewer dismissed it. Nothing of yours was saved." in late.text
        assert "for the north team" in late.text
        assert group_of(database, number).closed_as == "dismiss"
        # Having read that, they may still decide.
        assert 'name="version" value="1"' in late.text
        again = await second.post(path, version="1", kind="wait", note="for the north team")
        assert again.status_code == 200 and group_of(database, number).state == "waiting"

    @pytest.mark.parametrize("step", ["teach", "answer"])
    async def test_the_later_steps_are_as_careful(
        self, sign_in: Callable[..., Desk], number: int, database: Database, step: str
    ) -> None:
        first, second = sign_in(Role.REVIEWER), sign_in(Role.EDITOR)
        await first.post(f"/staff/groups/{number}/decide", version="0", kind="dismiss")
        fields = {"kind": "label", "label": "offer/lfhii", "example": "my own words", "text": "my own words"}
        late = await second.post(f"/staff/groups/{number}/decide/{step}", version="0", do="send", **fields)
        assert late.status_code == 409 and "Robin Reviewer dismissed it" in late.text
        assert step == "answer" or "my own words" in late.text  # nobody waits here, so no answer can be written
        assert examples_of(database) == []

    async def test_undoing_needs_the_version_that_was_seen_too(self, reviewer: Desk, number: int) -> None:
        await reviewer.post(f"/staff/groups/{number}/decide", version="0", kind="dismiss")
        response = await reviewer.post(f"/staff/groups/{number}/decisions/1/undo", version="0")
        assert response.status_code == 409 and "dismissed it" in response.text

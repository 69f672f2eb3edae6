"""The pages of the record of acts."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.review.weeks import day_of
from assistant.settings import Settings
from assistant.staff.anchor import FILE, move_anchor
from assistant.staff.audit import Act, record
from assistant.staff.reading import PAGE
from tests.support.staff import Desk

RECORD = "/staff/record"
DAY = timedelta(days=1)


@pytest.fixture
def acts(database: Database, admin: Desk) -> Database:
    """With a few acts on record."""
    with database.write() as session:
        record(session, Act.VIEWED, admin.colleague.id, "group:12", {"enquiries": 3})
        record(
            session, Act.EXPORTED, admin.colleague.id, "figures:4", {"reason": "<b>The board</b>", "with_text": True}
        )
        record(session, Act.SIGN_IN_FAILED, None, "sign-in", {"references": ["ENQ-2222-2222", "ENQ-3333-3333"]})
    return database


def tamper(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_entries_no_update"))
        connection.execute(text("UPDATE audit_entries SET subject = 'group:13' WHERE number = 1"))


class TestPages:
    async def test_before_anything_was_done_it_says_so(self, admin: Desk) -> None:
        assert "Nothing was done yet" in (await admin.get(RECORD)).text

    async def test_it_shows_who_did_what(self, admin: Desk, acts: Database) -> None:
        _, _, page = (await admin.get(RECORD)).text.partition("Entries, newest first")
        for words in ("group:12", "Ada Admin", "Sign in failed", "enquiries: 3", "with text: yes", "ENQ-3333-3333"):
            assert words in page
        assert page.index("sign-in") < page.index("figures:4") < page.index("group:12")

    async def test_what_somebody_typed_is_text(self, admin: Desk, acts: Database) -> None:
        assert "&lt;b&gt;The board" in (await admin.get(RECORD)).text

    @pytest.mark.parametrize(
        ("asked", "shown"),
        [
            ({"act": "viewed"}, {"group:12"}),
            ({"subject": " group:12 "}, {"group:12"}),
            ({"act": "viewed", "subject": "figures:4"}, set()),
            ({"since": day_of(now()).isoformat(), "until": day_of(now()).isoformat()}, {"group:12", "figures:4"}),
            ({"until": (day_of(now()) - DAY).isoformat()}, set()),
            ({"since": (day_of(now()) + DAY).isoformat()}, set()),
            ({"who": "999999999999999999999"}, {"group:12", "figures:4"}),
            ({"subject": "\0"}, {"group:12", "figures:4"}),
        ],
    )
    async def test_it_is_narrowed_down(
        self, admin: Desk, acts: Database, asked: dict[str, str], shown: set[str]
    ) -> None:
        page = await admin.get(RECORD, **asked)
        assert page.status_code == 200
        _, _, entries = page.text.partition("Entries, newest first")
        assert {name for name in ("group:12", "figures:4") if name in entries} == shown

    async def test_it_shows_the_acts_of_one(self, admin: Desk, acts: Database) -> None:
        page = (await admin.get(RECORD, who=str(admin.colleague.id))).text
        assert "enquiries: 3" in page and "ENQ-3333-3333" not in page

    async def test_a_day_that_is_none_is_said(self, admin: Desk) -> None:
        page = await admin.get(RECORD, since="yesterday", until="9999-12-31")
        assert (
            page.status_code == 422 and "Write the first day as a day" in page.text and 'value="yesterday"' in page.text
        )

    async def test_it_has_pages(self, admin: Desk, database: Database) -> None:
        with database.write() as session:
            for number in range(PAGE + 1):
                record(session, Act.VIEWED, admin.colleague.id, f"group:{number}")
        first = await admin.get(RECORD, act="viewed")
        assert "act=viewed&amp;before=2" in first.text
        last = await admin.get(RECORD, act="viewed", before="2")
        assert "group:0" in last.text and "Newest" in last.text and "Older" not in last.text


class TestCheck:
    async def test_a_record_that_is_whole(self, admin: Desk, acts: Database, settings: Settings) -> None:
        page = (await admin.get(f"{RECORD}/check")).text
        assert "All 3 entries are as they were written" in page and "every ten minutes" in page
        with acts.read() as session:
            move_anchor(session, settings.var_folder, now())
        assert "vouched for from outside" in (await admin.get(f"{RECORD}/check")).text
        assert "it held together up to entry 3" in (await admin.get(RECORD)).text

    async def test_a_record_that_was_changed(self, admin: Desk, acts: Database) -> None:
        tamper(acts)
        page = (await admin.get(f"{RECORD}/check")).text
        assert "The record was changed from outside" in page and "Entry 1 is not as it was written" in page

    async def test_an_anchor_that_cannot_be_read(self, admin: Desk, acts: Database, settings: Settings) -> None:
        settings.var_folder.mkdir()
        (settings.var_folder / FILE).write_text("{}", encoding="utf-8")
        assert "group:12" in (await admin.get(RECORD)).text
        page = await admin.get(f"{RECORD}/check")
        assert page.status_code == 422 and "cannot be read" in page.text

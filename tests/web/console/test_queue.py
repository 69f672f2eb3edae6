"""The pages of the queue as a reviewer uses them, and what is written down of it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.models import Enquiry, Group, Reason
from assistant.review import groups, queue
from assistant.review.models import Decision
from assistant.review.sorting import Sorter
from assistant.staff.models import AuditEntry
from assistant.staff.roles import Role
from tests.support.held import change, row
from tests.support.queued import ask, encode_words
from tests.support.staff import Desk

PARKING = "Where can I park?"


async def sort(database: Database) -> None:
    """Sort all that waits."""
    await Sorter(database, encode_words).go_round()


def acts(database: Database) -> list[tuple[str, str, object]]:
    """What was written down, in order."""
    with database.read() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.number))
        return [(entry.act, entry.subject, entry.details) for entry in entries]


def headings(page: str) -> list[str]:
    """The caption of a group's page and its heading, without markup."""
    found = re.search(r"<h1>(.*?</span>)\s*(<span class=\"group-heading\"[^>]*>.*?)</h1>", page, re.DOTALL)
    assert found
    return [" ".join(re.sub(r"<[^>]+>", "", part).split()) for part in found.groups()]


class TestList:
    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("", "Nothing waits for you."),
            ("?state=waiting", "No group waits for something."),
            ("?state=closed", "No group is closed yet."),
            ("?words=parking", "Nothing was found."),
            ("?reason=handoff", "No group fits these filters."),
        ],
    )
    async def test_an_empty_one_says_what_to_do(self, reviewer: Desk, query: str, words: str) -> None:
        page = await reviewer.get(f"/staff/queue{query}")
        assert page.status_code == 200 and words in page.text

    async def test_it_shows_why_each_group_is_there(self, reviewer: Desk, database: Database) -> None:
        for _ in range(2):
            ask(database, PARKING, at=now() - timedelta(days=3), state="open")
        await sort(database)
        change(database, Group, 1, label="offer/lfhii", confidence=0.7)
        page = (await reviewer.get("/staff/queue")).text
        for words in (PARKING, "Not understood (2)", "Left for a person (2)", "2 askers", "2 wait for an answer"):
            assert words in page
        assert "3 days ago" in page and "Assigned to nobody" in page and "(fairly sure)" in page
        assert "Open (1)" in page

    async def test_who_may_be_in_danger_stands_first_and_is_counted_above(
        self, reviewer: Desk, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(queue, "PAGE", 1)
        for _ in range(3):
            ask(database, PARKING)
        ask(database, None, Reason.HANDOFF, outcome="crisis", at=now() - timedelta(days=1), state="open")
        ask(database, None, Reason.HANDOFF, outcome="disclosure", at=now() - timedelta(days=9), state="open")
        await sort(database)
        page = (await reviewer.get("/staff/queue")).text
        assert page.count("Read first\n") == 1 and "a life may have been in danger" in page and PARKING not in page
        assert "<strong>2 people</strong> may be in danger or told of something that happened: read these first" in page
        following = re.search(r'href="([^"]*after=[^"]*~urgent)"', page)
        assert following
        page = (await reviewer.get(following[1].replace("&amp;", "&"))).text
        assert "somebody told of racism" in page
        found = re.search(r'<a href="([^"]+)"><strong>2 people', page)
        assert found
        page = (await reviewer.get(found[1])).text
        assert "read these first" not in page and 'value="urgent" selected' in page and "Next page" in page

    async def test_nobody_in_danger_means_no_line_about_it(self, reviewer: Desk, database: Database) -> None:
        ask(database, PARKING)
        await sort(database)
        page = (await reviewer.get("/staff/queue")).text
        assert "in danger or told" not in page and "Read first\n" not in page

    async def test_what_a_member_wrote_is_no_markup(self, reviewer: Desk, database: Database) -> None:
        ask(database, "<script>alert(1)</script>")
        await sort(database)
        for path in ("/staff/queue", "/staff/groups/1"):
            page = (await reviewer.get(path)).text
            assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page

    @pytest.mark.parametrize(
        "query",
        ["state=x&reason=y&kind=z&order=q", "assignee=-1", "days=1000000000", "after=1~x~2", "after=1~2026-01-01~2"]
        + [
            "after=9~2026-13-01T00:00:00+00:00~1",
            "words=%00",
            "words=%F0%9F%98%80%ED%A0%80",
            "state=any",
            "channel=%27",
        ],
    )
    async def test_what_cannot_be_read_counts_as_not_said(self, reviewer: Desk, database: Database, query: str) -> None:
        ask(database, PARKING)
        await sort(database)
        assert (await reviewer.get(f"/staff/queue?{query}")).status_code == 200

    async def test_the_next_page_goes_on(
        self, reviewer: Desk, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(queue, "PAGE", 1)
        for text in (PARKING, "When is lunch?"):
            ask(database, text)
        await sort(database)
        first = await reviewer.get("/staff/queue?order=newest")
        following = re.search(r'href="([^"]*after=[^"]*)"', first.text)
        assert following and "lunch" in first.text and PARKING not in first.text
        second = await reviewer.get(following[1].replace("&amp;", "&"))
        assert PARKING in second.text and "Next page" not in second.text and "First page" in second.text

    async def test_looking_is_recorded_and_a_search_without_its_words(self, reviewer: Desk, database: Database) -> None:
        ask(database, PARKING)
        await sort(database)
        await reviewer.get("/staff/queue")
        await reviewer.get("/staff/queue", words="park")
        assert acts(database) == [
            ("viewed", "queue", {"groups": [1]}),
            ("searched", "queue", {"groups": [1]}),
        ]


class TestGroup:
    async def test_there_may_be_none(self, reviewer: Desk) -> None:
        assert (await reviewer.get("/staff/groups/77")).status_code == 404
        assert (await reviewer.get("/staff/groups/99999999999")).status_code == 404

    async def test_it_explains_what_is_together(self, reviewer: Desk, database: Database) -> None:
        ask(database, "Where can I park my car at the office")
        ask(database, "Where can I park my bike at the office", Reason.NOT_USEFUL, outcome="offer", state="open")
        await sort(database)
        page = (await reviewer.get("/staff/groups/1")).text
        assert "Why these are together" in page and re.search(r"8\d% alike:", page)
        for words in ("leads this group", "waits for an answer", "Marked not useful", "I do not know that."):
            assert words in page
        assert 'href="/staff/groups/1/decide"' in page

    async def test_it_is_headed_with_its_question(self, reviewer: Desk, database: Database) -> None:
        ask(database, "Where can I\npark <my> car?")
        await sort(database)
        page = (await reviewer.get("/staff/groups/1")).text
        heading = "Where can I park &lt;my&gt; car?"
        assert headings(page) == ["Group 1 Open", heading] and f"<title>{heading} – Group 1 – " in page

    async def test_a_long_question_is_cut_at_a_word_and_stands_whole_below(
        self, reviewer: Desk, database: Database
    ) -> None:
        long = "Our board asks where it can park, " * 5
        ask(database, long)
        await sort(database)
        page = (await reviewer.get("/staff/groups/1")).text
        heading = headings(page)[1]
        assert len(heading) <= 90 and heading.endswith(" asks where…") and long.startswith(heading[:-1])
        assert page.count(long.strip()) >= 2

    @pytest.mark.parametrize("kind", ["disclosure", "crisis", "abuse"])
    async def test_where_care_is_due_its_heading_tells_nothing(
        self, reviewer: Desk, database: Database, kind: str
    ) -> None:
        ask(database, "They hurt me.", Reason.HANDOFF, outcome=kind)
        await sort(database)
        page = (await reviewer.get("/staff/groups/1")).text
        assert headings(page)[1].startswith("A message ") and "hurt" not in headings(page)[1] + page[: page.find("<h1")]

    async def test_it_shows_what_was_decided_and_by_whom(self, reviewer: Desk, database: Database) -> None:
        ask(database, PARKING)
        await sort(database)
        with database.write() as session:
            session.add(Decision(group_id=1, staff_id=reviewer.colleague.id, kind="wait", note="Asking <facilities>."))
            session.add(Decision(group_id=1, kind="known", note="Now answered by Parking."))
        page = (await reviewer.get("/staff/groups/1")).text
        assert "Asking &lt;facilities&gt;." in page and "Set to wait" in page and "the assistant" in page

    async def test_looking_at_it_is_recorded(self, reviewer: Desk, database: Database) -> None:
        reference = ask(database, PARKING)
        await sort(database)
        await reviewer.get("/staff/groups/1")
        assert acts(database) == [("viewed", "group:1", {"enquiries": [reference]})]

    async def test_many_enquiries_have_pages(
        self, reviewer: Desk, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(groups, "PAGE", 1)
        for _ in range(7):
            ask(database, PARKING)
        await sort(database)
        page = (await reviewer.get("/staff/groups/1?page=4")).text
        assert [f'href="?page={number}"' in page for number in range(1, 8)] == [True, False, *[True] * 3, False, True]
        for end in (1, 7):
            assert (await reviewer.get(f"/staff/groups/1?page={end}")).status_code == 200

    async def test_words_that_are_gone_are_said_to_be(self, reviewer: Desk, database: Database) -> None:
        reference = ask(database, PARKING)
        await sort(database)
        change(database, Group, 1, leader=None, vector=None)
        change(database, Enquiry, reference, text=None)
        for path in ("/staff/queue", "/staff/groups/1"):
            assert "no longer kept" in (await reviewer.get(path)).text


class TestAssigning:
    async def test_to_oneself_from_the_list(self, reviewer: Desk, database: Database) -> None:
        ask(database, PARKING)
        await sort(database)
        page = await reviewer.post("/staff/groups/1/assign", version="0", assignee="me", back="words=park")
        assert page.url.path == "/staff/queue" and "Group 1 is assigned to Robin Reviewer." in page.text
        assert ("assigned", "group:1", {"assignee": reviewer.colleague.id}) in acts(database)

    async def test_to_somebody_else_and_to_nobody(
        self, reviewer: Desk, database: Database, sign_in: Callable[..., Desk]
    ) -> None:
        ask(database, PARKING)
        await sort(database)
        ada = sign_in(Role.ADMIN)
        page = await reviewer.post("/staff/groups/1/assign", version="0", assignee=str(ada.colleague.id))
        assert page.url.path == "/staff/groups/1" and "assigned to Ada Admin" in page.text
        page = await reviewer.post("/staff/groups/1/assign", version="1", assignee="nobody")
        assert "assigned to nobody" in page.text

    async def test_not_after_somebody_else_did(self, reviewer: Desk, database: Database) -> None:
        ask(database, PARKING)
        await sort(database)
        await reviewer.post("/staff/groups/1/assign", version="0", assignee="me")
        page = await reviewer.post("/staff/groups/1/assign", version="0", assignee="nobody")
        assert page.status_code == 409 and "Somebody else changed this group" in page.text
        assert row(database, Group, 1).assignee_id == reviewer.colleague.id

    @pytest.mark.parametrize("back", ["//evil.example", "x\r\nSet-Cookie: a=b", "https://evil.example"])
    async def test_the_way_back_leads_nowhere_else(self, reviewer: Desk, database: Database, back: str) -> None:
        ask(database, PARKING)
        await sort(database)
        page = await reviewer.post("/staff/groups/1/assign", version="0", assignee="me", back=back)
        assert page.url.host == "assistant.test" and page.url.path == "/staff/queue"
        assert "set-cookie: a" not in str(page.history[0].headers).lower()


class TestKeptWords:
    @pytest.fixture
    async def left(self, database: Database, cipher: Cipher) -> str:
        """What racism was told of, kept with the asker's agreement."""
        kept = {"words_encrypted": cipher.encrypt("They said <it> to me."), "words_consent_at": now(), "state": "open"}
        reference = ask(database, None, Reason.HANDOFF, outcome="handoff", **kept)
        await sort(database)
        return f"/staff/groups/1/enquiries/{reference}/words"

    async def test_they_stand_on_no_page_by_themselves(self, reviewer: Desk, left: str) -> None:
        for path in ("/staff/queue", "/staff/groups/1"):
            page = (await reviewer.get(path)).text
            assert "They said" not in page and "Content note: somebody told of racism" in page
        assert (await reviewer.get(left)).status_code == 404

    async def test_they_are_shown_to_who_says_why_and_that_is_recorded(
        self, reviewer: Desk, database: Database, left: str
    ) -> None:
        page = await reviewer.post(left, reason="  To answer the asker\n in writing. ")
        assert page.status_code == 200 and "They said &lt;it&gt; to me." in page.text
        assert page.headers["cache-control"] == "no-store"
        reference = left.split("/")[5]
        details = {"group": 1, "reason": "To answer the asker in writing."}
        assert acts(database)[-1] == ("revealed", f"enquiry:{reference}", details)

    @pytest.mark.parametrize("reason", ["", "   ", "because", "x" * 301])
    async def test_without_a_reason_they_stay_hidden(
        self, reviewer: Desk, database: Database, left: str, reason: str
    ) -> None:
        page = await reviewer.post(left, reason=reason)
        assert page.status_code == 422 and "They said" not in page.text
        assert "There is a problem" in page.text and "Say in 10 to 300 characters" in page.text
        assert "revealed" not in [act for act, _, _ in acts(database)]

    async def test_what_was_not_kept_cannot_be_shown(self, reviewer: Desk, database: Database) -> None:
        reference = ask(database, None, Reason.HANDOFF, outcome="handoff", state="open")
        await sort(database)
        path = f"/staff/groups/1/enquiries/{reference}/words"
        page = await reviewer.post(path, reason="To answer the asker.")
        assert page.status_code == 422 and "did not let us keep" in page.text

    async def test_an_enquiry_of_another_group_is_not_found(
        self, reviewer: Desk, database: Database, left: str
    ) -> None:
        other = ask(database, PARKING)
        await sort(database)
        for reference in (other, "ENQ-2222-2222", "x"):
            path = f"/staff/groups/1/enquiries/{reference}/words"
            assert (await reviewer.post(path, reason="To answer the asker.")).status_code == 404

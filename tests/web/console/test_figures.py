"""The dashboards and the files that are taken out of them."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.review.spreadsheets import read_rows
from assistant.review.weeks import day_of
from assistant.staff.models import AuditEntry
from tests.support.many_asked import add_group, ask
from tests.support.staff import Desk

TODAY = day_of(now()).isoformat()
TAKE_OUT = "/staff/figures/take-out"
FORMULA = "=cmd|' /C calc'!A0"


def entries(database: Database) -> list[AuditEntry]:
    with database.read() as session:
        return list(session.scalars(select(AuditEntry).order_by(AuditEntry.number)))


class TestPage:
    async def test_it_says_when_nothing_was_asked(self, reviewer: Desk) -> None:
        page = await reviewer.get("/staff/figures")
        assert page.status_code == 200 and "Nobody asked anything in this time" in page.text

    async def test_it_shows_charts_each_with_its_table(self, reviewer: Desk, database: Database) -> None:
        ask(database, now(), 8, offers=["lfhii"], useful=True)
        page = await reviewer.get("/staff/figures", weeks="12")
        assert page.text.count('role="img"') == 5 == page.text.count("Show the numbers as a table")
        assert page.text.count("<title") == 6 and page.text.count("<desc") == 5
        assert "Healthcare inequalities framework (LFHII)" in page.text and "100%" in page.text
        assert "style=" not in page.text and "<style" not in page.text

    @pytest.mark.parametrize("weeks", ["4", "12", "26"])
    async def test_it_shows_so_many_weeks(self, reviewer: Desk, database: Database, weeks: str) -> None:
        ask(database, now(), 8)
        page = await reviewer.get("/staff/figures", weeks=weeks)
        table = page.text[page.text.index("<table") : page.text.index("</table>")]
        assert table.count("<tr") == int(weeks) + 2  # with its head and the sums

    async def test_another_period_is_the_shortest(self, reviewer: Desk) -> None:
        page = await reviewer.get("/staff/figures", weeks="100000")
        assert 'href="/staff/figures?weeks=4" aria-current="page"' in page.text

    async def test_small_numbers_are_hidden(self, reviewer: Desk, database: Database) -> None:
        ask(database, now(), 3, outcome="disclosure", text=None)
        ask(database, now(), 40)
        page = await reviewer.get("/staff/figures")
        assert "hidden" in page.text and not re.search(r">\s*3\s*<", page.text)

    async def test_members_words_are_not_on_it(self, reviewer: Desk, database: Database) -> None:
        group = add_group(database, now())
        ask(database, now(), 9, group=group, text="Zanzibar", outcome="unanswered")
        page = await reviewer.get("/staff/figures")
        assert f'href="/staff/groups/{group}"' in page.text and "Zanzibar" not in page.text

    async def test_only_who_may_take_files_out_is_offered_them(self, reviewer: Desk, editor: Desk) -> None:
        assert TAKE_OUT not in (await reviewer.get("/staff/figures")).text
        assert TAKE_OUT in (await editor.get("/staff/figures")).text


class TestFiles:
    async def test_figures_come_as_a_file_and_are_on_record(self, editor: Desk, database: Database) -> None:
        ask(database, now(), 8)
        ask(database, now(), 2, channel="slack")
        file = await editor.post(f"{TAKE_OUT}/figures", weeks="4")
        assert file.headers["content-disposition"] == f'attachment; filename="figures-4-weeks-to-{TODAY}.csv"'
        assert file.headers["content-type"] == "text/csv; charset=utf-8"
        rows = [row for row in read_rows(file.content) if row[0] == "enquiries by channel"]
        assert [row[2:] for row in rows[-4:]] == [
            ["Website", "8"], ["Slack", "hidden"], ["Teams", "hidden"], ["all", "10"],
        ]  # fmt: skip
        [entry] = entries(database)
        assert (entry.act, entry.subject, entry.staff_id) == ("exported", "figures:4", editor.colleague.id)

    async def test_questions_come_without_text(self, editor: Desk, database: Database) -> None:
        [reference] = ask(database, now(), text=FORMULA)
        file = await editor.post(f"{TAKE_OUT}/questions", first=TODAY, last=TODAY)
        assert file.headers["content-disposition"] == f'attachment; filename="questions-{TODAY}-to-{TODAY}.csv"'
        assert file.headers["cache-control"] == "no-store" and file.headers["x-content-type-options"] == "nosniff"
        assert reference in file.text and "calc" not in file.text
        assert entries(database)[0].details == {"count": 1, "with_text": False, "reason": ""}

    async def test_text_comes_with_a_reason_and_begins_no_formula(self, editor: Desk, database: Database) -> None:
        ask(database, now(), text=FORMULA)
        given = {"first": TODAY, "last": TODAY, "with_text": "yes", "reason": "The board asked"}
        file = await editor.post(f"{TAKE_OUT}/questions", **given)
        assert f'"\'{FORMULA}"' in file.text
        assert entries(database)[0].details == {"count": 1, "with_text": True, "reason": "The board asked"}

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"with_text": "yes"}, "Say why you need what members wrote"),
            ({"with_text": "yes", "reason": "  "}, "Say why you need what members wrote"),
            ({"first": "tomorrow"}, "Write the first day as a day"),
            ({"last": ""}, "Write the last day as a day"),
            ({"last": (day_of(now()) - timedelta(days=1)).isoformat()}, "The last day must not be before the first"),
        ],
    )
    async def test_a_form_that_is_wrong_comes_back_with_what_was_typed(
        self, editor: Desk, database: Database, change: dict[str, str], message: str
    ) -> None:
        page = await editor.post(f"{TAKE_OUT}/questions", **{"first": TODAY, "last": TODAY, **change})
        assert page.status_code == 422 and message in page.text and "There is a problem" in page.text
        assert f'value="{TODAY}"' in page.text and entries(database) == []

    async def test_days_at_the_ends_of_time_are_none(self, editor: Desk) -> None:
        for first, last in (("0001-01-01", "0001-01-02"), ("9999-12-30", "9999-12-31")):
            page = await editor.post(f"{TAKE_OUT}/questions", first=first, last=last)
            assert page.status_code == 422

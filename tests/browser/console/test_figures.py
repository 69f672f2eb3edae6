"""Figures, files and the record with something in them."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page
from sqlalchemy import text

from assistant.db.base import now
from assistant.enquiries.desk import EnquiryDesk
from assistant.review.spreadsheets import read_rows
from assistant.staff.audit import Act, record
from assistant.staff.roles import Role
from tests.browser.console.conftest import Open
from tests.support.axe import violations
from tests.support.many_asked import add_group, ask

WINDOWS = {"wide": (1280, 900), "between": (800, 600), "phone": (375, 667), "zoomed": (320, 256)}
WEEK = timedelta(days=7)


@pytest.fixture(scope="module", autouse=True)
def _asked(desk: EnquiryDesk) -> None:
    """Some weeks of questions, with a rising one and some that are hidden, and more than a page of acts."""
    for week, outcome in enumerate(("offer", "unanswered", "clarify", "out_of_scope", "handoff")):
        ask(desk.database, now() - week * WEEK, 7, offers=["lfhii"], useful=week != 1)
        ask(desk.database, now() - week * WEEK, 6, outcome=outcome, channel="teams", text="=1+1")
    ask(desk.database, now() - WEEK, 2, channel="slack", useful=True)
    ask(desk.database, now(), 6, outcome="unanswered", group=add_group(desk.database, now()))
    with desk.database.write() as session:
        for number in range(60):
            details = {"reason": "The board asked for it", "count": number, "with_text": True, "examples": [1, 2]}
            record(session, Act.EXPORTED, None, f"questions:2026-11-01:2026-11-{number % 28 + 1:02}", details)


def is_clean(page: Page) -> bool:
    """In every window there is no barrier, and nothing is cut off."""
    for width, height in WINDOWS.values():
        page.set_viewport_size({"width": width, "height": height})
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return True


@pytest.mark.parametrize("weeks", [4, 26])
def test_figures_have_no_barrier_with_their_tables_open_and_shut(open_console: Open, weeks: int) -> None:
    page = open_console(f"/staff/figures?weeks={weeks}", Role.EDITOR)
    assert is_clean(page)
    for summary in page.locator("summary").all():
        summary.click()
    assert page.locator("details table:visible").count() == 5
    assert is_clean(page)


def test_charts_are_read_out_by_their_title_and_description(open_console: Open) -> None:
    page = open_console("/staff/figures", Role.EDITOR)
    chart = page.get_by_role("img", name="Share of enquiries answered, by week")
    assert chart.count() == 1 and "%" in (chart.locator("desc").text_content() or "")


def test_words_in_charts_can_be_read_on_a_telephone(open_console: Open) -> None:
    page = open_console("/staff/figures?weeks=26", Role.EDITOR, viewport={"width": 375, "height": 667})
    for word in page.locator(".chart text").all():
        box = word.bounding_box()
        assert box is not None and box["height"] >= 11 and box["x"] + box["width"] <= 375


def test_the_record_has_no_barrier(open_console: Open) -> None:
    page = open_console("/staff/record", Role.ADMIN)
    assert is_clean(page)
    page.get_by_role("link", name="Older").click()
    assert page.get_by_role("link", name="Newest").count() == 1
    page.get_by_label("What they did").select_option("Searched")
    page.get_by_role("button", name="Show").click()
    assert page.get_by_text("No entry is like that").count() == 1 and is_clean(page)


def test_questions_are_taken_out_with_a_reason(open_console: Open, tmp_path: Path) -> None:
    page = open_console("/staff/figures/take-out", Role.EDITOR)
    page.get_by_label("With what members wrote").check()
    page.get_by_role("button", name="Take out questions").click()
    assert page.get_by_role("link", name="Say why you need what members wrote").count() == 1 and is_clean(page)
    page.get_by_label("Why do you need it?").fill("The board asked for it")
    with page.expect_download() as started:
        page.get_by_role("button", name="Take out questions").click()
    assert started.value.suggested_filename.endswith("-with-text.csv")
    started.value.save_as(tmp_path / "questions.csv")
    content = (tmp_path / "questions.csv").read_bytes()
    assert b'"\'=1+1"' in content and read_rows(content)[0][-1] == "text"


def test_figures_are_taken_out_without_javascript(open_console: Open) -> None:
    page = open_console("/staff/figures/take-out?weeks=12", Role.EDITOR, java_script_enabled=False)
    with page.expect_download() as started:
        page.get_by_role("button", name="Take out figures").click()
    assert started.value.suggested_filename.startswith("figures-12-weeks-to-")


def test_a_record_that_was_changed_is_told_without_a_barrier(open_console: Open, desk: EnquiryDesk) -> None:
    with desk.database.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_entries_no_delete"))
        connection.execute(text("DELETE FROM audit_entries WHERE number = 2"))
    page = open_console("/staff/record/check", Role.ADMIN)
    assert page.get_by_role("heading", name="The record was changed from outside").count() == 1
    assert is_clean(page)

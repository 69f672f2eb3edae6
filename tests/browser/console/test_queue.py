"""A reviewer's way through the queue, by mouse and by keyboard."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import delete

from assistant.db.base import now
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.models import Enquiry, Group, QueuedEnquiry, Reason
from assistant.web.sorting import encoder_of
from tests.browser.console.conftest import Open
from tests.support.axe import violations
from tests.support.keyboard import Keyboard
from tests.support.queued import ask, sort
from tests.support.windows import WINDOWS

MENTORS = "How do we join the mentoring scheme for board members?"
MENTORS_TOO = "How can we join the mentoring scheme for our board members?"
PARKING = "Where can I park my car when I come to London?"
KEPT = "They said something to me in the meeting."


@pytest.fixture
def numbers(desk: EnquiryDesk) -> Iterator[dict[str, int]]:
    """The numbers of three groups: of the mentors, of parking, and of somebody who told of racism."""
    asked = {
        "mentors": ask(desk.database, MENTORS, state="open"),
        "parking": ask(desk.database, PARKING, Reason.NOT_USEFUL, outcome="offer"),
        "racism": ask(
            desk.database,
            None,
            Reason.HANDOFF,
            outcome="handoff",
            state="open",
            words_encrypted=desk.cipher.encrypt(KEPT),
            words_consent_at=now(),
        ),
    }
    ask(desk.database, MENTORS_TOO)
    sort(desk.database, encoder_of(desk.settings))
    with desk.database.read() as session:
        yield {name: session.get_one(QueuedEnquiry, reference).group_id or 0 for name, reference in asked.items()}
    with desk.database.write() as session:
        for table in (QueuedEnquiry, Group, Enquiry):
            session.execute(delete(table))


def have_no_barrier(page: Page) -> None:
    """In windows of every size."""
    for width, height in WINDOWS.values():
        page.set_viewport_size({"width": width, "height": height})
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_reviewer_finds_a_group_and_takes_it_on(open_console: Open, numbers: dict[str, int]) -> None:
    page = open_console("/staff/queue")
    have_no_barrier(page)
    page.get_by_role("searchbox", name="Search").fill("mentoring")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Group ")).to_have_count(1)
    page.get_by_role("button", name="Assign group").click()
    expect(page.get_by_text("is assigned to Robin Reviewer.")).to_be_visible()
    expect(page.get_by_role("searchbox", name="Search")).to_have_value("mentoring")
    page.get_by_role("link", name=f"Group {numbers['mentors']}").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Group {numbers['mentors']}")
    expect(page.get_by_text("Why these are together")).to_be_visible()
    have_no_barrier(page)
    page.get_by_text("Conversation around").first.click()
    expect(page.get_by_text("I do not know that.").first).to_be_visible()
    have_no_barrier(page)


def test_who_told_of_racism_stands_first_and_is_reached_by_the_line_above(
    open_console: Open, numbers: dict[str, int]
) -> None:
    page = open_console("/staff/queue")
    expect(page.get_by_role("listitem").filter(has_text="asker").first).to_contain_text("Read first")
    page.get_by_role("link", name="1 person may be in danger or told of something that happened").click()
    expect(page.get_by_role("link", name="Group ")).to_have_text([f"Group {numbers['racism']}"])
    have_no_barrier(page)
    page.get_by_role("link", name="Group ").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A message about something that happened")
    expect(page).to_have_title(re.compile(f"^A message about .* – Group {numbers['racism']} – "))
    have_no_barrier(page)


def test_filters_stay_set_and_can_be_cleared(open_console: Open, numbers: dict[str, int]) -> None:
    page = open_console("/staff/queue")
    page.get_by_text("Filter and order").click()
    page.get_by_label("Why it is here").select_option("Marked not useful")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Group ")).to_have_text([f"Group {numbers['parking']}"])
    expect(page.get_by_label("Why it is here")).to_have_value("not_useful")
    have_no_barrier(page)
    page.get_by_role("link", name="Clear all").click()
    expect(page.get_by_role("link", name="Group ")).to_have_count(3)


def test_what_was_told_of_racism_is_hidden_until_somebody_says_why(
    open_console: Open, numbers: dict[str, int], troubles: list[str]
) -> None:
    page = open_console(f"/staff/groups/{numbers['racism']}")
    reason = page.get_by_label("Why do you need to read it?")
    expect(reason).to_be_hidden()
    page.locator("summary", has_text="Content note").click()
    have_no_barrier(page)
    page.get_by_role("button", name="Show what they wrote").click()
    expect(page.get_by_role("alert")).to_contain_text("Say in 10 to 300 characters")
    have_no_barrier(page)
    reason.fill("To answer them in writing.")
    page.get_by_role("button", name="Show what they wrote").click()
    expect(page.get_by_text(KEPT)).to_be_visible()
    have_no_barrier(page)
    page.get_by_role("link", name="Go back to group").click()
    expect(page.get_by_text(KEPT)).to_have_count(0)


class TestKeys:
    def test_they_lead_through_the_queue(self, open_console: Open, numbers: dict[str, int]) -> None:
        page = open_console("/staff/queue?order=newest")
        keys = Keyboard(page)
        first, second, last = (link.inner_text() for link in page.get_by_role("link", name="Group ").all())
        assert [keys.press(key) for key in "jjkkjjj"] == [first, second, first, first, second, last, last]
        assert keys.lost == keys.unmarked == []
        page.keyboard.press("o")
        expect(page.get_by_role("heading", level=1)).to_contain_text(last)

    def test_one_is_taken_on(self, open_console: Open, numbers: dict[str, int]) -> None:
        page = open_console("/staff/queue")
        page.keyboard.press("j")
        page.keyboard.press("a")
        expect(page.get_by_text("is assigned to Robin Reviewer.")).to_be_visible()

    def test_on_a_group_too(self, open_console: Open, numbers: dict[str, int]) -> None:
        page = open_console(f"/staff/groups/{numbers['mentors']}")
        assert Keyboard(page).press("j", "j").startswith("ENQ-")
        page.keyboard.press("o")
        expect(page.locator("details[open]")).to_have_count(1)
        page.keyboard.press("a")
        expect(page.get_by_text("is assigned to Robin Reviewer.")).to_be_visible()

    def test_they_do_nothing_while_somebody_types(self, open_console: Open, numbers: dict[str, int]) -> None:
        page = open_console("/staff/queue")
        page.keyboard.press("/")
        page.keyboard.type("a joke? /")
        expect(page.get_by_role("searchbox")).to_have_value("a joke? /")
        expect(page.get_by_role("dialog")).to_have_count(0)

    def test_help_tells_of_them_and_turns_them_off(self, open_console: Open, numbers: dict[str, int]) -> None:
        page = open_console("/staff/queue")
        page.keyboard.press("?")
        dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
        expect(dialog).to_be_visible()
        have_no_barrier(page)
        dialog.get_by_label("Use keyboard shortcuts").uncheck()
        page.keyboard.press("Escape")
        page.reload()
        page.keyboard.press("?")
        page.keyboard.press("j")
        assert Keyboard(page).at == ""
        expect(dialog).to_be_hidden()
        page.get_by_role("button", name="Keyboard shortcuts").click()
        dialog.get_by_label("Use keyboard shortcuts").check()
        dialog.get_by_role("button", name="Close").click()
        assert Keyboard(page).press("j").startswith("Group ")


def test_everything_works_without_javascript(open_console: Open, numbers: dict[str, int]) -> None:
    page = open_console("/staff/queue?words=park", java_script_enabled=False)
    page.get_by_role("button", name="Assign group").click()
    expect(page.get_by_text("is assigned to Robin Reviewer.")).to_be_visible()
    expect(page.get_by_role("button", name="Keyboard shortcuts")).to_have_count(0)

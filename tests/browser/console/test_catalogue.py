"""An editor changes a summary, looks at it, publishes it, sees it in the chat, and takes it back."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.models import Conversation, Enquiry
from assistant.enquiries.shown_offers import note_offers
from assistant.staff.roles import Role
from tests.browser.console.conftest import Open
from tests.support.axe import violations

OFFER = "/staff/catalogue/offers/lfhii"  # the fake engine answers with it and with another
SUMMARY = "Seminars on health inequalities, put in fewer words."
WINDOWS = ((1280, 900), (375, 667), (320, 256))


def test_an_edit_is_previewed_published_seen_by_members_and_undone(open_console: Open, home: str) -> None:
    page = open_console(OFFER, Role.EDITOR)
    judge(page)
    old = page.locator(".catalogue-preview .words").first.inner_text()
    page.get_by_role("button", name="Edit").click()
    judge(page)
    page.get_by_label("Summary").fill("")
    page.get_by_role("button", name="Save draft and preview").click()
    expect(page.get_by_role("alert")).to_contain_text("Summary: It is empty.")
    judge(page)
    page.get_by_label("Summary").fill(SUMMARY)
    page.get_by_role("button", name="Save draft and preview").click()
    expect(page.locator(".catalogue-preview")).to_contain_text(SUMMARY)
    judge(page)
    previewed = page.locator(".catalogue-preview .words").first.inner_text()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_contain_text("Say in a sentence why")
    judge(page)
    page.get_by_label("Why?").fill("The old one was too long.")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("alert")).to_contain_text("Published.")
    judge(page)
    assert previewed != old
    expect(see_in_chat(page, home)).to_contain_text(SUMMARY)
    page.goto(home + OFFER)
    page.get_by_role("link", name=re.compile("Earlier version")).click()
    judge(page)
    page.get_by_label("Why?").fill("The old one said more.")
    page.get_by_role("button", name="Put this version back").click()
    expect(page.get_by_role("alert")).to_contain_text("The earlier version is back.")
    assert page.locator(".catalogue-preview .words").first.inner_text() == old
    expect(see_in_chat(page, home)).not_to_contain_text(SUMMARY)


@pytest.mark.parametrize("kind", ["offers", "people", "topics", "contacts"])
def test_a_form_works_without_scripts(open_console: Open, kind: str) -> None:
    page = open_console(f"/staff/catalogue/{kind}/new", Role.EDITOR, java_script_enabled=False)
    page.get_by_role("button", name="Save draft and preview").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")


def test_figures_of_an_offer_have_no_barrier(open_console: Open, desk: EnquiryDesk) -> None:
    ask(desk.database, 12)
    page = open_console("/staff/catalogue/offers/population-health/health")
    expect(page.get_by_role("row", name="Answered")).to_contain_text("12")
    judge(page)


def judge(page: Page) -> None:
    """No barrier, and nothing cut off, in any window."""
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1280, "height": 900})


def see_in_chat(page: Page, home: str) -> Locator:
    """The card that a member is answered with."""
    page.goto(home + "/chat")
    page.get_by_label("Your question").fill("everything please")
    page.get_by_role("button", name="Send").click()
    return page.locator("#newest .card").first


def ask(database: Database, times: int) -> None:
    """Some questions that the offer answers."""
    with database.write() as session:
        session.add(Conversation(id="asked", channel="web", token_hash="h"))
        session.flush()
        for number in range(times):
            enquiry = Enquiry(reference=f"Q-{number}", conversation_id="asked", channel="web", outcome="offer")
            enquiry.offers = ["population-health"]
            session.add(enquiry)
            session.flush()
            note_offers(session, enquiry)

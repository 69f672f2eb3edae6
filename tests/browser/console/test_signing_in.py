"""The first day of a member of staff in a real browser: signing in for the first time, and without a telephone."""

import pyotp
from playwright.sync_api import Page, expect

from assistant.db.base import now
from assistant.enquiries.desk import EnquiryDesk
from assistant.staff.accounts import add_staff
from assistant.staff.roles import Role
from tests.browser.conftest import NewPage
from tests.browser.console.conftest import Open
from tests.support.axe import violations
from tests.support.windows import WINDOWS

EMAIL, PASSWORD = "nadia@example.org", "kettle orbit plum 42"


def check(page: Page, heading: str) -> None:
    """The page has come, has no barrier, and nothing is cut off where there is little room."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    for width, height in WINDOWS.values():
        page.set_viewport_size({"width": width, "height": height})
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def give_password(page: Page, password: str) -> None:
    """Fill in the sign-in page."""
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_a_newcomer_signs_in_and_out_and_in_again_with_a_recovery_code(
    new_page: NewPage, home: str, desk: EnquiryDesk
) -> None:
    with desk.database.write() as session:
        given = add_staff(session, EMAIL, "Nadia Newcomer", Role.ADMIN, now(), None) or ""
    page = new_page()

    page.goto(f"{home}/staff/accounts")
    check(page, "Sign in")
    give_password(page, "a wrong password")
    expect(page.get_by_role("alert")).to_contain_text("The e-mail address or the password is not right.")
    check(page, "Sign in")
    give_password(page, given)

    check(page, "Choose a password")
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password again").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()

    check(page, "Set up your second factor")
    expect(page.get_by_role("img", name="QR code that holds the key below")).to_be_visible()
    key = "".join(page.locator("code").inner_text().split())
    page.get_by_label("Code", exact=True).fill(pyotp.TOTP(key).now())
    page.get_by_role("button", name="Continue").click()

    check(page, "Keep your recovery codes")
    codes = page.locator("ol code").all_inner_texts()
    assert len(codes) == 10
    page.get_by_role("button", name="I have kept them").click()
    check(page, "Staff")

    page.get_by_role("button", name="Sign out").click()
    check(page, "Sign in")
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    page.goto(f"{home}/staff/account")
    give_password(page, PASSWORD)

    check(page, "Enter a code")
    page.get_by_text("I do not have my telephone").click()
    check(page, "Enter a code")
    page.get_by_label("Recovery code").fill(codes[3])
    page.get_by_role("button", name="Use recovery code").click()
    check(page, "Your account")
    expect(page.get_by_text("9 left")).to_be_visible()


def test_an_administrator_adds_somebody_and_ends_their_access(
    open_console: Open,
) -> None:
    page = open_console("/staff/accounts", Role.ADMIN)
    page.get_by_role("button", name="Add somebody").click()
    page.get_by_role("button", name="Add").click()
    check(page, "Add somebody")
    page.get_by_label("Name", exact=True).fill("Bob Brown")
    page.get_by_label("Work e-mail address").fill("bob@example.org")
    page.get_by_label("Reviewer").check()
    page.get_by_role("button", name="Add").click()
    check(page, "Password for Bob Brown")
    page.get_by_role("button", name="Back to staff").click()
    page.get_by_role("link", name="Bob Brown").click()
    check(page, "Bob Brown")
    page.get_by_role("button", name="End access").click()
    expect(page.get_by_text("Their access has ended. What they decided keeps their name.")).to_be_visible()
    check(page, "Bob Brown")

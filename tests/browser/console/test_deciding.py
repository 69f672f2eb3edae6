"""A reviewer's morning: say what a group is, see what that would change, approve it; answer two askers in writing."""

from collections.abc import Iterator

import pytest
from cryptography.fernet import Fernet
from playwright.sync_api import expect
from sqlalchemy import select

from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.encryption import Cipher
from assistant.review.effects import ask_for_effect, finish_effect
from assistant.review.examples import propose
from assistant.settings import Settings
from assistant.staff.models import Staff
from tests.browser.console.conftest import Open
from tests.support.asked import add_group
from tests.support.fake_desk import make_desk
from tests.support.fake_engine import FakeEngine
from tests.support.loaded_database import write_loaded_database
from tests.support.small_data import VAR, write_small_data
from tests.support.windows import is_fit

TRAINING = 60_000  # milliseconds in which two small trainings are surely done
SEMINARS = ("does the framework have seminars in Leeds for [name]", "when is the next seminar of the framework")
PARKING = ("Is there parking at your London office?", "where can I park", "parking please")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EnquiryDesk]:
    """With the real catalogue, and training data of a few sentences."""
    folder = tmp_path_factory.mktemp("deciding")
    settings = Settings(data_folder=write_small_data(folder / "data"), var_folder=VAR)
    database = Database(f"sqlite:///{write_loaded_database(folder / 'console.db')}", durable=False)
    yield make_desk(database, FakeEngine(), Cipher(Fernet.generate_key().decode()), settings)
    database.close()


def test_a_group_becomes_approved_examples(open_console: Open, desk: EnquiryDesk) -> None:
    with desk.database.write() as session:
        number, _ = add_group(session, *SEMINARS, label="offer/lfhii")
    page = open_console(f"/staff/groups/{number}/decide")
    is_fit(page, "decide")
    # The model's suggestion is chosen already.
    page.get_by_role("button", name="Continue").click()
    is_fit(page, "teach")
    page.get_by_role("button", name="Decide and propose").click()
    expect(page.get_by_role("alert")).to_contain_text("Write something else in place of [name]")
    is_fit(page, "teach-refused")
    page.get_by_label("Sentence 2").fill("does the framework have seminars in the north")
    page.get_by_role("button", name="Decide and propose").click()
    expect(page.locator("main")).to_contain_text("2 examples proposed")
    is_fit(page, "decisions")

    page.get_by_role("link", name="See what the proposed examples would change").click()
    is_fit(page, "examples")
    page.get_by_role("link", name="Edit “does the framework").click()
    is_fit(page, "example")
    page.get_by_label("Sentence").fill("does the framework have seminars up north")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="See what they would change").click()
    expect(page.get_by_role("heading", name="What the examples would change")).to_be_visible()
    is_fit(page, "effect-waiting")
    # The page looks again by itself.
    expect(page.get_by_role("status")).to_have_text("Worked out", timeout=TRAINING)
    is_fit(page, "effect")
    page.get_by_role("button", name="Approve 2 examples").click()
    expect(page.locator("main")).to_contain_text("2 examples approved")
    expect(page.locator("main")).to_contain_text("does the framework have seminars up north")
    is_fit(page, "approved")


def test_what_gets_worse_is_seen_first(open_console: Open, desk: EnquiryDesk) -> None:
    worse = {"text": "Who runs the seminars?", "before": ["answer", "offer/lfhii"], "after": ["unknown"]}
    both = {"text": "wres or lfhii", "before": ["unknown"], "after": ["ask", "offer/lfhii", "shared/wres"]}
    changes = [{**worse, "was_right": True, "is_right": False}, {**both, "was_right": False, "is_right": True}]
    page = open_console("/staff/examples")
    with desk.database.write() as session:
        reviewer = session.scalars(select(Staff.id)).first() or 0
        number, references = add_group(session, "seminars in spring")
        examples = propose(session, ["when are the seminars of spring"], "offer/lfhii", reviewer)
        effect = ask_for_effect(session, [each.id for each in examples], reviewer).id
        regression = {"unchanged": 1128, "changed": 2, "changes": changes, "held_out": False}
        week = {"reference": references[0], "before": ["unknown"], "after": ["answer", "offer/lfhii"]}
        result = {
            "regression": {**regression, "right": {"before": 1085, "after": 1084}},
            "week": {"unchanged": 40, "changed": 1, "changes": [week]},
            "groups": [{"group": number, "after": ["answer", "offer/lfhii"]}],
            "seconds": 41,
        }
        finish_effect(session, effect, result)
    page.goto(page.url + f"/effects/{effect}")
    expect(page.get_by_role("heading", name="Fewer are right")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="seminars in spring")).to_contain_text("Not understood")
    is_fit(page, "effect-worse")


def test_two_askers_are_answered_in_writing(open_console: Open, desk: EnquiryDesk) -> None:
    with desk.database.write() as session:
        number, references = add_group(session, *PARKING, cipher=desk.cipher)
    page = open_console(f"/staff/groups/{number}/decide")
    page.get_by_label("Answer in writing").check()
    page.get_by_role("button", name="Continue").click()
    is_fit(page, "answer")
    page.get_by_role("button", name="See the letter").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick at least one asker")
    is_fit(page, "answer-refused")
    for question in PARKING[:2]:
        page.get_by_label(question).check()
    page.get_by_label("Your answer").fill("You asked about parking.\n\nWe have no places of our own.")
    page.get_by_role("button", name="See the letter").click()
    expect(page.get_by_role("heading", name=f"Your question {references[0]}")).to_be_visible()
    is_fit(page, "preview")
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_label("Your answer")).to_have_value("You asked about parking.\n\nWe have no places of our own.")
    page.get_by_role("button", name="See the letter").click()
    page.get_by_role("button", name="Send to 2 askers").click()
    expect(page.locator("#deliveries")).to_contain_text(references[1])
    expect(page.locator("main")).not_to_contain_text("@nhs.net")
    is_fit(page, "written")


def test_it_works_without_scripts(open_console: Open, desk: EnquiryDesk) -> None:
    with desk.database.write() as session:
        number, _ = add_group(session, *PARKING)
    page = open_console(f"/staff/groups/{number}/decide", java_script_enabled=False)
    page.get_by_label("Wait", exact=True).check()
    page.get_by_label("What does it wait for?").fill("for the estates team")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("main")).to_contain_text("Set waiting.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("main")).to_contain_text("Undone")

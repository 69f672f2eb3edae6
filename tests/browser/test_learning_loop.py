"""The whole loop, as people go through it: a question that is not answered, until it is, and until it is no more."""

import shutil
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from assistant.console.cookies import SECRET
from assistant.staff.roles import Role
from tests.browser.conftest import NewPage
from tests.conftest import ROOT
from tests.support.running_assistant import Running, trained_and_served
from tests.support.small_data import write_capped_data
from tests.support.staff import add_colleague
from tests.support.widget import Widget

QUESTION = "Do you run the Sankofa walking tour for trust boards?"
OTHERS = ("is there a Sankofa walking tour for our trust board", "the Sankofa walking tour, how do we book it")
OF_THEIR_OWN = "booking the Sankofa walking tour"
OFFER = "BME Leadership Network support"
SENTENCES_A_LABEL = 20  # so that training, the effect and judging take seconds
LONGEST = 240_000  # milliseconds for each of those, on a busy machine
FOLLOWED = 60.0  # seconds in which the server has surely sorted the queue, and taken another model up


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A project of its own: less to learn from, and a part of the curated questions to judge by."""
    folder = tmp_path_factory.mktemp("loop")
    (folder / "tests" / "nlu").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "nlu" / "questions_second.yml", folder / "tests" / "nlu")
    with trained_and_served(folder, write_capped_data(folder / "data", SENTENCES_A_LABEL)) as running:
        yield running


@pytest.fixture(scope="module")
def home(running: Running) -> str:
    """The origin of the assistant."""
    return running.origin


@pytest.fixture
def editor(new_page: NewPage, running: Running) -> Page:
    """An editor's browser, in the console."""
    page = new_page()
    secret = add_colleague(running.database, Role.EDITOR).secret
    own = {"httpOnly": True, "secure": True, "sameSite": "Strict"}
    page.context.add_cookies(
        [{"name": SECRET, "value": secret, "url": running.origin.replace("http:", "https:"), **own}]  # type: ignore[typeddict-item]
    )
    page.goto(f"{running.origin}/staff/queue")
    return page


def ask(new_page: NewPage, home: str, question: str) -> str:
    """What the widget answers somebody who has not asked before."""
    page = new_page()
    page.goto(home)
    answer: str = Widget(page).open().ask(question).inner_text()
    page.context.close()
    return answer


def live_name(editor: Page, home: str) -> str:
    """The model that the server answers with."""
    return str(editor.request.get(f"{home}/readyz").json()["model"])


def wait_until_live(editor: Page, home: str, name: str) -> None:
    """Until the server has followed the registry."""
    wait_until(editor, lambda: name in live_name(editor, home))


def wait_until(editor: Page, is_so: Callable[[], bool]) -> None:
    """Look again and again."""
    deadline = time.monotonic() + FOLLOWED
    while not is_so():
        assert time.monotonic() < deadline
        editor.wait_for_timeout(100)


def test_what_was_not_answered_is_answered_once_it_was_taught_and_not_after_a_roll_back(
    new_page: NewPage, editor: Page, home: str
) -> None:
    for question in (QUESTION, *OTHERS):
        assert "I do not know" in ask(new_page, home, question)
    first = live_name(editor, home)
    approve(editor, home)
    second = train(editor, home)
    put_live(editor)
    wait_until_live(editor, home, second)
    assert OFFER in ask(new_page, home, QUESTION)
    roll_back(editor, home, first)
    wait_until_live(editor, home, first)
    assert "I do not know" in ask(new_page, home, QUESTION)


def approve(editor: Page, home: str) -> None:
    """From the queue to approved examples, by way of what they would change."""
    find_group(editor, home)
    editor.get_by_role("button", name="Decide").click()
    editor.get_by_label("It is this offer, topic or person").check()
    editor.get_by_label("Which one?").select_option(label=OFFER)
    editor.get_by_role("button", name="Continue").click()
    editor.get_by_label("A sentence of your own (optional)").fill(OF_THEIR_OWN)
    editor.get_by_role("button", name="Decide and propose").click()
    editor.get_by_role("link", name="See what the proposed examples would change").click()
    editor.get_by_role("button", name="See what they would change").click()
    expect(editor.get_by_role("status")).to_have_text("Worked out", timeout=LONGEST)
    editor.get_by_role("button", name="Approve").click()
    expect(editor.locator("main")).to_contain_text("approved. The next training takes them in.")


def find_group(editor: Page, home: str) -> None:
    """The group's page, once the queue was sorted; the question may have a group of its own."""
    wait_until(editor, lambda: QUESTION in editor.request.get(f"{home}/staff/queue").text())
    editor.goto(f"{home}/staff/queue")
    editor.get_by_role("listitem").filter(has_text=QUESTION).get_by_role("link", name="Group").click()


def train(editor: Page, home: str) -> str:
    """Train and judge a model in the console, and open its page; gives its name."""
    editor.get_by_role("link", name="Train a model with these").click()
    editor.get_by_role("button", name="Train a model").click()
    expect(editor.get_by_role("heading", name="Training under way")).to_be_visible()
    expect(editor.get_by_role("status")).to_have_text("The run has ended", timeout=LONGEST)
    newest = editor.get_by_role("table").get_by_role("link").first
    name = newest.inner_text()
    newest.click()
    expect(editor.locator("main")).to_contain_text("No worse than the live model")
    return name


def put_live(editor: Page) -> None:
    """From the model's page."""
    editor.get_by_role("button", name="Put this model live").click()
    editor.get_by_role("button", name="Put live").click()
    expect(editor.get_by_role("alert")).to_contain_text("is live")


def roll_back(editor: Page, home: str, name: str) -> None:
    """To the model of this name."""
    editor.goto(f"{home}/staff/models")
    editor.get_by_role("link", name=name.removesuffix(".tar.gz")).first.click()
    editor.get_by_role("button", name="Roll back to this model").click()
    editor.get_by_role("button", name="Roll back", exact=True).click()
    expect(editor.get_by_role("alert")).to_contain_text("is live")

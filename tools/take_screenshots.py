"""Take the pictures of docs/images with a real browser, server and engine. Run by `make screenshots`."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from rich.progress import track

from assistant.db.engine import Database
from assistant.engine.opening import open_desk
from assistant.settings import Settings
from assistant.web.app import create_app
from tests.support.loaded_database import write_loaded_database
from tests.support.sites import free_port, served
from tests.support.widget import Widget

IMAGES = Path(__file__).parents[1] / "docs" / "images"
WIDE, NARROW = {"width": 1100, "height": 800}, {"width": 320, "height": 640}


def answered(page: Page) -> None:
    """A question and its answer."""
    Widget(page).open().ask("Who do I contact about peer mentoring?")


def asked_back(page: Page) -> None:
    """Which of these is meant."""
    Widget(page).open().ask("I want consulting")


def listed(page: Page) -> None:
    """Several offers, the first unfolded."""
    answer = Widget(page).open().ask("What is there under act?")
    answer.locator("summary").first.click()


def met_with_care(page: Page) -> None:
    """What somebody gets who tells of racism."""
    Widget(page).open().ask("My manager mocks my accent in front of everybody")


def in_need(page: Page) -> None:
    """What somebody gets who is in crisis."""
    Widget(page).open().ask("I do not want to live any more")


def out_of_reach(page: Page) -> None:
    """The network is broken."""
    page.route("**/messages", lambda route: route.abort())
    widget = Widget(page).open()
    widget.box.fill("What is the Race and Health Observatory?")
    widget.button("Send").click()
    widget.problem.wait_for()


def form_with_errors(page: Page) -> None:
    """The form to leave a question, sent too early."""
    widget = Widget(page).open()
    widget.button("Leave a question for a person").click()
    widget.button("Leave my question").click()


def more(page: Page) -> None:
    """What else can be done."""
    Widget(page).open().button("More").click()


def erasing(page: Page) -> None:
    """The question before a conversation is erased."""
    Widget(page).open().more("Erase my conversation")


def plain_chat(page: Page) -> None:
    """The same without JavaScript."""
    page.goto(page.url + "chat")
    page.get_by_label("Your question").fill("Who do I contact about peer mentoring?")
    page.get_by_role("button", name="Send").click()


def plain_form(page: Page) -> None:
    """The form of the plain page, sent too early."""
    page.goto(page.url + "chat/question")
    page.get_by_role("button", name="Send my question").click()


Picture = tuple[str, Callable[[Page], object], dict[str, object]]
"""Its name, what is done for it, and the browser's options."""

PICTURES: list[Picture] = [
    ("page", lambda page: None, {}),
    ("welcome", lambda page: Widget(page).open(), {}),
    ("answer", answered, {}),
    ("answer-narrow", answered, {"viewport": NARROW}),
    ("answer-forced-colours", answered, {"forced_colors": "active"}),
    ("choices", asked_back, {}),
    ("list", listed, {}),
    ("disclosure", met_with_care, {}),
    ("crisis", in_need, {}),
    ("broken-network", out_of_reach, {}),
    ("form", form_with_errors, {}),
    ("form-narrow", form_with_errors, {"viewport": NARROW}),
    ("more", more, {}),
    ("erase", erasing, {}),
    ("plain-chat", plain_chat, {"java_script_enabled": False}),
    ("plain-form", plain_form, {"java_script_enabled": False}),
]


def take(browser: Browser, address: str, picture: Picture) -> None:
    """One picture, in a window of its own."""
    name, arrange, options = picture
    context = browser.new_context(**{"viewport": WIDE, **options})  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    arrange(page)
    page.screenshot(path=IMAGES / f"{name}.png", animations="disabled")
    context.close()


def main() -> None:
    """Take all of them, on a database that is thrown away."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = write_loaded_database(Path(folder) / "pictures.db")
        settings = Settings(database_url=f"sqlite:///{file}", messages_per_minute=0, messages_per_minute_per_address=0)
        desk = open_desk(settings, Database(settings.database_url))
        with served(create_app(settings, desk), free_port()) as site:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
            for picture in track(PICTURES, "Taking pictures"):
                take(browser, f"{site.origin}/", picture)
            browser.close()


if __name__ == "__main__":
    main()

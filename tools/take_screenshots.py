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
from tests.support.widget_states import STATES, State
from tools.console_pictures import console_of_demo, take_console

IMAGES = Path(__file__).parents[1] / "docs" / "images"
Arrange = Callable[[Page], object]

WIDE, NARROW = {"width": 1100, "height": 800}, {"width": 320, "height": 640}


def reach(state: State) -> Arrange:
    """From the page with the launcher to a state of the widget."""
    return lambda page: state(Widget(page))


def plain_chat(page: Page) -> None:
    """The same without JavaScript."""
    page.goto(page.url + "chat")
    page.get_by_label("Your question").fill("Who do I contact about peer mentoring?")
    page.get_by_role("button", name="Send").click()


def plain_form(page: Page) -> None:
    """The form of the plain page, sent too early."""
    page.goto(page.url + "chat/question")
    page.get_by_role("button", name="Send my question").click()


Picture = tuple[str, Arrange, dict[str, object]]
"""Its name, what is done for it, and the browser's options."""

PICTURES: list[Picture] = [
    *((name.replace(" ", "-"), reach(state), {}) for name, state in STATES.items()),
    ("card-narrow", reach(STATES["card"]), {"viewport": NARROW}),
    ("card-forced-colours", reach(STATES["card"]), {"forced_colors": "active"}),
    ("form-narrow", reach(STATES["form with errors"]), {"viewport": NARROW}),
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
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        with served(create_app(settings, desk), free_port()) as site:
            for picture in track(PICTURES, "Taking pictures"):
                take(browser, f"{site.origin}/", picture)
        var = Path(folder) / "var"
        var.mkdir()
        with console_of_demo(var, desk) as (origin, colleague):
            take_console(browser, origin, colleague, IMAGES)
        browser.close()


if __name__ == "__main__":
    main()

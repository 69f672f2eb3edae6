"""A real browser, a real server, the real engine. Nothing may go wrong in a page unless a test says so."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from assistant.settings import Settings
from assistant.web.app import create_app
from tests.conftest import ROOT
from tests.support.loaded_database import write_loaded_database
from tests.support.sites import Site, free_port, page_elsewhere, served
from tests.support.widget import Widget

# As strict as a site can be: with trusted types required, even a string that becomes markup is an error.
STRICT = "default-src 'none'; script-src {home}; connect-src {home}; require-trusted-types-for 'script'"
# A console message, so that `watch` hears of it.
TELL_BREACHES = """addEventListener("securitypolicyviolation", ({violatedDirective, blockedURI}) =>
    console.error(`policy: ${violatedDirective} ${blockedURI}`))"""
PAGE = (
    '<!doctype html><html lang="en"><title>Elsewhere</title><h1>Elsewhere</h1>'
    '<script src="{home}/widget.js" defer></script></html>'
)
SECONDS = 15

NewPage = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, for one module: while Playwright runs, no other event loop can in this thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sites(real_desk: EnquiryDesk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Site]]:
    """The assistant (`home`), with a database of its own and no limits a minute; a `friend` that may show its widget,
    under a strict policy, and a `stranger` that may not."""
    folder = tmp_path_factory.mktemp("browser")
    with ExitStack() as stack:
        port = free_port()
        home = f"http://127.0.0.1:{port}"
        page, policy = PAGE.format(home=home), STRICT.format(home=home)
        friend, stranger = (stack.enter_context(page_elsewhere(page, policy)) for _ in range(2))
        settings = Settings(
            data_folder=ROOT / "data",
            var_folder=real_desk.settings.var_folder,  # where the sentence encoder is
            messages_per_minute=0,
            messages_per_minute_per_address=0,
            widget_origins=(friend.origin,),
        )
        database = Database(f"sqlite:///{write_loaded_database(folder / 'browser.db')}")
        stack.callback(database.close)
        desk = EnquiryDesk(database, real_desk.engine, real_desk.cipher, settings, real_desk.redactor, real_desk._judge)
        yield {
            "home": stack.enter_context(served(create_app(settings, desk), port)),
            "friend": friend,
            "stranger": stranger,
        }


@pytest.fixture(scope="session")
def home(sites: dict[str, Site]) -> str:
    """The origin of the assistant."""
    return sites["home"].origin


@pytest.fixture
def troubles() -> Iterator[list[str]]:
    """What went wrong in the test's pages, which has to be nothing; a test that provokes it clears the list."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def new_page(browser: Browser, home: str, troubles: list[str]) -> Iterator[NewPage]:
    """Opens a page in a context of its own; takes Playwright's options of a context."""
    contexts: list[BrowserContext] = []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1100, "height": 800}, **options})
        context.set_default_timeout(SECONDS * 1000)
        contexts.append(context)
        page = context.new_page()
        watch(page, home, troubles)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """An empty page of a wide window."""
    return new_page()


@pytest.fixture
def widget(page: Page, home: str) -> Widget:
    """The widget on the demonstration page, not yet opened."""
    page.goto(home)
    return Widget(page)


def watch(page: Page, home: str, troubles: list[str]) -> None:
    """Note errors, dialogs, breaches of the policy, and requests to anybody else."""
    page.add_init_script(TELL_BREACHES)
    page.on("pageerror", lambda error: troubles.append(f"error: {error.message}"))
    page.on("console", lambda message: troubles.append(message.text) if is_trouble(message) else None)

    def on_dialog(dialog: Any) -> None:
        troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def on_request(request: Any) -> None:
        if not request.url.startswith((home, "data:", "blob:", "http://127.0.0.1:")):
            troubles.append(f"request: {request.url}")

    page.on("dialog", on_dialog)
    page.on("request", on_request)


def is_trouble(message: Any) -> bool:
    """Whether the browser complains; a form that is refused with 422 is nothing to complain of."""
    return bool(message.type == "error" and "the server responded with a status of 422" not in message.text)

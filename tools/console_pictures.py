"""Pictures of the staff console, on the month of invented enquiries that `assistant demo` loads."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from assistant.console.cookies import SECRET
from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.encryption import open_cipher
from assistant.settings import Settings
from assistant.staff.roles import Role
from assistant.web.app import create_app
from tests.support.sites import free_port, served
from tests.support.staff import Colleague, add_colleague

LEARNT = ("encoder", "names", "care")
WINDOW = {"width": 1100, "height": 800}
# Its name, and where it is.
PAGES = {
    "console-queue": "/staff/queue",
    "console-group": "/staff/groups/1",
    "console-decide": "/staff/groups/1/decide",
    "console-decisions": "/staff/groups/1/decisions",
    "console-examples": "/staff/examples",
    "console-catalogue": "/staff/catalogue",
    "console-offer": "/staff/catalogue/offers/lfhii",
    "console-offer-edit": "/staff/catalogue/offers/lfhii/edit",
    "console-health": "/staff/catalogue/health",
    "console-due": "/staff/catalogue/due",
    "console-figures": "/staff/figures",
    "console-take-out": "/staff/figures/take-out",
    "console-record": "/staff/record",
    "console-accounts": "/staff/accounts",
    "console-account": "/staff/account",
}
SIGN_IN = "console-sign-in"


@contextmanager
def console_of_demo(folder: Path, desk: EnquiryDesk) -> Iterator[tuple[str, Colleague]]:
    """A server on the demonstration's database, and somebody who is signed in; the engine is the desk's."""
    for name in LEARNT:
        (folder / name).symlink_to(desk.settings.var_folder.resolve() / name)
    environment = {**os.environ, "ASSISTANT_VAR_FOLDER": str(folder)}
    command = [sys.executable, "-m", "assistant.cli.main", "demo", "--no-serve"]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    settings = Settings(database_url=f"sqlite:///{folder / 'demo.db'}", var_folder=folder / "demo")
    database = Database(settings.database_url)
    console = EnquiryDesk(database, desk.engine, open_cipher(settings), settings, desk.redactor)
    with served(create_app(settings, console), free_port()) as site:
        yield site.origin, add_colleague(database, Role.ADMIN, email="pictures@example.org")
    database.close()


def take_console(browser: Browser, origin: str, colleague: Colleague, images: Path) -> None:
    """Every page, to its end."""
    context = browser.new_context(viewport=WINDOW)  # type: ignore[arg-type]
    page = context.new_page()
    _take(page, origin + "/staff/sign-in", images / f"{SIGN_IN}.png")
    own = {"httpOnly": True, "secure": True, "sameSite": "Strict"}
    address = origin.replace("http:", "https:")
    context.add_cookies([{"name": SECRET, "value": colleague.secret, "url": address, **own}])  # type: ignore[typeddict-item]
    for name, path in PAGES.items():
        _take(page, origin + path, images / f"{name}.png")
    context.close()


def _take(page: Page, address: str, file: Path) -> None:
    response = page.goto(address)
    assert response is not None and response.ok, f"{address} cannot be shown."
    page.screenshot(path=file, full_page=True, animations="disabled")

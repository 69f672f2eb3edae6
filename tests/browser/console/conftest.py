"""The console in a real browser, with somebody signed in. The engine is a fake: what is judged here are pages."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cryptography.fernet import Fernet
from playwright.sync_api import Page

from assistant.console.cookies import SECRET
from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.encryption import Cipher
from assistant.settings import Settings
from assistant.staff.roles import Role
from assistant.web.app import create_app
from tests.browser.conftest import NewPage
from tests.conftest import ROOT
from tests.support.fake_desk import make_desk
from tests.support.fake_engine import FakeEngine
from tests.support.loaded_database import write_loaded_database
from tests.support.sites import free_port, served
from tests.support.staff import add_colleague

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EnquiryDesk]:
    """With a database and a var folder of this module's own: the real catalogue, and nothing asked yet."""
    folder = tmp_path_factory.mktemp("console")
    # The sentence encoder is shared between runs, as in tests/conftest.py.
    encoder = ROOT / "var" / "tests" / "encoder"
    encoder.mkdir(parents=True, exist_ok=True)
    (folder / "var").mkdir()
    (folder / "var" / "encoder").symlink_to(encoder)
    settings = Settings(data_folder=ROOT / "data", var_folder=folder / "var", models_folder=folder / "models")
    database = Database(f"sqlite:///{write_loaded_database(folder / 'console.db')}", durable=False)
    yield make_desk(database, FakeEngine(), Cipher(Fernet.generate_key().decode()), settings)
    database.close()


@pytest.fixture(scope="module")
def home(desk: EnquiryDesk) -> Iterator[str]:
    """The origin of the console's server."""
    port = free_port()
    with served(create_app(desk.settings, desk), port) as site:
        yield site.origin


@pytest.fixture
def open_console(new_page: NewPage, home: str, desk: EnquiryDesk) -> Open:
    """Opens a page of the console for somebody of a role; takes Playwright's options of a context."""

    def open_console(path: str, role: Role = Role.REVIEWER, **options: Any) -> Page:
        page = new_page(**options)
        colleague = add_colleague(desk.database, role, email=f"{role}-{id(page)}@example.org")
        # Browsers take and send secure cookies on 127.0.0.1 without https.
        own = {"httpOnly": True, "secure": True, "sameSite": "Strict"}
        page.context.add_cookies(
            [{"name": SECRET, "value": colleague.secret, "url": home.replace("http:", "https:"), **own}]  # type: ignore[typeddict-item]
        )
        page.goto(home + path)
        return page

    return open_console

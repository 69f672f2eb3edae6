"""`assistant demo` as a newcomer runs it, and the console on what it loaded."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from cryptography.fernet import Fernet
from sqlalchemy import func, select

from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.models import Conversation, Enquiry, Group
from assistant.settings import Settings
from assistant.staff.roles import Role
from assistant.web.app import create_app
from tests.conftest import ROOT
from tests.support.fake_desk import make_desk
from tests.support.fake_engine import FakeEngine
from tests.support.staff import Desk, add_colleague

LEARNT = ("encoder", "names", "care")


def run_demo(var: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Load it without a server."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    return subprocess.run(
        [sys.executable, "-m", "assistant.cli.main", "demo", "--no-serve", *options],
        cwd=ROOT,
        env={**environment, "ASSISTANT_VAR_FOLDER": str(var)},
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """With a demonstration loaded; what is learnt is shared between runs."""
    var = tmp_path_factory.mktemp("demo")
    for name in LEARNT:
        (ROOT / "var" / "tests" / name).mkdir(parents=True, exist_ok=True)
        (var / name).symlink_to(ROOT / "var" / "tests" / name)
    done = run_demo(var)
    assert done.returncode == 0, done.stderr
    yield var


@pytest.fixture
def demo(var: Path) -> Iterator[Database]:
    """What was loaded."""
    database = Database(f"sqlite:///{var / 'demo.db'}")
    yield database
    database.close()


def count(database: Database, table: type) -> int:
    """How many rows there are."""
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_it_is_a_month_of_many_people(demo: Database) -> None:
    assert count(demo, Enquiry) >= 500
    assert count(demo, Conversation) >= 300


def test_nobody_s_words_are_kept_where_care_was_due(demo: Database) -> None:
    cared = select(Enquiry.text).where(Enquiry.outcome.in_(["crisis", "disclosure", "abuse"]))
    with demo.read() as session:
        texts = session.scalars(cared).all()
    assert texts and set(texts) == {None}


def test_it_is_loaded_once_and_its_staff_are_told_whole(var: Path, demo: Database) -> None:
    before = count(demo, Enquiry)
    done = run_demo(var)
    assert done.returncode == 0 and count(demo, Enquiry) == before
    assert done.stdout.count("@example.org") == 3 and "…" not in done.stdout


def test_it_never_touches_a_database_in_use(var: Path, tmp_path: Path) -> None:
    from tests.support.held import NOW, hold
    from tests.support.loaded_database import write_loaded_database

    url = f"sqlite:///{write_loaded_database(tmp_path / 'real.db')}"
    real = Database(url)
    hold(real, "somebody", NOW, "ENQ-2345-6789")
    done = run_demo(var, "--database", url)
    assert done.returncode != 0 and count(real, Enquiry) == 1
    real.close()


@pytest.mark.parametrize("path", ["/staff/queue", "/staff/groups/1", "/staff/examples", "/staff/figures"])
async def test_the_console_shows_it(demo: Database, tmp_path: Path, path: str) -> None:
    settings = Settings(data_folder=ROOT / "data", var_folder=tmp_path)
    desk = make_desk(demo, FakeEngine(), Cipher(Fernet.generate_key().decode()), settings)
    transport = httpx.ASGITransport(create_app(settings, desk))
    async with httpx.AsyncClient(transport=transport, base_url="https://assistant.test") as client:
        colleague = add_colleague(demo, Role.ADMIN, email=f"{path.replace('/', '-')}@example.org")
        assert count(demo, Group) > 20
        assert (await Desk(client, colleague).get(path)).status_code == 200

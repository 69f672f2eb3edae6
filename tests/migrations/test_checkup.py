"""What `assistant doctor` says of a database, of both kinds."""

from datetime import date

from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.engine.checkup import State, examine
from assistant.settings import Settings
from assistant.staff.models import Staff
from tests.conftest import ROOT


class TestDatabase:
    def test_it_is_a_problem_until_it_is_at_the_newest_migration(self, database: Database, database_url: str) -> None:
        assert _state(database_url) is State.PROBLEM
        upgrade(database.engine)
        assert _state(database_url) is State.OK

    def test_it_warns_when_nobody_is_an_administrator(self, database: Database, database_url: str) -> None:
        upgrade(database.engine)
        assert _state(database_url, "administrators") is State.OK
        with database.write() as session:
            session.add(Staff(email="ada@example.org", name="Ada", role="reviewer"))
            session.add(Staff(email="bob@example.org", name="Bob", role="admin", is_active=False))
        assert _state(database_url, "administrators") is State.WARNING
        with database.write() as session:
            session.add(Staff(email="eve@example.org", name="Eve", role="admin"))
        assert _state(database_url, "administrators") is State.OK


def _state(database_url: str, subject: str = "database") -> State:
    settings = Settings(data_folder=ROOT / "data", database_url=database_url)
    [finding] = [finding for finding in examine(settings, date(2026, 11, 27)) if finding.subject == subject]
    return finding.state

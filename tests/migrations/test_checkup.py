"""What `assistant doctor` says of a database, of both kinds."""

from datetime import date

from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.engine.checkup import State, examine
from assistant.settings import Settings
from tests.conftest import ROOT


class TestDatabase:
    def test_it_is_a_problem_until_it_is_at_the_newest_migration(self, database: Database, database_url: str) -> None:
        assert _state(database_url) is State.PROBLEM
        upgrade(database.engine)
        assert _state(database_url) is State.OK


def _state(database_url: str) -> State:
    settings = Settings(data_folder=ROOT / "data", database_url=database_url)
    [finding] = [finding for finding in examine(settings, date(2026, 11, 27)) if finding.subject == "database"]
    return finding.state

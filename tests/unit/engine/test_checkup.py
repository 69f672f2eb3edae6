import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import yaml
from cryptography.fernet import Fernet
from sqlalchemy import text

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.db.migrate import downgrade
from assistant.engine.checkup import Finding, State, examine, examine_from_environment
from assistant.enquiries.models import Purge
from assistant.settings import Settings
from assistant.staff.anchor import FILE, move_anchor
from assistant.staff.audit import Act, record
from tests.support.loaded_database import ROOT, write_loaded_database
from tests.support.made_up_models import put_live

TODAY = date(2026, 11, 27)
KEY = Fernet.generate_key().decode()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A fresh folder: the data, and nothing made of it yet."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return Settings(
        data_folder=tmp_path / "data",
        models_folder=tmp_path / "models",
        var_folder=tmp_path / "var",
        database_url=f"sqlite:///{tmp_path}/var/assistant.db",
    )


def find(settings: Settings, subject: str, day: date = TODAY) -> Finding:
    """The one finding of a subject."""
    [finding] = [finding for finding in examine(settings, day) if finding.subject == subject]
    return finding


def confirm(settings: Settings, **days: date | None) -> None:
    """Write into the signposts who confirmed them and when: today, but for the days given."""
    file = settings.data_folder / "catalogue" / "signposts.yml"
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    for entry in content["signposts"]:
        entry.update(owner="A role", checked_on=days.get(entry["slug"], TODAY))
    file.write_text(yaml.safe_dump(content), encoding="utf-8")


class TestAFreshFolder:
    def test_it_says_what_is_missing_and_makes_nothing(self, settings: Settings, tmp_path: Path) -> None:
        states = {finding.subject: finding.state for finding in examine(settings, TODAY)}
        assert states == {
            "database": State.PROBLEM,
            "catalogue": State.OK,
            "care replies": State.OK,
            "sense for care": State.WARNING,
            "finding names": State.WARNING,
            "contact key": State.WARNING,
            "signposts": State.WARNING,
        }
        assert [path.name for path in tmp_path.iterdir()] == ["data"]

    def test_it_says_what_to_do_about_everything_that_is_not_well(self, settings: Settings) -> None:
        assert all(finding.advice for finding in examine(settings, TODAY) if finding.state is not State.OK)


class TestRetention:
    @pytest.mark.parametrize(
        ("days", "state"), [(None, State.WARNING), (0, State.OK), (1, State.OK), (2, State.PROBLEM)]
    )
    def test_it_tells_when_the_last_purge_is_too_long_ago(
        self, settings: Settings, days: int | None, state: State
    ) -> None:
        (settings.var_folder).mkdir()
        write_loaded_database(settings.var_folder / "assistant.db")
        if days is not None:
            database = Database(settings.database_url)
            with database.write() as session:
                at = datetime.combine(TODAY - timedelta(days=days), time(), UTC)
                session.add(Purge(finished_at=at, counts={}))
            database.close()
        assert find(settings, "retention").state is state


class TestDatabase:
    @pytest.mark.parametrize(
        ("url", "found"),
        [
            ("no url", "ASSISTANT_DATABASE_URL is not a database URL"),
            ("oracle://host", "ASSISTANT_DATABASE_URL is not a database URL"),
            ("postgresql://assistant:hush@localhost:port/name", "ASSISTANT_DATABASE_URL is not a database URL"),
            ("postgresql://assistant:hush@localhost:1/name", "It does not answer."),
        ],
    )
    def test_it_names_a_broken_url_without_its_password(self, settings: Settings, url: str, found: str) -> None:
        finding = find(settings.model_copy(update={"database_url": url}), "database")
        assert finding.state is State.PROBLEM
        assert found in finding.found
        assert finding.advice and "hush" not in f"{finding.found} {finding.advice}"

    def test_it_notices_a_file_that_is_no_database(self, settings: Settings, tmp_path: Path) -> None:
        (tmp_path / "var").mkdir()
        (tmp_path / "var" / "assistant.db").write_bytes(b"this is no database" * 100)
        assert find(settings, "database").found.startswith("It does not answer.")

    def test_it_notices_a_missing_migration(self, settings: Settings, tmp_path: Path) -> None:
        (tmp_path / "var").mkdir()
        write_loaded_database(tmp_path / "var" / "assistant.db")
        assert find(settings, "database").state is State.OK
        database = Database(settings.database_url)
        downgrade(database.engine, "-1")
        database.close()
        assert "not at this version's newest migration" in find(settings, "database").found


class TestFiles:
    def test_it_says_which_entry_of_the_catalogue_is_wrong(self, settings: Settings) -> None:
        file = settings.data_folder / "catalogue" / "offers.yml"
        file.write_text(file.read_text(encoding="utf-8").replace("tier: current", "tier: gold", 1), encoding="utf-8")
        finding = find(settings, "catalogue")
        assert finding.state is State.PROBLEM
        assert "offers.yml, entry ics-diverse-boards, field tier" in finding.found

    def test_it_says_which_reply_of_care_is_wrong(self, settings: Settings) -> None:
        file = settings.data_folder / "catalogue" / "care.yml"
        file.write_text(file.read_text(encoding="utf-8").replace("{eass}", "{acas}"), encoding="utf-8")
        assert "{acas}" in find(settings, "care replies").found

    def test_it_says_once_what_is_wrong_with_the_signposts(self, settings: Settings) -> None:
        (settings.data_folder / "catalogue" / "signposts.yml").unlink()
        assert "signposts.yml: It cannot be read" in find(settings, "signposts").found
        replies = find(settings, "care replies")
        assert (replies.state, replies.advice) == (State.PROBLEM, "See signposts.")


class TestModel:
    @pytest.fixture
    def database(self, settings: Settings) -> Iterator[Database]:
        settings.var_folder.mkdir()
        write_loaded_database(settings.var_folder / "assistant.db")
        database = Database(settings.database_url)
        yield database
        database.close()

    def test_it_names_the_live_one(self, settings: Settings, database: Database, tmp_path: Path) -> None:
        put_live(database, settings, tmp_path, "a-model.tar.gz")
        assert find(settings, "model") == Finding("model", State.OK, "a-model.tar.gz is live, and is whole.")

    def test_it_notices_that_it_was_damaged(self, settings: Settings, database: Database, tmp_path: Path) -> None:
        put_live(database, settings, tmp_path, "a-model.tar.gz")
        (settings.models_folder / "a-model.tar.gz").write_bytes(b"another")
        finding = find(settings, "model")
        assert finding.state is State.PROBLEM
        assert "not the archive that was registered" in finding.found

    def test_it_says_how_to_get_one(self, settings: Settings, database: Database) -> None:
        finding = find(settings, "model")
        assert (finding.state, finding.advice) == (State.PROBLEM, "Run 'assistant train'.")


class TestContactKey:
    def test_it_is_well_with_a_key_of_the_settings(self, settings: Settings) -> None:
        assert find(Settings(**settings.model_dump() | {"contact_key": KEY}), "contact key").state is State.OK

    def test_it_refuses_what_is_no_key_and_does_not_repeat_it(self, settings: Settings) -> None:
        finding = find(Settings(**settings.model_dump() | {"contact_key": "a secret"}), "contact key")
        assert finding.state is State.PROBLEM
        assert "a secret" not in finding.found

    def test_it_warns_of_a_generated_key(self, settings: Settings) -> None:
        assert find(settings, "contact key").state is State.WARNING


class TestSignposts:
    def test_it_names_those_that_nobody_confirmed(self, settings: Settings) -> None:
        confirm(settings, samaritans=None)
        finding = find(settings, "signposts")
        assert (finding.state, finding.found) == (State.WARNING, "Awaiting confirmation: samaritans.")
        assert finding.advice and "Name an owner" not in finding.advice

    def test_it_asks_for_an_owner_where_nobody_is_named(self, settings: Settings) -> None:
        assert "Name an owner" in (find(settings, "signposts").advice or "")

    def test_it_says_how_many_days_ago_stale_ones_were_confirmed(self, settings: Settings) -> None:
        confirm(settings, eass=TODAY - timedelta(91), shout=TODAY - timedelta(90))
        finding = find(settings, "signposts")
        assert (finding.state, finding.found) == (State.WARNING, "Stale: eass (confirmed 91 days ago).")

    def test_it_says_both_on_lines_of_their_own(self, settings: Settings) -> None:
        confirm(settings, eass=TODAY - timedelta(91), shout=None)
        found = [finding.found for finding in examine(settings, TODAY) if finding.subject == "signposts"]
        assert found == ["Awaiting confirmation: shout.", "Stale: eass (confirmed 91 days ago)."]

    def test_it_is_well_until_the_ninetieth_day(self, settings: Settings) -> None:
        confirm(settings)
        assert find(settings, "signposts", TODAY + timedelta(90)).state is State.OK
        assert find(settings, "signposts", TODAY + timedelta(91)).state is State.WARNING


class TestTheEnvironment:
    def test_it_checks_the_settings_before_all_else(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ASSISTANT_PORT", "many")
        [finding] = examine_from_environment(TODAY)
        assert (finding.subject, finding.state) == ("settings", State.PROBLEM)
        assert "ASSISTANT_PORT" in finding.found


class TestWhatItImports:
    def test_it_imports_nothing_that_takes_long(self) -> None:
        slow = "import sys, assistant.engine.checkup; print({'rasa', 'spacy', 'sklearn', 'onnx'} & set(sys.modules))"
        done = subprocess.run([sys.executable, "-c", slow], cwd=ROOT, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "set()"


class TestRecordOfActs:
    @pytest.fixture
    def database(self, settings: Settings) -> Iterator[Database]:
        """With two acts on record."""
        settings.var_folder.mkdir(parents=True, exist_ok=True)
        database = Database(f"sqlite:///{write_loaded_database(settings.var_folder / 'assistant.db')}")
        with database.write() as session:
            for number in range(2):
                record(session, Act.VIEWED, 1, f"group:{number}")
        yield database
        database.close()

    def test_nothing_vouches_for_its_end_before_the_server_ran(self, settings: Settings, database: Database) -> None:
        found = find(settings, "record of acts")
        assert found.state is State.WARNING and "Its 2 entries hold together" in found.found

    def test_it_is_whole(self, settings: Settings, database: Database) -> None:
        with database.read() as session:
            move_anchor(session, settings.var_folder, now())
        assert find(settings, "record of acts") == Finding("record of acts", State.OK, "Its 2 entries hold together.")

    def test_it_was_shortened(self, settings: Settings, database: Database) -> None:
        with database.read() as session:
            move_anchor(session, settings.var_folder, now())
        with database.engine.begin() as connection:
            connection.execute(text("DROP TRIGGER audit_entries_no_delete"))
            connection.execute(text("DELETE FROM audit_entries WHERE number = 2"))
        found = find(settings, "record of acts")
        assert found.state is State.PROBLEM and "entry 2 is not as it was, or is missing" in found.found

    def test_its_anchor_was_spoilt(self, settings: Settings, database: Database) -> None:
        (settings.var_folder / FILE).write_text("{", encoding="utf-8")
        found = find(settings, "record of acts")
        assert found.state is State.PROBLEM and "record-of-acts.json cannot be read" in found.found

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, select, text

import assistant.catalogue.models  # noqa: F401  the comparison needs the tables of every room
from assistant.db.base import Base
from assistant.db.engine import Database
from assistant.db.migrate import LOCK_NUMBER, MigrationError, downgrade, is_up_to_date, migration_config, upgrade
from assistant.enquiries.models import FollowUp

REVISIONS = [script.revision for script in ScriptDirectory.from_config(migration_config()).walk_revisions()][::-1]
VERSION_TABLE = "alembic_version"
AT = {"at": "2026-01-01 00:00:00.000000"}
ENQUIRY = (
    "INSERT INTO enquiries (reference, conversation_id, channel, offers, rejects, received_at) "
    "VALUES (:reference, 'c', 'web', '[]', false, :at)"
)
FOLLOW_UP = (
    "INSERT INTO follow_ups (reference, consent_wording, consent_at, channel, state) "
    "VALUES (:reference, 'w', :at, 'web', :state)"
)


class TestUpgrade:
    def test_it_makes_every_table_from_nothing(self, database: Database) -> None:
        assert not is_up_to_date(database.engine)
        upgrade(database.engine)
        assert is_up_to_date(database.engine)
        assert tables_of(database) == {*Base.metadata.tables, VERSION_TABLE}

    @pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
    def test_it_makes_what_the_models_say(self, database: Database) -> None:
        upgrade(database.engine)
        with database.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_server_default": True})
            assert compare_metadata(context, Base.metadata) == []

    def test_it_names_constraints_as_the_models_do(self, database: Database) -> None:
        upgrade(database.engine)
        migrated = constraint_names(database)
        downgrade(database.engine, "base")
        Base.metadata.create_all(database.engine)
        assert migrated == constraint_names(database)

    def test_it_changes_nothing_the_second_time(self, database: Database) -> None:
        upgrade(database.engine)
        with database.write() as session:
            session.execute(text("INSERT INTO sources (slug, title, publisher, published) VALUES ('a', 'b', 'c', 'd')"))
        upgrade(database.engine)
        with database.read() as session:
            assert session.scalar(text("SELECT count(*) FROM sources")) == 1

    def test_it_can_be_run_by_two_at_once(self, database_url: str) -> None:
        databases = [Database(database_url), Database(database_url)]
        start = threading.Barrier(len(databases), timeout=10)

        def run(database: Database) -> None:
            database.ping()
            start.wait()
            upgrade(database.engine)

        with ThreadPoolExecutor() as pool:
            list(pool.map(run, databases))
        assert all(is_up_to_date(database.engine) for database in databases)
        for database in databases:
            database.close()

    def test_it_says_what_to_do_when_the_database_is_newer(self, database: Database) -> None:
        upgrade(database.engine)
        with database.write() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        assert not is_up_to_date(database.engine)
        with pytest.raises(MigrationError, match="9999.*newer version"):
            upgrade(database.engine)


class TestDowngrade:
    def test_it_goes_down_to_nothing_and_up_again(self, database: Database) -> None:
        upgrade(database.engine)
        downgrade(database.engine, "base")
        assert tables_of(database) == {VERSION_TABLE}
        upgrade(database.engine)
        assert is_up_to_date(database.engine)

    def test_it_undoes_each_step(self, database: Database) -> None:
        seen = []
        for revision in REVISIONS:
            seen.append(snapshot(database))
            upgrade(database.engine, revision)
        for revision, before in zip(["base", *REVISIONS][-2::-1], seen[::-1], strict=True):
            downgrade(database.engine, revision)
            assert snapshot(database) == before


class TestWhatKeepingForATimeNeeds:
    def test_it_takes_what_is_closed_as_closed_since_its_consent(self, database: Database) -> None:
        upgrade(database.engine, "0001")
        with database.write() as session:
            session.execute(text("INSERT INTO conversations VALUES ('c', 'web', 'h', :at, NULL, NULL, NULL, '{}')"), AT)
            for reference, state in (("ENQ-AAAA-2222", "open"), ("ENQ-BBBB-2222", "withdrawn")):
                named = {"reference": reference, "state": state, **AT}
                session.execute(text(ENQUIRY), named)
                session.execute(text(FOLLOW_UP), named)
        upgrade(database.engine)
        with database.read() as session:
            left = {each.reference: each for each in session.scalars(select(FollowUp))}
        assert left["ENQ-AAAA-2222"].closed_at is None
        assert left["ENQ-BBBB-2222"].closed_at == left["ENQ-BBBB-2222"].consent_at

    def test_it_keeps_private_columns_out_of_the_statistics(self, postgres_url: str) -> None:
        database = Database(postgres_url)
        upgrade(database.engine)
        private = (
            "SELECT count(*) FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid "
            "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped "
            "AND attstattarget = 0"
        )
        with database.read() as session:
            assert session.scalar(text(private)) == 11
        downgrade(database.engine, "0001")
        with database.read() as session:
            assert session.scalar(text(private)) == 0
        database.close()


class TestWaitingOnPostgreSQL:
    def test_it_waits_longer_than_a_statement_may_take(self, postgres_url: str) -> None:
        holder = create_engine(postgres_url)
        impatient = create_engine(postgres_url, connect_args={"options": "-c statement_timeout=50ms"})
        with holder.connect() as connection, ThreadPoolExecutor() as pool:
            connection.execute(text("SELECT pg_advisory_lock(:number)"), {"number": LOCK_NUMBER})
            waiting = pool.submit(upgrade, impatient)
            connection.execute(text("SELECT pg_sleep(0.3)"))  # the server's clock; both sides really wait
            assert not waiting.done()
            connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": LOCK_NUMBER})
            waiting.result(timeout=10)
        assert is_up_to_date(holder)
        holder.dispose()
        impatient.dispose()


def tables_of(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names())


def constraint_names(database: Database) -> dict[str, set[str | None]]:
    """The names of everything that has one, by table."""
    inspector = inspect(database.engine)
    return {
        table: {
            inspector.get_pk_constraint(table)["name"],
            *(found["name"] for found in inspector.get_unique_constraints(table)),
            *(found["name"] for found in inspector.get_foreign_keys(table)),
            *(found["name"] for found in inspector.get_indexes(table)),
        }
        for table in Base.metadata.tables
    }


def snapshot(database: Database) -> dict[str, list[str]]:
    """Tables with their columns."""
    inspector = inspect(database.engine)
    return {
        table: [column["name"] for column in inspector.get_columns(table)]
        for table in inspector.get_table_names()
        if table != VERSION_TABLE
    }

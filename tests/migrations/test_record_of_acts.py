"""The record of acts is only added to, on both databases, and whoever goes round that is found out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.staff.anchor import check_record, move_anchor
from assistant.staff.audit import Act, find_break, record
from assistant.staff.models import AuditEntry

TRIGGERS = {
    "sqlite": ["DROP TRIGGER audit_entries_no_update", "DROP TRIGGER audit_entries_no_delete"],
    "postgresql": ["DROP TRIGGER audit_entries_only_added ON audit_entries"],
}
MOVE = "UPDATE audit_entries SET number = number + 1 WHERE number = {}"
INSERTED = (
    "INSERT INTO audit_entries (number, at, act, subject, details, hash) "
    "SELECT 3, at, act, subject, details, hash FROM audit_entries WHERE number = 2"
)
TAMPERING: dict[str, tuple[list[str], int]] = {
    "another subject": (["UPDATE audit_entries SET subject = 'group:9' WHERE number = 3"], 3),
    "another person": (["UPDATE audit_entries SET staff_id = 8 WHERE number = 1"], 1),
    "one left out": (["DELETE FROM audit_entries WHERE number = 2"], 2),
    "one put between": ([MOVE.format(5), MOVE.format(4), MOVE.format(3), INSERTED], 3),
    "the last ones gone": (["DELETE FROM audit_entries WHERE number > 3"], 4),
    "all of them gone": (["DELETE FROM audit_entries"], 1),
}


@pytest.fixture
def acts(database: Database) -> Iterator[Database]:
    """With five acts on record."""
    upgrade(database.engine)
    for group in range(5):
        with database.write() as session:
            record(session, Act.VIEWED, 7, f"group:{group}", {"enquiries": group})
    return database


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entries SET act = 'x' WHERE number = 2", "DELETE FROM audit_entries WHERE number = 5"]
)
def test_the_database_refuses_to_change_it(acts: Database, statement: str) -> None:
    with pytest.raises(DBAPIError, match="only added to"), acts.engine.begin() as connection:
        connection.execute(text(statement))
    with acts.read() as session:
        assert (len(session.scalars(select(AuditEntry)).all()), find_break(session)) == (5, None)


VALUES = "(number, at, act, subject, details, hash) SELECT {}, at, 'x', subject, details, hash FROM audit_entries "
ONE = VALUES + "WHERE number = 2"
OVERWRITING = {
    "sqlite": [
        "INSERT OR REPLACE INTO audit_entries " + ONE.format("2"),
        "INSERT OR REPLACE INTO audit_entries " + ONE.format("'2'"),
        "INSERT OR REPLACE INTO audit_entries " + ONE.format("2.0"),
        "INSERT OR REPLACE INTO audit_entries " + VALUES.format("number"),
        "INSERT OR REPLACE INTO audit_entries " + ONE.replace("(number", "(rowid").format("2"),
        "INSERT OR REPLACE INTO audit_entries " + ONE.replace("(number", "(oid").format("2"),
        "REPLACE INTO audit_entries " + ONE.format("2"),
        "INSERT INTO audit_entries " + ONE.format("2") + " ON CONFLICT (number) DO UPDATE SET act = 'x'",
        "INSERT INTO audit_entries " + ONE.format("2") + " ON CONFLICT DO UPDATE SET act = 'x'",
        "UPDATE OR REPLACE audit_entries SET number = 2 WHERE number = 3",
        "UPDATE OR IGNORE audit_entries SET act = 'x' WHERE number = 3",
        "WITH x AS (SELECT 2 AS n) UPDATE audit_entries SET act = 'x' FROM x WHERE number = x.n",
        "DELETE FROM audit_entries",
    ],
    "postgresql": [
        "INSERT INTO audit_entries " + ONE.format("2") + " ON CONFLICT (number) DO UPDATE SET act = 'x'",
        "INSERT INTO audit_entries "
        + ONE.format("2")
        + " ON CONFLICT ON CONSTRAINT pk_audit_entries DO UPDATE SET act = EXCLUDED.act",
        "MERGE INTO audit_entries a USING (SELECT 2 AS n) b ON a.number = b.n WHEN MATCHED THEN UPDATE SET act = 'x'",
        "MERGE INTO audit_entries a USING (SELECT 2 AS n) b ON a.number = b.n WHEN MATCHED THEN DELETE",
        "WITH gone AS (DELETE FROM audit_entries WHERE number = 2 RETURNING 1) SELECT * FROM gone",
        "TRUNCATE audit_entries",
        "TRUNCATE audit_entries CASCADE",
        "DELETE FROM audit_entries",
    ],
}


@pytest.mark.parametrize("recursive_triggers", ["OFF", "ON"])
def test_no_other_way_of_writing_overwrites_it(acts: Database, recursive_triggers: str) -> None:
    """SQLite asks the trigger of deletions about a replaced row only while recursive_triggers is on."""
    kind = acts.engine.dialect.name
    for statement in OVERWRITING[kind]:
        with pytest.raises(DBAPIError, match="only added to"), acts.engine.connect() as connection:
            if kind == "sqlite":
                connection.connection.driver_connection.execute(f"PRAGMA recursive_triggers={recursive_triggers}")
            connection.execute(text(statement))
            connection.commit()
            pytest.fail(statement)
    with acts.read() as session:
        assert (len(session.scalars(select(AuditEntry)).all()), find_break(session)) == (5, None)


def test_an_entry_of_a_number_that_is_taken_changes_nothing(acts: Database) -> None:
    statement = "INSERT INTO audit_entries " + ONE.format("2")
    with pytest.raises(DBAPIError), acts.engine.begin() as connection:
        connection.execute(text(statement))
    with acts.read() as session:
        assert (len(session.scalars(select(AuditEntry)).all()), find_break(session)) == (5, None)


def test_what_was_done_is_on_record(acts: Database) -> None:
    with acts.read() as session:
        entry = session.get_one(AuditEntry, 4)
        assert (entry.staff_id, entry.act, entry.subject, entry.details) == (7, "viewed", "group:3", {"enquiries": 3})


def test_an_act_that_is_rolled_back_leaves_no_gap(acts: Database) -> None:
    with pytest.raises(ZeroDivisionError), acts.write() as session:
        record(session, Act.DECIDED, 7, "group:1")
        raise ZeroDivisionError
    with acts.write() as session:
        record(session, Act.DECIDED, 7, "group:2")
    with acts.read() as session:
        assert (len(session.scalars(select(AuditEntry)).all()), find_break(session)) == (6, None)


@pytest.mark.parametrize("name", TAMPERING)
def test_tampering_is_found_where_it_begins(acts: Database, tmp_path: Path, name: str) -> None:
    with acts.read() as session:
        move_anchor(session, tmp_path, now())
    statements, first = TAMPERING[name]
    with acts.engine.begin() as connection:
        for statement in [*TRIGGERS[acts.engine.dialect.name], *statements]:
            connection.execute(text(statement))
    with acts.read() as session:
        assert check_record(session, tmp_path).broken == first


def test_a_record_that_only_grew_is_whole(acts: Database, tmp_path: Path) -> None:
    with acts.read() as session:
        assert move_anchor(session, tmp_path, now()).number == 5
    with acts.write() as session:
        record(session, Act.SEARCHED, None, "queue", {"groups": 0})
    with acts.read() as session:
        verdict = check_record(session, tmp_path)
        assert (verdict.entries, verdict.broken, verdict.anchor.number) == (6, None, 5)


def test_records_written_anew_do_not_pass(acts: Database, tmp_path: Path) -> None:
    with acts.read() as session:
        move_anchor(session, tmp_path, now())
    with acts.engine.begin() as connection:
        for statement in [*TRIGGERS[acts.engine.dialect.name], "DELETE FROM audit_entries"]:
            connection.execute(text(statement))
    for _ in range(6):
        with acts.write() as session:
            record(session, Act.VIEWED, 7, "group:1")
    with acts.read() as session:
        assert find_break(session) is None
        assert check_record(session, tmp_path).broken == 5


def test_another_database_begins_another_record(acts: Database, tmp_path: Path) -> None:
    with acts.read() as session:
        move_anchor(session, tmp_path, now())
    other = Database(f"sqlite:///{tmp_path}/other.db")
    upgrade(other.engine)
    with other.read() as session:
        assert check_record(session, tmp_path).broken is None
    other.close()

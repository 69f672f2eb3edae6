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

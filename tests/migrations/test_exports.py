"""The file of questions, on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.enquiries.models import FollowUp
from assistant.review import exports
from assistant.review.exports import HEAD, ExportRefusedError, Questions, read_questions, record_questions
from assistant.review.spreadsheets import read_rows, write_rows
from assistant.staff.models import AuditEntry
from tests.support.many_asked import add, add_group, ask

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
DAY = timedelta(days=1)
WANTED = Questions(date(2026, 11, 26), date(2026, 11, 26))
WITH_TEXT = Questions(date(2026, 11, 26), date(2026, 11, 26), with_text=True, reason="The board asked")


@pytest.fixture
def tables(database: Database) -> Database:
    """A database with every table, empty."""
    upgrade(database.engine)
    return database


def rows_of(database: Database, wanted: Questions) -> list[list[str]]:
    return read_rows(b"".join(write_rows(read_questions(database, wanted))))


def test_it_has_a_row_for_each_question_of_the_days(tables: Database) -> None:
    group = add_group(tables, NOON)
    known = {"confidence": 0.876, "useful": False, "offers": ["lfhii", "population-health"]}
    [reference] = ask(tables, NOON, group=group, channel="teams", text="=1+1", **known)
    for moment in (NOON - DAY, NOON + DAY):
        ask(tables, moment)
    head, *rows = rows_of(tables, WANTED)
    assert tuple(head) == HEAD
    offers = "lfhii population-health"
    told = [reference, "2026-11-26T12:00:00+00:00", "teams", "offer", offers, "0.88", "no", str(group), "open"]
    assert rows == [told]


def test_what_members_wrote_is_there_only_when_asked_for(tables: Database) -> None:
    ask(tables, NOON, text="=cmd|' /C calc'!A0")
    assert "cmd" not in str(rows_of(tables, WANTED))
    assert rows_of(tables, WITH_TEXT)[1][-1] == "=cmd|' /C calc'!A0"


def test_contact_details_are_in_neither(tables: Database) -> None:
    [reference] = ask(tables, NOON)
    kept = {"name_encrypted": b"Ade", "email_encrypted": b"ade@nhs.net", "consent_wording": "w", "consent_at": NOON}
    add(tables, [FollowUp(reference=reference, channel="web", **kept)])
    for wanted in (WANTED, WITH_TEXT):
        content = b"".join(write_rows(read_questions(tables, wanted)))
        assert b"Ade" not in content and b"ade@nhs.net" not in content


def test_nothing_is_lost_between_chunks(tables: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "CHUNK", 3)
    references = ask(tables, NOON, 7) + ask(tables, NOON + timedelta(microseconds=1), 2)
    rows = rows_of(tables, WANTED)[1:]
    assert sorted(row[0] for row in rows) == sorted(references)
    assert [row[0] for row in rows[-2:]] == sorted(references[-2:])


def test_it_is_on_record_with_count_and_reason(tables: Database) -> None:
    ask(tables, NOON, 3)
    with tables.write() as session:
        assert record_questions(session, 7, WITH_TEXT) == 3
    with tables.read() as session:
        entry = session.get_one(AuditEntry, 1)
    assert (entry.act, entry.subject) == ("exported", "questions:2026-11-26:2026-11-26")
    assert entry.details == {"count": 3, "with_text": True, "reason": "The board asked"}


@pytest.mark.parametrize("reason", ["", "  "])
def test_text_needs_a_reason(reason: str) -> None:
    with pytest.raises(ExportRefusedError, match="Say why"):
        Questions(date(2026, 1, 1), date(2026, 1, 1), with_text=True, reason=reason)


def test_days_stand_in_their_order() -> None:
    with pytest.raises(ExportRefusedError, match="before the first"):
        Questions(date(2026, 1, 2), date(2026, 1, 1))


def test_the_name_of_the_file_is_ours() -> None:
    assert WITH_TEXT.file_name == "questions-2026-11-26-to-2026-11-26-with-text.csv"

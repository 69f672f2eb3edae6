"""What the rest of the code relies on, whichever database an operator chose."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from assistant.catalogue.loader import TABLES, load_catalogue
from assistant.catalogue.models import Example
from assistant.catalogue.offers import get_offer, list_offers
from assistant.db.engine import Database, DatabaseRefusedError, DatabaseUnavailableError
from assistant.db.migrate import upgrade
from assistant.enquiries.models import Conversation, Enquiry, FollowUp, Message

FILES = Path(__file__).parents[2] / "data" / "catalogue"
NOON = datetime(2026, 7, 1, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def tables(database: Database) -> Database:
    """A database with every table, empty."""
    upgrade(database.engine)
    return database


class TestTheCatalogue:
    def test_it_is_the_same_on_both(self, tmp_path: Path, postgres_url: str) -> None:
        light, heavy = rows_after_loading(f"sqlite:///{tmp_path}/a.db"), rows_after_loading(postgres_url)
        assert light == heavy
        assert len(light["offers"]) == 19

    def test_it_is_left_alone_the_second_time(self, tables: Database) -> None:
        for _ in range(2):
            with tables.write() as session:
                report = load_catalogue(session, FILES)
        assert len(report.kinds["offers"].unchanged) == 19
        assert not any(found.added or found.updated or found.removed for found in report.kinds.values())

    def test_it_reads_back_what_an_answer_needs(self, tables: Database) -> None:
        with tables.write() as session:
            load_catalogue(session, FILES)
        with tables.read() as session:
            offer = get_offer(session, "lfhii")
            assert (offer.stages, offer.tier, offer.contact) == (["commit", "act"], "current", None)
            assert [other.position for other in list_offers(session)] == sorted(
                o.position for o in list_offers(session)
            )


class TestUnitsOfWork:
    def test_it_keeps_what_is_written(self, tables: Database) -> None:
        with tables.write() as session:
            session.add(Example(text="a", label="greet"))
        assert count(tables) == 1

    @pytest.mark.parametrize("unit", ["read", "write"])
    def test_it_undoes_everything_on_an_exception(self, tables: Database, unit: str) -> None:
        with pytest.raises(ZeroDivisionError), getattr(tables, unit)() as session:
            session.add(Example(text="a", label="greet"))
            session.flush()
            raise ZeroDivisionError
        assert count(tables) == 0

    def test_it_keeps_nothing_of_a_read(self, tables: Database) -> None:
        with tables.read() as session:
            session.add(Example(text="a", label="greet"))
            session.flush()
        assert count(tables) == 0

    def test_it_undoes_only_the_savepoint_that_failed(self, tables: Database) -> None:
        with tables.write() as session:
            session.add(Example(text="kept", label="greet"))
            with pytest.raises(ZeroDivisionError), session.begin_nested():
                session.add(Example(text="undone", label="greet"))
                session.flush()
                raise ZeroDivisionError
        assert count(tables) == 1

    def test_it_tells_no_words_of_a_refused_row(self, tables: Database) -> None:
        with pytest.raises(DatabaseRefusedError) as refusal, tables.write() as session:
            session.add(Example(text="a", label="greet"))
            session.flush()
            session.add(Example(text="a", label="greet"))
        assert str(refusal.value) == "The database refused what was written: IntegrityError."
        assert refusal.value.__suppress_context__
        assert count(tables) == 0


class TestKeys:
    def test_it_refuses_a_follow_up_without_enquiry(self, tables: Database) -> None:
        with pytest.raises(DatabaseRefusedError), tables.write() as session:
            session.execute(
                text(
                    "INSERT INTO follow_ups (reference, consent_wording, consent_at, channel, state) "
                    "VALUES ('ENQ-0000-0000', 'a', '2026-01-01 00:00:00', 'web', 'open')"
                )
            )

    def test_it_deletes_with_a_conversation_what_hangs_on_it(self, tables: Database) -> None:
        with tables.write() as session:
            session.add(Conversation(id="c", channel="web", token_hash="h"))
            session.flush()
            session.add(Enquiry(reference="ENQ-0000-0000", conversation_id="c", channel="web"))
            session.add(Message(conversation_id="c", fingerprint="f"))
            session.flush()
            session.add(FollowUp(reference="ENQ-0000-0000", consent_wording="w", consent_at=NOON, channel="web"))
        with tables.write() as session:
            session.execute(text("DELETE FROM conversations"))
        with tables.read() as session:
            assert [session.scalar(select(func.count()).select_from(t)) for t in (Enquiry, Message, FollowUp)] == [
                0
            ] * 3


class TestValues:
    @pytest.mark.parametrize("hours", [0, 1, -8])
    def test_it_gives_times_back_in_utc(self, tables: Database, hours: int) -> None:
        with tables.write() as session:
            session.add(Example(text="a", label="greet", created_at=NOON.astimezone(timezone(timedelta(hours=hours)))))
        with tables.read() as session:
            stored = session.scalars(select(Example.created_at)).one()
        assert stored == NOON
        assert stored.utcoffset() == timedelta(0)

    def test_it_compares_times_whatever_their_zone(self, tables: Database) -> None:
        with tables.write() as session:
            session.add(Example(text="a", label="greet", created_at=NOON))
        with tables.read() as session:
            same_moment = NOON.astimezone(timezone(timedelta(hours=5)))
            assert found(session, Example.created_at >= same_moment) == 1
            assert found(session, Example.created_at > same_moment) == 0

    def test_it_refuses_a_time_without_zone(self, tables: Database) -> None:
        with pytest.raises(DatabaseUnavailableError), tables.write() as session:
            session.add(Example(text="a", label="greet", created_at=NOON.replace(tzinfo=None)))
        assert count(tables) == 0

    def test_it_stores_a_missing_reply_as_null(self, tables: Database) -> None:
        with tables.write() as session:
            session.add(Conversation(id="c", channel="web", token_hash="h"))
            session.flush()
            session.add(Message(conversation_id="c", fingerprint="f", reply=None))
        with tables.read() as session:
            assert found(session, Message.reply.is_(None), Message) == 1

    def test_it_gives_back_words_of_any_script(self, tables: Database) -> None:
        words = "Sinéad – “quoted” 👩\u200d⚕️ ŵ नमस्ते"
        with tables.write() as session:
            session.add(Example(text=words, label="greet"))
        with tables.read() as session:
            assert session.scalars(select(Example.text)).one() == words


def rows_after_loading(url: str) -> dict[str, list[dict[str, Any]]]:
    """Every row of the catalogue as it is read back."""
    database = Database(url)
    upgrade(database.engine)
    with database.write() as session:
        load_catalogue(session, FILES)
    with database.read() as session:
        rows = {
            kind: [dict(row) for row in session.execute(select(table.__table__).order_by(table.slug)).mappings()]
            for kind, table in TABLES.items()
        }
    database.close()
    return rows


def count(database: Database) -> int:
    with database.read() as session:
        return found(session)


def found(session: Session, condition: Any = None, table: Any = Example) -> int:
    query = select(func.count()).select_from(table)
    return session.scalar(query if condition is None else query.where(condition)) or 0

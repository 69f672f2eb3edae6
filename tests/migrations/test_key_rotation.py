"""Re-encryption under a new key, on both databases, and with messages that come in meanwhile."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import LargeBinary, delete, select

from assistant.db.base import Base
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.enquiries import key_rotation
from assistant.enquiries.encryption import Cipher, make_key
from assistant.enquiries.key_rotation import count_encrypted, encrypted_columns, reencrypt
from assistant.enquiries.models import Conversation, Enquiry, FollowUp

OLD, NEW, LOST = make_key(), make_key(), make_key()
BOTH = Cipher(f"{NEW},{OLD}")
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
PEOPLE = 7  # three batches and one value more
VALUES = 3 * PEOPLE


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_rotation, "BATCH", 2)


@pytest.fixture
def tables(database: Database) -> Iterator[Database]:
    """Seven askers who left a question under the old key and began another, one who withdrew, one with neither."""
    upgrade(database.engine)
    for number in range(PEOPLE):
        add_asker(database, number, Cipher(OLD))
    add_asker(database, 98, None)
    with database.write() as session:
        session.add(Conversation(id="asks-only", channel="web", token_hash="h"))
    yield database


class TestReencrypt:
    def test_it_leaves_nothing_that_the_old_key_opens(self, tables: Database) -> None:
        assert opened_by(OLD, tables) == VALUES
        done = reencrypt(tables, BOTH)
        assert (done.renewed, done.current, done.unreadable) == (VALUES, 0, [])
        assert (opened_by(OLD, tables), opened_by(NEW, tables)) == (0, VALUES)

    def test_it_keeps_what_was_encrypted(self, tables: Database) -> None:
        before = everything(tables, Cipher(OLD))
        reencrypt(tables, BOTH)
        assert everything(tables, Cipher(NEW)) == before
        assert before["c3"] == ({"name": "Asker 3"}, "Asker 3", "asker3@example.org")
        assert before["c98"] == (None, None, None)

    def test_it_changes_nothing_the_second_time(self, tables: Database) -> None:
        reencrypt(tables, BOTH)
        before = ciphertexts(tables)
        done = reencrypt(tables, BOTH)
        assert (done.renewed, done.current, done.unreadable) == (0, VALUES, [])
        assert ciphertexts(tables) == before

    def test_it_tells_how_far_it_is(self, tables: Database) -> None:
        steps: list[int] = []
        reencrypt(tables, BOTH, steps.append)
        assert sum(steps) == count_encrypted(tables) == VALUES
        assert max(steps) == 2

    def test_it_can_be_stopped_and_run_again(self, tables: Database) -> None:
        def stop(values: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            reencrypt(tables, BOTH, stop)
        assert (opened_by(OLD, tables), opened_by(NEW, tables)) == (VALUES - 2, 2)
        done = reencrypt(tables, BOTH)
        assert (done.renewed, done.current, opened_by(OLD, tables)) == (VALUES - 2, 2, 0)

    def test_it_leaves_and_names_what_no_key_opens(self, tables: Database) -> None:
        add_asker(tables, 50, Cipher(LOST))
        done = reencrypt(tables, BOTH)
        assert done.renewed == VALUES
        assert sorted(done.unreadable) == [
            "conversations.draft of c50",
            "follow_ups.email_encrypted of ENQ-50",
            "follow_ups.name_encrypted of ENQ-50",
        ]
        assert everything(tables, Cipher(f"{NEW},{LOST}"))["c50"] == (
            {"name": "Asker 50"},
            "Asker 50",
            "asker50@example.org",
        )

    def test_it_leaves_everything_with_a_wrong_key(self, tables: Database) -> None:
        before = ciphertexts(tables)
        done = reencrypt(tables, Cipher(LOST))
        assert (done.renewed, len(done.unreadable)) == (0, VALUES)
        assert ciphertexts(tables) == before


class TestWhileMessagesComeIn:
    @pytest.mark.parametrize("server", [OLD, NEW, f"{NEW},{OLD}"], ids=["old", "new", "both"])
    def test_it_keeps_what_was_changed_after_it_was_read(self, tables: Database, server: str) -> None:
        def write() -> None:
            with tables.write() as session:
                session.get_one(Conversation, "c3").draft = Cipher(server).encrypt({"name": "Another"})

        done = reencrypt(tables, Interrupted(write))
        assert everything(tables, Cipher(NEW))["c3"] == ({"name": "Another"}, "Asker 3", "asker3@example.org")
        assert (done.renewed + done.current, opened_by(OLD, tables)) == (VALUES, 0)

    def test_it_brings_nothing_back_that_was_withdrawn(self, tables: Database) -> None:
        def withdraw() -> None:
            with tables.write() as session:
                session.get_one(Conversation, "c3").draft = None

        reencrypt(tables, Interrupted(withdraw))
        assert everything(tables, Cipher(NEW))["c3"] == (None, "Asker 3", "asker3@example.org")

    def test_it_brings_nothing_back_that_was_erased(self, tables: Database) -> None:
        def erase() -> None:
            with tables.write() as session:
                session.execute(delete(Conversation).where(Conversation.id == "c3"))

        done = reencrypt(tables, Interrupted(erase))
        assert "c3" not in everything(tables, Cipher(NEW))
        assert (done.renewed, opened_by(OLD, tables)) == (VALUES - 3, 0)

    def test_it_leaves_alone_what_came_in(self, tables: Database) -> None:
        arrived = iter(range(10, 20))

        def leave(values: int) -> None:
            if (number := next(arrived, None)) is not None:
                add_asker(tables, number, BOTH)

        reencrypt(tables, BOTH, leave)
        known = everything(tables, Cipher(NEW))
        assert [known[f"c{number}"][1] for number in range(10, 20)] == [f"Asker {number}" for number in range(10, 20)]
        assert (opened_by(OLD, tables), opened_by(NEW, tables)) == (0, VALUES + 30)


class TestEncryptedColumns:
    def test_it_finds_every_column_of_bytes(self) -> None:
        """A column of bytes that is no ciphertext would be an exception to name here."""
        found = {(column.table.name, column.name) for column in encrypted_columns()}
        assert found >= {
            ("conversations", "draft"),
            ("follow_ups", "name_encrypted"),
            ("follow_ups", "email_encrypted"),
            ("inbox", "arrival_encrypted"),
            ("places", "address_encrypted"),
            ("places", "token_encrypted"),
            ("posts", "address_encrypted"),
            ("posts", "content_encrypted"),
            ("slack_installations", "installation_encrypted"),
        }
        columns = [column for table in Base.metadata.sorted_tables for column in table.columns]
        plain = {f"{column.table.name}.{column.name}" for column in columns if isinstance(column.type, LargeBinary)}
        assert plain == {"question_groups.vector"}


class Interrupted(Cipher):
    """Somebody else writes after the draft of asker 3 was read, and before it is written."""

    def __init__(self, interrupt: Callable[[], None]) -> None:
        super().__init__(f"{NEW},{OLD}")
        self._interrupt = interrupt

    def renew(self, ciphertext: bytes) -> bytes:
        if self.decrypt(ciphertext) == {"name": "Asker 3"}:
            self._interrupt()
        return super().renew(ciphertext)


def add_asker(database: Database, number: int, cipher: Cipher | None) -> None:
    """A conversation with a draft and a question left; without cipher, nothing is known of its asker any more."""
    name, address = f"Asker {number}", f"asker{number}@example.org"
    with database.write() as session:
        draft = cipher.encrypt({"name": name}) if cipher else None
        session.add(Conversation(id=f"c{number}", channel="web", token_hash="h", draft=draft))
        session.flush()
        session.add(Enquiry(reference=f"ENQ-{number}", conversation_id=f"c{number}", channel="web"))
        session.flush()
        session.add(
            FollowUp(
                reference=f"ENQ-{number}",
                name_encrypted=cipher.encrypt(name) if cipher else None,
                email_encrypted=cipher.encrypt(address) if cipher else None,
                consent_wording="w",
                consent_at=NOON,
                channel="web",
            )
        )


def ciphertexts(database: Database) -> list[bytes]:
    """Every encrypted value of the database."""
    with database.read() as session:
        return [
            value
            for column in encrypted_columns()
            for value in session.scalars(select(column).order_by(*column.table.primary_key))
            if value is not None
        ]


def opened_by(key: str, database: Database) -> int:
    """How many values this key opens."""
    return sum(opens(key, ciphertext) for ciphertext in ciphertexts(database))


def opens(key: str, ciphertext: bytes) -> bool:
    try:
        Fernet(key).decrypt(ciphertext)
    except InvalidToken:
        return False
    return True


def everything(database: Database, cipher: Cipher) -> dict[str, tuple[object, ...]]:
    """What is known of the asker of each conversation: draft, name, address."""
    query = (
        select(Conversation.id, Conversation.draft, FollowUp.name_encrypted, FollowUp.email_encrypted)
        .join(Enquiry, Enquiry.conversation_id == Conversation.id)
        .join(FollowUp, FollowUp.reference == Enquiry.reference)
    )
    with database.read() as session:
        return {
            name: tuple(cipher.decrypt(value) if value else None for value in values)
            for name, *values in session.execute(query)
        }

"""An erasure leaves no bytes: the files of the database are searched for words and for the ciphertext of contacts."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, select, text

from assistant.cli.erase import erase as erase_command
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.db.scrubbing import LOG_STATEMENTS, ScrubbingError, scrub
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.erasure import PERSONAL, PERSONAL_TABLES
from assistant.enquiries.follow_ups import leave_question
from assistant.enquiries.letters import LetterKind
from assistant.enquiries.models import Conversation, DialogueState, Enquiry, FollowUp, Group, Message, OutboxLetter
from assistant.enquiries.outbox import queue_letter
from assistant.messaging.erasing import PERSONAL as CHANNEL_TABLES
from assistant.messaging.erasing import SCRUBBED_TABLES, erase
from assistant.messaging.models import InboxMessage, Place, Post, PostKind
from assistant.settings import Settings
from tests.support.held import count, days_ago, hold
from tests.support.postgres import OPTIONS, PostgresServer, running_server
from tests.support.queued import sort

CANARY, OTHERS = "ENQ-CCCC-2222", "ENQ-KKKK-2222"
# What an operator has to set, so that PostgreSQL removes its log rather than using the files again as they are.
REMOVING = "-c wal_recycle=off -c min_wal_size=32MB -c full_page_writes=on -c autovacuum_naptime=1s"


@dataclass(frozen=True)
class Kept:
    """A database, and where its files are."""

    database: Database
    url: str
    files: Path

    def search(self, needles: dict[str, bytes]) -> dict[str, list[str]]:
        """Which files hold which of the needles."""
        found: dict[str, list[str]] = {}
        for file in sorted(each for each in self.files.rglob("*") if each.is_file()):
            try:
                held = file.read_bytes()
            except FileNotFoundError:  # the server writes some files anew by itself; nothing may be missed by that
                return self.search(needles)
            for name, needle in needles.items():
                if needle in held:
                    found.setdefault(name, []).append(str(file.relative_to(self.files)))
        return found


@pytest.fixture(scope="module")
def removing_server() -> Iterator[PostgresServer]:
    """A PostgreSQL of this module's own, which removes its log."""
    with running_server(f"{OPTIONS.replace('-c full_page_writes=off', '')} {REMOVING}") as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    """A database of each kind, with what many others said in it."""
    if request.param == "sqlite":
        url, files = f"sqlite:///{tmp_path}/files/test.db", tmp_path / "files"
    else:
        server: PostgresServer = request.getfixturevalue("removing_server")
        server.run(f'CREATE DATABASE "{tmp_path.name}"')
        url, files = server.url(tmp_path.name), server.folder / "data"
    database = Database(url)
    upgrade(database.engine)
    for number in range(1, 60):
        hold(database, f"other {number}", days_ago(1), f"ENQ-{number:04}-2222", state="open")
    yield Kept(database, url, files)
    database.close()
    if request.param == "postgresql":
        removing = request.getfixturevalue("removing_server")
        removing.run(f'DROP DATABASE "{tmp_path.name}" WITH (FORCE)')


@pytest.fixture
def needles(kept: Kept, cipher: Cipher) -> dict[str, bytes]:
    """Everything that the canary wrote and left, as bytes; unlike what any other test wrote on the same server."""
    unique = now().strftime("%H%M%S%f")
    words = {
        name: f"{name} canary {unique}"
        for name in ("message", "payload", "reply", "enquiry", "choice", "event", "draft")
    }
    database = kept.database
    hold(database, "canary", days_ago(1), CANARY)
    with database.write() as session:
        draft = {"question": words["enquiry"], "name": f"Ade {unique}", "email": f"ade{unique}@nhs.net"}
        leave_question(session, session.get_one(Enquiry, CANARY), draft, cipher)
        message = session.scalars(select(Message).where(Message.conversation_id == "canary")).one()
        message.text, message.payload = words["message"], words["payload"]
        message.reply = {"replies": [{"text": words["reply"]}]}
        session.get_one(DialogueState, "canary").events = f'["{words["event"]}"]'
        conversation = session.get_one(Conversation, "canary")
        conversation.choices = {"x": [words["choice"], "/y"]}
        conversation.draft = cipher.encrypt(words["draft"])
        session.flush()
        left = session.get_one(FollowUp, CANARY)
        left.words_encrypted = cipher.encrypt(f"what happened to {unique}")
        queue_letter(session, left, LetterKind.LAPSED, cipher, Settings())
        session.flush()
        letter = session.scalars(select(OutboxLetter).where(OutboxLetter.reference == CANARY)).one()
        in_channel = {name: cipher.encrypt(f"{name} {unique}") for name in ("arrival", "address", "token", "content")}
        kept = {"address_encrypted": in_channel["address"], "conversation_id": "canary", "channel": "slack"}
        session.add(Place(id="place", token_encrypted=in_channel["token"], is_private=True, **kept))
        post = {"lane": "place", "content_encrypted": in_channel["content"]}
        session.add(Post(key=unique, kind=PostKind.REPLY, reference=CANARY, **post, **kept))
        waiting = {"channel": "slack", "lane": "place", "arrival_encrypted": in_channel["arrival"]}
        session.add(InboxMessage(key=unique, **waiting))
        encrypted = {
            **in_channel,
            "name": left.name_encrypted,
            "email": left.email_encrypted,
            "what happened": left.words_encrypted,
            "half left": conversation.draft,
            "letter": letter.letter_encrypted,
        }
    del words["draft"]
    sort(database)
    with database.read() as session:
        vector = session.scalars(select(Group.vector).where(Group.leader == CANARY)).one()
    return {
        **{name: value.encode() for name, value in words.items()},
        **{name: bytes(value or b"") for name, value in encrypted.items()},
        "vector": bytes(vector or b""),
    }


def settle(database: Database) -> None:
    """Have PostgreSQL sample every column and write everything out, as it does by itself sooner or later."""
    if database.engine.dialect.name == "postgresql":
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
            connection.execute(text("CHECKPOINT"))


def test_the_search_finds_the_canary_before(kept: Kept, needles: dict[str, bytes]) -> None:
    settle(kept.database)
    assert kept.search(needles).keys() == needles.keys()


def test_it_leaves_no_bytes(kept: Kept, needles: dict[str, bytes]) -> None:
    settle(kept.database)
    erased = erase(kept.database, "canary")
    assert erased == dict.fromkeys((*PERSONAL_TABLES, *(table.__tablename__ for table in CHANNEL_TABLES)), 1)
    assert scrub(kept.database, SCRUBBED_TABLES) == []
    assert kept.search(needles) == {}
    others = {table: count(kept.database, table) for table in PERSONAL}
    assert others == {**dict.fromkeys(PERSONAL, 59), OutboxLetter: 0}


def test_the_command_leaves_no_bytes_of_a_reference(kept: Kept, needles: dict[str, bytes]) -> None:
    settle(kept.database)
    result = CliRunner().invoke(erase_command, [CANARY, "--yes"], obj=Settings(database_url=kept.url))
    assert result.exit_code == 0, result.output
    assert "messages 1, conversations 1." in " ".join(result.stdout.split())
    assert kept.search(needles) == {}


def test_a_later_purge_leaves_no_bytes_of_what_the_public_api_erased(kept: Kept, needles: dict[str, bytes]) -> None:
    erase(kept.database, "canary")
    settle(kept.database)
    scrub(kept.database, SCRUBBED_TABLES)
    assert kept.search(needles) == {}


def test_the_public_api_alone_leaves_none_in_sqlite(tmp_path: Path, cipher: Cipher) -> None:
    database = Database(f"sqlite:///{tmp_path}/files/test.db")
    upgrade(database.engine)
    hold(database, "canary", days_ago(1), CANARY, state="open", email_encrypted=b"ciphertext of an address")
    kept = Kept(database, "", tmp_path / "files")
    needles = {"words": b"words of canary", "answer": b"answer to canary", "contact": b"ciphertext of an address"}
    assert kept.search(needles).keys() == needles.keys()
    erase(database, "canary")
    assert kept.search(needles) == {}
    database.close()


def test_it_says_what_the_role_may_not_do(removing_server: PostgresServer) -> None:
    removing_server.run("CREATE ROLE plain LOGIN")
    removing_server.run("CREATE DATABASE plain OWNER plain")
    database = Database(removing_server.url("plain").replace("assistant@", "plain@"))
    upgrade(database.engine)
    assert scrub(database, SCRUBBED_TABLES) == list(LOG_STATEMENTS)
    database.close()


def test_it_says_when_others_hold_the_tables(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.db.scrubbing.WAIT_SECONDS", 0.01)
    holder = create_engine(kept.url)
    with holder.begin() as connection:
        connection.execute(text("UPDATE messages SET text = text"))
        with pytest.raises(ScrubbingError, match="Run: assistant purge"):
            scrub(kept.database, SCRUBBED_TABLES)
    holder.dispose()

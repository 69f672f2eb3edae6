"""The whole way of a question on PostgreSQL: log, dialogue state, leaving a question, erasure, with the real engine."""

import warnings
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from assistant.catalogue.loader import load_catalogue
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.engine import lean
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.encryption import open_cipher
from assistant.enquiries.models import Conversation, DialogueState, Enquiry, FollowUp, Message
from tests.conftest import ROOT, Trained
from tests.support.desk_asker import DeskAsker
from tests.support.fake_desk import make_desk

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.asyncio(loop_scope="session")]


async def test_it_answers_follows_up_takes_a_question_and_erases_it_all(desk: EnquiryDesk) -> None:
    asker = await DeskAsker.begins(desk)
    assert (await asker.says("What is the LFHII?"))["offers"][0]["slug"] == "lfhii"
    assert (await asker.says("who do I contact about that?"))["offers"][0]["slug"] == "lfhii"
    assert (await asker.says("can I speak to a person"))["expects"] == "question"
    for given, step in (("Is there a price list?", "name"), ("Ada", "email"), ("ada@example.org", "consent")):
        assert (await asker.says(given))["expects"] == step
    reference = (await asker.says("yes please"))["enquiry"]
    assert "with the team" in (await asker.says(f"status of {reference}"))["replies"][0]["text"]
    assert _rows(desk.database, FollowUp) == 1
    await asker.erases()
    assert [_rows(desk.database, table) for table in (Conversation, Message, Enquiry, FollowUp, DialogueState)] == [
        0
    ] * 5


def _rows(database: Database, table: type) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def desk(trained: Trained, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[EnquiryDesk]:
    """A desk, its engine and its actions on one empty PostgreSQL database."""
    lean.install()
    from actions import answering
    from assistant.engine.rasa_engine import RasaEngine

    database = Database(postgres_url)
    upgrade(database.engine)
    with database.write() as session:
        load_catalogue(session, ROOT / "data" / "catalogue")
    monkeypatch.setattr(answering, "shared_database", lambda: database)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        engine = RasaEngine(trained.archive, database)
    yield make_desk(database, engine, open_cipher(trained.settings), trained.settings)
    database.close()

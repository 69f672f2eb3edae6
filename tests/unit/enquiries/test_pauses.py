"""Abuse for the third time in ten minutes pauses a conversation for a quarter of an hour."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.models import Enquiry
from tests.support.desk_asker import DeskAsker

ABUSE = "you are a stupid bitch"


@pytest.fixture
async def asker(desk: EnquiryDesk) -> DeskAsker:
    """With a conversation that was just opened."""
    return await DeskAsker.begins(desk)


def texts(reply: dict[str, list[dict[str, str]]]) -> str:
    """What a reply says."""
    return " ".join(each["text"] for each in reply["replies"])


def let_pass(database: Database, time: timedelta) -> None:
    """Make everything that was received that much older."""
    with database.write() as session:
        for reference, at in session.execute(select(Enquiry.reference, Enquiry.received_at)).all():
            session.execute(update(Enquiry).where(Enquiry.reference == reference).values(received_at=at - time))


def count(database: Database) -> int:
    """Enquiries in the log."""
    with database.read() as session:
        return len(session.scalars(select(Enquiry.reference)).all())


async def test_the_third_pauses(asker: DeskAsker) -> None:
    said = [texts(await asker.says(ABUSE)) for _ in range(3)]
    assert ["pause" in text for text in said] == [False, False, True]
    assert asker.reply["outcome"] == "abuse"


async def test_what_follows_is_neither_answered_nor_logged(asker: DeskAsker, database: Database) -> None:
    for _ in range(3):
        await asker.says(ABUSE)
    before = count(database)
    for text in (ABUSE, "What does the observatory do?"):
        assert "pause" in texts(await asker.says(text))
    assert count(database) == before


@pytest.mark.parametrize(
    ("text", "outcome"),
    [("I want to kill myself", "crisis"), ("my manager called me a monkey in front of the ward", "disclosure")],
)
async def test_whoever_is_in_need_is_answered_in_the_pause(asker: DeskAsker, text: str, outcome: str) -> None:
    for _ in range(3):
        await asker.says(ABUSE)
    assert (await asker.says(text))["outcome"] == outcome


async def test_it_ends_after_a_quarter_of_an_hour(asker: DeskAsker, database: Database) -> None:
    for _ in range(3):
        await asker.says(ABUSE)
    let_pass(database, timedelta(minutes=14, seconds=50))
    assert "pause" in texts(await asker.says("What does the observatory do?"))
    let_pass(database, timedelta(seconds=11))
    assert (await asker.says("What does the observatory do?"))["outcome"] == "offer"


async def test_three_in_a_longer_time_do_not_pause(asker: DeskAsker, database: Database) -> None:
    await asker.says(ABUSE)
    let_pass(database, timedelta(minutes=10, seconds=1))
    await asker.says(ABUSE)
    assert "pause" not in texts(await asker.says(ABUSE))
    assert (await asker.says("What does the observatory do?"))["outcome"] == "offer"


async def test_another_conversation_goes_on(asker: DeskAsker, desk: EnquiryDesk) -> None:
    for _ in range(3):
        await asker.says(ABUSE)
    other = await DeskAsker.begins(desk)
    assert (await other.says("What does the observatory do?"))["outcome"] == "offer"

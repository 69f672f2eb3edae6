"""Whoever is in need is answered when nothing can be written down."""

import pytest

from assistant.db.base import Base
from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from tests.support.desk_asker import DeskAsker


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("I want to kill myself", "crisis"),
        ("my manager called me a monkey in front of the ward", "disclosure"),
        ("you are a stupid bitch", "abuse"),
    ],
)
async def test_it_is_answered_in_an_open_conversation(
    desk: EnquiryDesk, database: Database, text: str, outcome: str
) -> None:
    asker = await DeskAsker.begins(desk)
    Base.metadata.drop_all(database.engine)
    reply = await asker.says(text)
    assert (reply["outcome"], reply["enquiry"]) == (outcome, None)
    assert reply["replies"]

"""A person of like name is not the person: the wrong one must never be stated."""

import pytest

from assistant.catalogue.people import list_people
from assistant.enquiries.desk import EnquiryDesk
from tests.support.desk_asker import DeskAsker

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.asyncio(loop_scope="session")]

STRANGERS = (
    "Who is Sarah Mitchell?",
    "what does Darren Brown do",
    "is Amanda Pritchard the chief executive?",
    "Who is John Smith?",
    "who is the deputy chief executive",
    "Who is the chief executive of NHS England?",
)


@pytest.mark.parametrize("question", STRANGERS)
async def test_a_stranger_is_nobody_of_ours(question: str, real_desk: EnquiryDesk) -> None:
    assert (await (await DeskAsker.begins(real_desk)).says(question))["person"] is None


async def test_everybody_of_ours_is_known_by_name(real_desk: EnquiryDesk) -> None:
    with real_desk.database.read() as session:
        names = [person.name for person in list_people(session)]
    for name in names:
        reply = await (await DeskAsker.begins(real_desk)).says(f"Who is {name}?")
        assert (reply["person"] or {}).get("name") == name

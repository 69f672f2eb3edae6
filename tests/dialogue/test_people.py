"""A person of like name is not the person: the wrong one must never be stated."""

import pytest
import yaml

from actions.people import is_somebody_else
from assistant.catalogue.models import Person
from assistant.catalogue.people import list_people
from assistant.enquiries.desk import EnquiryDesk
from tests.conftest import ROOT
from tests.support.desk_asker import DeskAsker

pytestmark = pytest.mark.filterwarnings("ignore")

STRANGERS = (
    "Who is Sarah Mitchell?",
    "what does Darren Brown do",
    "is Amanda Pritchard on your staff?",
    "Who is John Smith?",
    "who is the deputy chief executive",
    "Who is the chief executive of NHS England?",
)
PEOPLE = {
    entry["slug"]: Person(name=entry["name"], role=entry["role"], aliases=entry["aliases"])
    for entry in yaml.safe_load((ROOT / "data" / "catalogue" / "people.yml").read_text(encoding="utf-8"))["people"]
}
SPELLINGS = [
    ("matthew-taylor", ["Mathew Tayler", "Matt Taylor", "M Taylor", "Mr Taylor", "Taylor"]),
    ("nikki-barraclough", ["Nicky Barraclough", "nikky baraclough", "Niki Barraclugh"]),
    ("john-obrien", ["John O Brien", "john o brien", "John OBrien", "John O’Brien", "Jon O'Brien", "J O'Brien"]),
    ("layla-mccay", ["Leila McKay", "Laila McCay", "Dr McCay"]),
    ("habib-naqvi", ["Habeeb Naqvi", "Dr Naqvee", "Habib Naqvi MBE"]),
    ("rory-deighton", ["Rori Dayton", "Rory Dighton"]),
    ("sarah-walter", ["Sara Walters", "Sarah Walter's"]),
    ("sean-duggan", ["Shaun Duggan", "Shawn Dugan"]),
    ("victor-adebowale", ["Lord Adebowale", "Victor Adebowale"]),
    ("daniel-reynolds", ["Dan Reynolds", "Danny Renolds"]),
]
# No spelling of the given name, but names of their own; the surname or the given name is right.
OTHERS = [
    ("matthew-taylor", ["Martin Taylor", "Mark Taylor", "Sarah Taylor", "Matthew Jones"]),
    ("nikki-barraclough", ["Vicky Barraclough", "Nicola Barraclough", "Nikki Smith"]),
    ("john-obrien", ["James O Brien", "Mary O'Brien", "mary o brien", "John Osborne"]),
    ("layla-mccay", ["Lucy McCay", "Lily McKay"]),
    ("sarah-walter", ["Sally Walter", "Susan Walter", "Sarah Mitchell"]),
    ("ruth-rankine", ["Rachel Rankine", "Rose Rankin"]),
    ("habib-naqvi", ["Hassan Naqvi"]),
    ("danny-mortimer", ["David Mortimer"]),
    ("darren-hughes", ["Adrian Hughes", "Sharon Hughes", "Darren Brown"]),
    ("marie-pritchard", ["Amanda Pritchard"]),
]
# Their first letters are those of the right name, and half of the rest.
OTHERS_OF_LIKE_SOUND = [
    ("sean-duggan", ["Susan Duggan"]),
    ("matthew-taylor", ["Martha Taylor", "Matilda Taylor"]),
    ("danny-mortimer", ["Donna Mortimer", "Diana Mortimer"]),
    ("darren-hughes", ["Daniel Hughes", "Dean Hughes"]),
    ("rory-deighton", ["Robert Deighton", "Ryan Deighton"]),
    ("heather-moorhead", ["Helen Moorhead", "Harry Moorhead"]),
    ("sarah-walter", ["Sam Walter"]),
    ("daniel-reynolds", ["David Reynolds", "Denise Reynolds"]),
]
WAYS = ["Who is {}?", "{}", "can i email {} about the network", "what does {} do", "{} contact"]
POSTS = [
    "Who is the deputy chief executive?",
    "the medical director",
    "Who was the previous director?",
    "nhs england ceo",
]


@pytest.mark.parametrize("question", STRANGERS)
@pytest.mark.asyncio(loop_scope="session")
async def test_a_stranger_is_nobody_of_ours(question: str, real_desk: EnquiryDesk) -> None:
    assert (await (await DeskAsker.begins(real_desk)).says(question))["person"] is None


@pytest.mark.asyncio(loop_scope="session")
async def test_everybody_of_ours_is_known_by_name(real_desk: EnquiryDesk) -> None:
    with real_desk.database.read() as session:
        names = [person.name for person in list_people(session)]
    for name in names:
        reply = await (await DeskAsker.begins(real_desk)).says(f"Who is {name}?")
        assert (reply["person"] or {}).get("name") == name


class TestIsSomebodyElse:
    @pytest.mark.parametrize("slug", PEOPLE)
    def test_it_is_nobody_else_by_any_of_their_names(self, slug: str) -> None:
        person = PEOPLE[slug]
        for name in (person.name, *person.aliases):
            for written in (name, name.lower(), name.replace("'", ""), name.replace("'", " ")):
                for way in WAYS:
                    assert not is_somebody_else(way.format(written), person), (written, way)

    @pytest.mark.parametrize(("slug", "names"), SPELLINGS)
    def test_it_is_nobody_else_however_the_name_is_spelt(self, slug: str, names: list[str]) -> None:
        assert [name for name in names if is_somebody_else(f"Who is {name}?", PEOPLE[slug])] == []

    @pytest.mark.parametrize(("slug", "names"), [*OTHERS, *OTHERS_OF_LIKE_SOUND])
    def test_it_is_somebody_else_of_the_same_surname_or_given_name(self, slug: str, names: list[str]) -> None:
        assert [name for name in names if not is_somebody_else(f"Who is {name}?", PEOPLE[slug])] == []

    @pytest.mark.parametrize("text", POSTS)
    def test_it_is_somebody_else_of_like_post(self, text: str) -> None:
        assert is_somebody_else(text, PEOPLE["matthew-taylor"])

    @pytest.mark.parametrize(
        "text", ["", "Who is the chief executive?", "who runs it", "🙂", "a b c", "the director's name"]
    )
    def test_it_is_nobody_else_without_a_name(self, text: str) -> None:
        for person in PEOPLE.values():
            assert not is_somebody_else(text, person)


@pytest.mark.asyncio(loop_scope="session")
async def test_whoever_asks_whether_a_stranger_holds_a_post_is_told_who_does(real_desk: EnquiryDesk) -> None:
    reply = await (await DeskAsker.begins(real_desk)).says("is Amanda Pritchard the chief executive?")
    assert reply["person"]["name"] == "Matthew Taylor"
    assert "Pritchard" not in str(reply["replies"])

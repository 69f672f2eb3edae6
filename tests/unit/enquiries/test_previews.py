"""A preview says what the answer will say: the words of domain.yml, the facts of the draft."""

from typing import Any

import pytest
import yaml
from sqlalchemy.orm import Session

from actions.presenting import show_offer, show_person, show_topic
from assistant.catalogue.kinds import Kind, Place, content_of_row
from assistant.catalogue.models import Offer, Person, Topic
from assistant.catalogue.revisions import find_content
from assistant.db.engine import Database
from assistant.enquiries.care import CareReplies
from assistant.enquiries.previews import preview
from assistant.matching.safety import Care
from assistant.settings import Settings
from assistant.showing.words import texts_beside_cards
from tests.support.loaded_database import ROOT

RESPONSES: dict[str, list[dict[str, str]]] = yaml.safe_load((ROOT / "domain.yml").read_text())["responses"]


class Turn:
    """Takes down what an action says."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self.session, self.settings = session, settings
        self.texts: list[str] = []
        self.reply: dict[str, Any] = {}

    def say(self, response: str, **values: object) -> None:
        """A response of domain.yml."""
        self.texts.append(RESPONSES[response][0]["text"].format(**values))

    def say_with_general_contact(self, response: str, **values: object) -> None:
        """The same, with the general contact."""
        self.say(response, email=self.settings.general_email, phone=self.settings.general_phone, **values)

    def outcome(self, outcome: str) -> None:
        """Not looked at here."""

    add_offers = remember_subject = outcome


SHOW = {Kind.OFFERS: (Offer, show_offer), Kind.PEOPLE: (Person, show_person), Kind.TOPICS: (Topic, show_topic)}


@pytest.mark.parametrize(
    ("kind", "slug"),
    [
        (Kind.OFFERS, "lfhii"),
        (Kind.OFFERS, "ics-diverse-boards"),
        (Kind.PEOPLE, "habib-naqvi"),
        (Kind.PEOPLE, "matthew-taylor"),
        (Kind.TOPICS, "accountability"),
        (Kind.TOPICS, "contact"),
    ],
)
def test_it_says_what_the_answer_says(database: Database, settings: Settings, kind: Kind, slug: str) -> None:
    table, show = SHOW[kind]
    with database.read() as session:
        row = session.get(table, slug) or session.query(table).first()
        turn = Turn(session, settings)
        show(turn, row)  # type: ignore[operator]
        shown = preview(session, kind, content_of_row(kind, row), settings, CareReplies(settings))
    assert shown is not None
    said = {**shown, "replies": [{"text": text} for text in turn.texts]}
    assert texts_beside_cards(shown) == texts_beside_cards(said)


def test_it_writes_nothing(database: Database, settings: Settings) -> None:
    with database.read() as session:
        content = content_of_row(Kind.OFFERS, session.get_one(Offer, "ics-diverse-boards"))
        shown = preview(session, Kind.OFFERS, {**content, "summary": "New."}, settings, CareReplies(settings))
        assert shown is not None and shown["offers"][0]["summary"] == "New."
        assert shown["offers"][0]["contact"]["published"]
        assert not session.new and not session.dirty


def test_a_contact_is_shown_on_the_cards_of_its_offers(database: Database, settings: Settings) -> None:
    with database.read() as session:
        content = find_content(session, Place(Kind.CONTACTS, "edi"), []) or {}
        changed = {**content, "phone": "020 7799 6666"}
        shown = preview(session, Kind.CONTACTS, changed, settings, CareReplies(settings))
        unknown = preview(session, Kind.CONTACTS, {**content, "slug": "nobody"}, settings, CareReplies(settings))
    assert shown is not None and unknown is None
    assert {offer["contact"]["phone"] for offer in shown["offers"]} == {"020 7799 6666"}


def test_members_see_nothing_of_an_offer_that_is_off(database: Database, settings: Settings) -> None:
    with database.read() as session:
        content = content_of_row(Kind.OFFERS, session.get_one(Offer, "lfhii"))
        assert preview(session, Kind.OFFERS, {**content, "active": False}, settings, CareReplies(settings)) is None


def test_a_signpost_is_shown_in_each_reply_that_names_it(database: Database, settings: Settings) -> None:
    care = CareReplies(settings)
    content = {"slug": "samaritans", "name": "Samaritans", "phone": "116 124", "text": None}
    with database.read() as session:
        shown = preview(session, Kind.SIGNPOSTS, content, settings, care)
    assert shown is not None and len(shown["replies"]) == 2
    assert all("116 124" in reply["text"] for reply in shown["replies"])
    assert "116 123" in " ".join(care.reply(Care.CRISIS, None).texts)

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from assistant.catalogue.offers import get_offer, list_offers
from assistant.db.engine import Database
from assistant.enquiries.engine import TurnReply
from assistant.enquiries.models import Conversation
from assistant.enquiries.replies import MOST_CHOICES_KEPT, public_offer, public_reply
from assistant.settings import Settings

REFERENCE = "ENQ-7K3F-92QD"
CHOICES = (("For boards", '/choose{"slug": "ics-diverse-boards"}'), ("None of these", "/choose_none"))


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session on the real catalogue."""
    with database.write() as session:
        yield session


@pytest.fixture
def conversation() -> Conversation:
    """Where nothing was offered yet."""
    return Conversation(id="mine", channel="web", token_hash="", choices={})


class TestPublicOffer:
    def test_it_shows_the_contact_that_the_source_prints(self, session: Session, settings: Settings) -> None:
        shown = public_offer(get_offer(session, "chief-executive-advisory"), settings)
        assert shown["contact"] == {"email": "carol.hill@nhsconfed.org", "phone": None, "published": True}

    def test_it_shows_the_general_contact_of_the_settings_as_such(self, session: Session) -> None:
        other = Settings(general_email="else@nhsconfed.org", general_phone="020 1111 2222")
        shown = public_offer(get_offer(session, "lfhii"), other)
        assert shown["contact"] == {"email": "else@nhsconfed.org", "phone": "020 1111 2222", "published": False}

    def test_it_has_exactly_the_fields_of_the_contract(self, session: Session, settings: Settings) -> None:
        for offer in list_offers(session):
            shown = public_offer(offer, settings)
            assert set(shown) == {"slug", "name", "summary", "stages", "tier", "contact", "source"}
            as_published = {"title": offer.source.title, "published": "2022-11", "edited_on": None}
            assert shown["source"] == {**as_published, "checked_on": None}
            assert shown["stages"] and shown["tier"] in ("current", "enhanced")


class TestPublicReply:
    def test_it_fills_facts_in_from_the_catalogue(
        self, session: Session, conversation: Conversation, settings: Settings
    ) -> None:
        reply = TurnReply(
            "info", ("One.", "Two."), ("lfhii",), "accountability", "joan-saddler", ("joan-saddler", "matthew-taylor")
        )
        shown = public_reply(session, reply, conversation, REFERENCE, settings)
        assert (shown["enquiry"], shown["outcome"], shown["topic"]) == (REFERENCE, "info", "accountability")
        assert shown["replies"] == [{"text": "One."}, {"text": "Two."}]
        assert [offer["slug"] for offer in shown["offers"]] == ["lfhii"]
        assert shown["person"]["name"] == "Joan Saddler OBE" and set(shown["person"]) == {"name", "role"}
        assert {person["name"] for person in shown["people"]} == {"Joan Saddler OBE", "Matthew Taylor"}
        assert (shown["choices"], shown["expects"]) == ([], None)

    def test_it_keeps_the_order_of_the_engine(
        self, session: Session, conversation: Conversation, settings: Settings
    ) -> None:
        reply = TurnReply("list", ("Both.",), offers=("race-health-observatory", "lfhii"))
        shown = public_reply(session, reply, conversation, REFERENCE, settings)
        assert [offer["slug"] for offer in shown["offers"]] == ["race-health-observatory", "lfhii"]

    def test_it_leaves_out_what_is_no_longer_in_the_catalogue(
        self, session: Session, conversation: Conversation, settings: Settings
    ) -> None:
        reply = TurnReply("offer", ("It.",), offers=("gone", "lfhii"), person="nobody", people=("nobody",))
        shown = public_reply(session, reply, conversation, REFERENCE, settings)
        assert [offer["slug"] for offer in shown["offers"]] == ["lfhii"]
        assert (shown["person"], shown["people"]) == (None, [])

    def test_it_gives_small_talk_no_reference(
        self, session: Session, conversation: Conversation, settings: Settings
    ) -> None:
        shown = public_reply(session, TurnReply("smalltalk", ("Hello.",)), conversation, REFERENCE, settings)
        assert shown["enquiry"] is None


class TestChoices:
    def test_it_shows_an_opaque_id_in_place_of_the_payload(
        self, session: Session, conversation: Conversation, settings: Settings
    ) -> None:
        reply = TurnReply("clarify", ("Which?",), choices=CHOICES)
        shown = public_reply(session, reply, conversation, REFERENCE, settings)
        assert [choice["label"] for choice in shown["choices"]] == ["For boards", "None of these"]
        assert "choose" not in repr(shown["choices"])
        assert [conversation.choices[choice["id"]] for choice in shown["choices"]] == [list(pair) for pair in CHOICES]

    def test_it_keeps_the_latest_of_a_long_conversation(
        self, session: Session, conversation: Conversation, settings: Settings
    ) -> None:
        reply = TurnReply("clarify", ("Which?",), choices=CHOICES)
        shown = [public_reply(session, reply, conversation, REFERENCE, settings)["choices"] for _ in range(40)]
        assert len(conversation.choices) == MOST_CHOICES_KEPT
        assert all(choice["id"] in conversation.choices for choice in shown[-1])
        assert shown[0][0]["id"] not in conversation.choices

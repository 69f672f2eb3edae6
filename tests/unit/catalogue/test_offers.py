from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from assistant.catalogue.errors import OfferNotFoundError
from assistant.catalogue.models import Contact, Offer, Source, Stage, Tier
from assistant.catalogue.offers import find_offer, get_offer, list_offers
from assistant.db.engine import Database


@pytest.fixture
def offers(session: Session) -> Session:
    """Four active offers, in another order than they were stored in, and a withdrawn one that fits everything."""
    session.add(Source(slug="paper", title="A paper", publisher="Someone", published="2022-11"))
    session.add(Contact(slug="ann", name="Ann", email="ann@nhsconfed.org"))
    session.add(Contact(slug="bob", name="Bob", email="bob@nhsconfed.org"))
    session.add(make_offer("last", 9, stages=["act"], contact_slug="bob"))
    session.add(make_offer("first", 1, stages=["commit", "act"], audiences=["NHS chairs", "chief executives"]))
    session.add(make_offer("welsh", 2, nations=["Wales"], tier="enhanced", contact_slug="ann"))
    session.add(make_offer("leads", 3, audiences=["EDI leads (information for chairs)", "women leaders"]))
    withdrawn = make_offer("gone", 4, stages=["commit", "act"], nations=["Wales"], audiences=["chairs"])
    withdrawn.contact_slug, withdrawn.tier, withdrawn.active = "ann", "enhanced", False
    session.add(withdrawn)
    session.commit()
    return session


@pytest.fixture
def statements(database: Database) -> Iterator[list[str]]:
    """Every SQL statement the database is given."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


class TestListOffers:
    def test_it_lists_active_offers_in_catalogue_order(self, offers: Session) -> None:
        assert slugs(list_offers(offers)) == ["first", "welsh", "leads", "last"]

    def test_it_filters_by_stage(self, offers: Session) -> None:
        assert slugs(list_offers(offers, stage=Stage.ACT)) == ["first", "last"]

    def test_it_filters_by_tier(self, offers: Session) -> None:
        assert slugs(list_offers(offers, tier=Tier.ENHANCED)) == ["welsh"]

    @pytest.mark.parametrize("nation", ["Wales", "wales", "WALES"])
    def test_it_filters_by_nation_in_any_case(self, offers: Session, nation: str) -> None:
        assert slugs(list_offers(offers, nation=nation)) == ["welsh"]

    def test_it_takes_an_unstated_nation_for_none(self, offers: Session) -> None:
        assert list_offers(offers, nation="England") == []

    @pytest.mark.parametrize(
        ("audience", "expected"),
        [
            ("chairs", ["first"]),
            ("Chair", ["first"]),
            ("NHS chairs", ["first"]),
            ("chief executives", ["first"]),
            ("EDI leads", ["leads"]),
            ("EDI leads (information for chairs)", ["leads"]),
            ("information", []),
            ("men", []),
            ("", []),
        ],
    )
    def test_it_filters_by_audience(self, offers: Session, audience: str, expected: list[str]) -> None:
        assert slugs(list_offers(offers, audience=audience)) == expected

    def test_it_filters_by_contact(self, offers: Session) -> None:
        assert slugs(list_offers(offers, contact="ann")) == ["welsh"]

    def test_it_filters_by_slugs(self, offers: Session) -> None:
        assert slugs(list_offers(offers, slugs=["last", "gone", "nothing", "first"])) == ["first", "last"]
        assert list_offers(offers, slugs=[]) == []

    def test_it_joins_its_filters(self, offers: Session) -> None:
        assert slugs(list_offers(offers, stage=Stage.ACT, contact="bob")) == ["last"]
        assert list_offers(offers, stage=Stage.ACT, tier=Tier.ENHANCED) == []

    def test_it_asks_the_database_once(self, offers: Session, statements: list[str]) -> None:
        offers.expunge_all()
        found = list_offers(offers)
        assert [(offer.source.title, offer.contact and offer.contact.name) for offer in found] == [
            ("A paper", None),
            ("A paper", "Ann"),
            ("A paper", None),
            ("A paper", "Bob"),
        ]
        assert len([statement for statement in statements if statement.startswith("SELECT")]) == 1


class TestGetOffer:
    def test_it_finds_the_offer_with_its_contact(self, offers: Session) -> None:
        offer = get_offer(offers, "welsh")
        assert offer.contact is not None and offer.contact.email == "ann@nhsconfed.org"

    @pytest.mark.parametrize("slug", ["gone", "nothing", "Welsh", "", "a\0b", "\ud800", "x" * 100])
    def test_it_refuses_what_is_not_on_offer_without_repeating_it(self, offers: Session, slug: str) -> None:
        with pytest.raises(OfferNotFoundError) as caught:
            get_offer(offers, slug)
        assert not slug or slug not in str(caught.value)
        assert find_offer(offers, slug) is None


class TestTheTable:
    def test_it_keeps_lists_dates_and_parts(self, offers: Session) -> None:
        offer = make_offer("whole", 10, verified_on=date(2026, 11, 2), parts=[{"name": "Seminars", "aliases": ["s"]}])
        offers.add(offer)
        offers.commit()
        offers.expunge_all()
        loaded = offers.scalars(select(Offer).where(Offer.slug == "whole")).one()
        assert (loaded.verified_on, loaded.active, loaded.edited_at) == (date(2026, 11, 2), True, None)
        assert loaded.parts == [{"name": "Seminars", "aliases": ["s"]}]


def make_offer(slug: str, position: int, **values: object) -> Offer:
    """An offer that states only what is given."""
    lists: dict[str, object] = {name: [] for name in ("parts", "audiences", "nations", "related", "aliases")}
    texts = {name: f"The {name} of {slug}." for name in ("name", "short_name", "summary", "details")}
    plain = {"stages": ["understand"], "tier": "current", "source_slug": "paper"}
    return Offer(slug=slug, position=position, **(lists | texts | plain | values))


def slugs(offers: list[Offer]) -> list[str]:
    """The slugs, in order."""
    return [offer.slug for offer in offers]

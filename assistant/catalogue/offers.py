"""Find offers."""

import re
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.errors import OfferNotFoundError
from assistant.catalogue.models import Offer, Stage, Tier
from assistant.catalogue.slugs import find_by_slug


def find_offer(session: Session, slug: str) -> Offer | None:
    """The active offer with this slug."""
    offer = find_by_slug(session, Offer, slug)
    return offer if offer is not None and offer.active else None


def get_offer(session: Session, slug: str) -> Offer:
    """The active offer with this slug. Raises OfferNotFoundError when there is none."""
    offer = find_offer(session, slug)
    if offer is None:
        raise OfferNotFoundError
    return offer


def list_offers(
    session: Session,
    *,
    stage: Stage | None = None,
    tier: Tier | None = None,
    nation: str | None = None,
    audience: str | None = None,
    contact: str | None = None,
    slugs: Collection[str] | None = None,
) -> list[Offer]:
    """The active offers that fit everything given, in catalogue order.

    `nation` is a name such as Wales, in any case. `audience` fits where its words begin a word of an audience, so that
    "chairs" finds "NHS chairs". `contact` is a contact's slug. Offers that state no nation or audience fit none.
    """
    # The catalogue is small, and SQLite and PostgreSQL look into JSON differently: one query, then Python.
    offers = session.scalars(select(Offer).where(Offer.active).order_by(Offer.position, Offer.slug))
    return [
        offer
        for offer in offers
        if (stage is None or stage in offer.stages)
        and (tier is None or tier == offer.tier)
        and (nation is None or nation.casefold() in map(str.casefold, offer.nations))
        and (audience is None or any(_is_among(audience, printed) for printed in offer.audiences))
        and (contact is None or contact == offer.contact_slug)
        and (slugs is None or offer.slug in slugs)
    ]


def _is_among(audience: str, printed: str) -> bool:
    # What stands in brackets names a part of the offer, not people.
    words, people = (text.partition("(")[0].strip() for text in (audience, printed))
    return bool(words) and re.search(rf"(?<!\w){re.escape(words)}", people, re.IGNORECASE) is not None

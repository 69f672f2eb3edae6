"""What fields of the catalogue's forms are chosen from."""

from typing import get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.kinds import Place
from assistant.catalogue.models import Contact, Offer, Source, Stage, Tier
from assistant.catalogue.people import list_people
from assistant.catalogue.schema import Nation

GENERAL = "None of its own: the general contact is shown"
Options = dict[str, list[tuple[str, str]]]
"""Value and text of each option, by the name of the list."""


def read_options(session: Session, place: Place | None = None) -> Options:
    """Every list to choose from. An offer cannot be related to itself, which `place` is."""
    contacts = session.scalars(select(Contact).order_by(Contact.name))
    offers = session.scalars(select(Offer).order_by(Offer.position, Offer.slug))
    return {
        "stages": [(stage.value, stage.value.capitalize()) for stage in Stage],
        "tiers": [(tier.value, f"{tier.value.capitalize()} support") for tier in Tier],
        "nations": [(nation, nation) for nation in get_args(Nation)],
        "groundings": [("source", "The published strategy says so"), ("ours", "It is how this assistant works")],
        "contacts": [("", GENERAL), *((row.slug, f"{row.name} ({row.email})") for row in contacts)],
        "sources": [(row.slug, row.title) for row in session.scalars(select(Source).order_by(Source.title))],
        "offers": [(row.slug, row.name) for row in offers if place is None or row.slug != place.slug],
        "people": [(person.slug, person.name) for person in list_people(session)],
    }

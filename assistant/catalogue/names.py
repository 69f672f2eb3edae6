"""What the catalogue calls things: names to recognise in messages, addresses that must survive redaction."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.models import Contact
from assistant.catalogue.offers import list_offers
from assistant.catalogue.people import list_people
from assistant.matching.labels import OFFER, PERSON, leaf


def published_addresses(session: Session) -> frozenset[str]:
    """Every e-mail address and telephone number of a contact, in lower case. The general contact is a setting."""
    contacts = session.scalars(select(Contact))
    return frozenset(text.lower() for contact in contacts for text in (contact.email, contact.phone) if text)


def published_people(session: Session) -> dict[str, list[str]]:
    """The names and aliases of every person of the catalogue, by slug."""
    return {person.slug: [person.name, *person.aliases] for person in list_people(session)}


def names_of_offers(session: Session) -> dict[str, list[str]]:
    """All names and aliases of each offer and its parts, by label."""
    return {
        leaf(OFFER, offer.slug): [
            offer.name,
            offer.short_name,
            *offer.aliases,
            *(name for part in offer.parts for name in (part["name"], *part["aliases"])),
        ]
        for offer in list_offers(session)
    }


def list_names(session: Session) -> dict[str, list[str]]:
    """All names and aliases of each offer, its parts and each person, by label."""
    names = names_of_offers(session)
    names.update({leaf(PERSON, slug): of_person for slug, of_person in published_people(session).items()})
    return {label: list(dict.fromkeys(of_label)) for label, of_label in names.items()}

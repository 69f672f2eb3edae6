"""What replies are judged by besides the questions: names and contacts as the catalogue prints them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.files import read_catalogue
from assistant.catalogue.models import Contact, Topic
from assistant.catalogue.offers import list_offers
from assistant.catalogue.people import list_people
from assistant.settings import Settings


@dataclass(frozen=True)
class Facts:
    """An evaluation takes them from the files and not from the database: what lies between is judged as well.

    `offers` are short names by slug in catalogue order, `contacts` the printed address by offer or None where there is
    none, `people` names by slug, `addresses` all that are published.
    """

    offers: Mapping[str, str]
    contacts: Mapping[str, str | None]
    people: Mapping[str, str]
    topics: frozenset[str]
    addresses: frozenset[str]
    general_email: str


def read_facts(settings: Settings) -> Facts:
    """Read the catalogue of the data folder. Raises CatalogueFileError."""
    catalogue = read_catalogue(settings.data_folder / "catalogue")
    emails: dict[str | None, str] = {contact.slug: contact.email for contact in catalogue.contacts}
    phones = [contact.phone for contact in catalogue.contacts if contact.phone]
    return Facts(
        offers={offer.slug: offer.short_name for offer in catalogue.offers},
        contacts={offer.slug: emails.get(offer.contact_slug) for offer in catalogue.offers},
        people={person.slug: person.name for person in catalogue.people},
        topics=frozenset(topic.slug for topic in catalogue.topics),
        addresses=frozenset([*emails.values(), *phones, settings.general_email, settings.general_phone]),
        general_email=settings.general_email,
    )


def read_live_facts(session: Session, settings: Settings) -> Facts:
    """The same of the database, with what staff changed in the console; offers that were retired are not among them."""
    offers, contacts = list_offers(session), session.scalars(select(Contact)).all()
    printed = [address for contact in contacts for address in (contact.email, contact.phone) if address]
    return Facts(
        offers={offer.slug: offer.short_name for offer in offers},
        contacts={offer.slug: offer.contact.email if offer.contact else None for offer in offers},
        people={person.slug: person.name for person in list_people(session)},
        topics=frozenset(session.scalars(select(Topic.slug))),
        addresses=frozenset([*printed, settings.general_email, settings.general_phone]),
        general_email=settings.general_email,
    )

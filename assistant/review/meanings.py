"""What an enquiry can be said to mean: the labels of training, with what people call them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.models import SharedPart, Topic
from assistant.catalogue.offers import list_offers
from assistant.catalogue.people import list_people
from assistant.matching.labels import LIST_OFFERS, OFFER, OUT_OF_SCOPE, PERSON, SHARED, TOPIC, leaf, words_of

OTHER_TITLES = {LIST_OFFERS: "The list of all offers", OUT_OF_SCOPE: "Not our subject"}


@dataclass(frozen=True)
class Meaning:
    """A label with its title."""

    label: str
    title: str


def list_meanings(session: Session) -> dict[str, list[Meaning]]:
    """Everything a reviewer can choose, under headings, each in catalogue order."""
    topics = session.scalars(select(Topic).order_by(Topic.position, Topic.slug))
    shared = session.scalars(select(SharedPart).order_by(SharedPart.position, SharedPart.slug))
    return {
        "Offers": [Meaning(leaf(OFFER, offer.slug), offer.name) for offer in list_offers(session)],
        "Asked back, because several offers have it": [Meaning(leaf(SHARED, each.slug), each.name) for each in shared],
        "Topics": [Meaning(leaf(TOPIC, topic.slug), topic.title) for topic in topics],
        "People": [Meaning(leaf(PERSON, person.slug), person.name) for person in list_people(session)],
        "Lists": [Meaning(LIST_OFFERS, OTHER_TITLES[LIST_OFFERS])],
    }


def list_titles(session: Session) -> dict[str, str]:
    """The title of each label that a reviewer can choose, and of what is out of scope."""
    chosen = {meaning.label: meaning.title for group in list_meanings(session).values() for meaning in group}
    return {**chosen, OUT_OF_SCOPE: OTHER_TITLES[OUT_OF_SCOPE]}


def title_of(label: str, titles: Mapping[str, str]) -> str:
    """What people call a label, whether or not it is still in the catalogue; `titles` are those of `list_titles`."""
    return titles.get(label) or " ".join(words_of(label)) or label

"""What labels of the model are called on a page."""

from sqlalchemy.orm import Session

from assistant.catalogue.models import Offer, Person, SharedPart, Topic
from assistant.catalogue.slugs import find_by_slug
from assistant.matching.labels import LIST_OFFERS, OFFER, OUT_OF_SCOPE, PERSON, SHARED, TOPIC, kind_of, slug_of

# From which probability on a suggestion is called so, by how far confidence can be trusted (`assistant evaluate`).
SURE, FAIRLY_SURE, POSSIBLE = 0.85, 0.65, 0.4
WITHOUT_SLUG = {LIST_OFFERS: "a list of offers", OUT_OF_SCOPE: "out of scope"}


def name_of_label(session: Session, label: str) -> str:
    """The name of the offer, topic or person of a label; other labels in plain words, and unknown ones as they are."""
    kind, slug = kind_of(label), slug_of(label)
    if kind == OFFER:
        offer = find_by_slug(session, Offer, slug)
        return offer.name if offer else label
    if kind == TOPIC:
        topic = find_by_slug(session, Topic, slug)
        return topic.title if topic else label
    if kind == PERSON:
        person = find_by_slug(session, Person, slug)
        return person.name if person else label
    if kind == SHARED:
        part = find_by_slug(session, SharedPart, slug)
        return part.name if part else label
    return WITHOUT_SLUG.get(label, label.replace("_", " "))


def words_for(confidence: float) -> str:
    """How sure the model is, as people say it."""
    if confidence >= SURE:
        return "very sure"
    if confidence >= FAIRLY_SURE:
        return "fairly sure"
    return "possible" if confidence >= POSSIBLE else "a guess"

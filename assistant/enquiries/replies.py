"""Turn an answer of the engine into the public reply: facts from the catalogue, choices by opaque ids."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from assistant.catalogue.models import Offer, Person
from assistant.catalogue.offers import find_offer
from assistant.catalogue.people import find_person, list_people
from assistant.catalogue.standing import edited_on
from assistant.enquiries.engine import TurnReply
from assistant.enquiries.models import Conversation
from assistant.enquiries.outcomes import Outcome
from assistant.settings import Settings
from assistant.tokens import new_token

PUBLIC_STEPS = {"words": "consent"}  # both are answered with yes or no; which of them it is, the reply says
MOST_CHOICES_KEPT = 60  # older buttons of a very long conversation no longer work


def public_offer(offer: Offer, settings: Settings) -> dict[str, Any]:
    """An offer as the API shows it. The contact is the general one, and says so, where the source prints none."""
    published = offer.contact is not None
    return {
        "slug": offer.slug,
        "name": offer.name,
        "summary": offer.summary,
        "stages": list(offer.stages),
        "tier": offer.tier,
        "contact": {
            "email": offer.contact.email if offer.contact else settings.general_email,
            "phone": offer.contact.phone if offer.contact else settings.general_phone,
            "published": published,
        },
        "source": {
            "title": offer.source.title,
            "published": offer.source.published,
            "edited_on": _day(edited_on(offer)),
            "checked_on": _day(offer.verified_on),
        },
    }


def public_person(person: Person) -> dict[str, str]:
    """A person as the API shows them."""
    return {"name": person.name, "role": person.role}


def public_reply(
    session: Session, reply: TurnReply, conversation: Conversation, reference: str | None, settings: Settings
) -> dict[str, Any]:
    """The reply as the API gives it; what was offered to choose from is kept with the conversation."""
    person = find_person(session, reply.person) if reply.person else None
    return {
        "enquiry": None if reply.outcome == Outcome.SMALLTALK else reference,
        "outcome": reply.outcome,
        "replies": [{"text": text} for text in reply.texts],
        "offers": [
            public_offer(offer, settings) for slug in reply.offers if (offer := find_offer(session, slug)) is not None
        ],
        "topic": reply.topic,
        "person": public_person(person) if person else None,
        "people": [public_person(each) for each in list_people(session, slugs=list(reply.people))],
        "choices": _offer_choices(conversation, reply.choices),
        "expects": PUBLIC_STEPS.get(reply.expects, reply.expects) if reply.expects else None,
    }


def unrecorded_reply(reply: TurnReply) -> dict[str, Any]:
    """A reply of texts alone, for when nothing can be written down."""
    return {
        "enquiry": None,
        "outcome": reply.outcome,
        "replies": [{"text": text} for text in reply.texts],
        "offers": [],
        "topic": None,
        "person": None,
        "people": [],
        "choices": [],
        "expects": None,
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _offer_choices(conversation: Conversation, choices: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    offered = {new_token(): [label, payload] for label, payload in choices}
    kept = list({**conversation.choices, **offered}.items())[-MOST_CHOICES_KEPT:]
    conversation.choices = dict(kept)
    return [{"id": choice, "label": label} for choice, (label, _) in offered.items()]

"""What members will see of an entry of the catalogue once it is published, as a reply that pages show."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.kinds import Content, Kind
from assistant.catalogue.models import Contact, Offer, Person, Source, Topic
from assistant.catalogue.people import list_people
from assistant.catalogue.signposts import Signpost
from assistant.db.base import LONDON, now
from assistant.enquiries.care import CareReplies
from assistant.enquiries.engine import TurnReply
from assistant.enquiries.outcomes import Outcome
from assistant.enquiries.replies import public_offer, public_person, unrecorded_reply
from assistant.matching.safety import Care
from assistant.settings import Settings

# The responses of domain.yml that a page shows of such an answer; a test compares them.
OFFER_TEXT = "{name}. {summary} {details}"
PERSON_TEXT = "{name} is {role}."
PERSON_SOURCE = "That is as published in November 2022; people may have moved on since."


def preview(
    session: Session, kind: Kind, content: Content, settings: Settings, care: CareReplies
) -> dict[str, Any] | None:
    """The reply, or None where members see nothing of the entry. Nothing is written."""
    with session.no_autoflush:
        if kind is Kind.OFFERS:
            return _preview_offer(session, content, settings)
        if kind is Kind.CONTACTS:
            return _preview_contact(session, content, settings)
        if kind is Kind.PEOPLE:
            return _preview_person(content)
        if kind is Kind.TOPICS:
            return _preview_topic(session, content, settings)
    texts = care.texts_with(Signpost.model_construct(**content))
    return unrecorded_reply(TurnReply(Care.CRISIS.value, tuple(texts))) if texts else None


def _preview_offer(session: Session, content: Content, settings: Settings) -> dict[str, Any] | None:
    if not content["active"]:
        return None
    reply = unrecorded_reply(TurnReply(Outcome.OFFER.value, (OFFER_TEXT.format_map(content),)))
    return {**reply, "offers": [public_offer(_offer(session, content), settings)]}


def _offer(session: Session, content: Content) -> Offer:
    offer = Offer(**content, edited_at=now())  # as it is on the day on which it is published
    offer.contact = session.get(Contact, content["contact_slug"]) if content["contact_slug"] else None
    offer.source = session.get_one(Source, content["source_slug"])
    return offer


def _preview_contact(session: Session, content: Content, settings: Settings) -> dict[str, Any] | None:
    offers = session.scalars(
        select(Offer).where(Offer.contact_slug == content["slug"], Offer.active).order_by(Offer.position, Offer.slug)
    ).all()
    if not offers:
        return None
    way = {"email": content["email"], "phone": content["phone"], "published": True}
    shown = [{**public_offer(offer, settings), "contact": way} for offer in offers]
    for each in shown:
        each["source"] = {**each["source"], "edited_on": now().astimezone(LONDON).date().isoformat()}
    return {**unrecorded_reply(TurnReply(Outcome.LIST.value, ())), "offers": shown}


def _preview_person(content: Content) -> dict[str, Any]:
    texts = [PERSON_TEXT.format_map(content), content["note"], PERSON_SOURCE]
    reply = unrecorded_reply(TurnReply(Outcome.PERSON.value, tuple(text for text in texts if text)))
    return {**reply, "person": public_person(Person(**content))}


def _preview_topic(session: Session, content: Content, settings: Settings) -> dict[str, Any]:
    topic = Topic(**content)
    text = topic.answer.replace("{general_email}", settings.general_email)
    text = text.replace("{general_phone}", settings.general_phone)
    people = [public_person(person) for person in list_people(session, slugs=topic.people)]
    return {**unrecorded_reply(TurnReply(Outcome.INFO.value, (text,))), "topic": topic.slug, "people": people}

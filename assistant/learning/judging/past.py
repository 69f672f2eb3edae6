"""Enquiries of the past whose right answer is known, because their asker or a reviewer said so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.people import list_people
from assistant.enquiries.models import Enquiry, Message
from assistant.enquiries.outcomes import Outcome
from assistant.matching.labels import OFFER, OUT_OF_SCOPE, PERSON, TOPIC, kind_of, slug_of
from assistant.matching.taught import alike
from assistant.review.models import Decision, DecisionKind

MOST = 500  # asked of both models, newest first
LOOKED_AT = 20  # enquiries of a decision, until one is found whose words are still kept
CONFIRMED = (Outcome.OFFER.value, Outcome.PERSON.value, Outcome.INFO.value)
DECIDED = (DecisionKind.LABEL.value, DecisionKind.OUT_OF_SCOPE.value)

Wanted = dict[str, Any]
"""The fields of an Expectation."""


@dataclass(frozen=True)
class PastEnquiry:
    """A redacted question by its reference, with what is right. `wanted` is None for what cannot be asked for."""

    reference: str
    text: str
    received_at: datetime
    wanted: Wanted | None


def list_past(session: Session) -> list[PastEnquiry]:
    """The newest, each question once: one mistake made with the same question many times would look like many."""
    found: dict[str, PastEnquiry] = {}
    newest_first = sorted(_marked_useful(session), key=lambda each: each.received_at, reverse=True)
    # What a reviewer decided counts for more than what an asker found useful.
    for past in [*_decided(session), *newest_first]:
        found.setdefault(alike(past.text), past)
    return sorted(found.values(), key=lambda each: each.received_at, reverse=True)[:MOST]


def wanted_of_label(label: str) -> Wanted | None:
    """What a reply to a sentence of this label must hold; None for labels that one reply does not show."""
    match kind_of(label), slug_of(label):
        case kind, slug if kind == OFFER and slug:
            return {"outcome": Outcome.OFFER, "offers": [slug]}
        case kind, slug if kind == PERSON and slug:
            return {"outcome": Outcome.PERSON, "person": slug}
        case kind, slug if kind == TOPIC and slug:
            return {"outcome": Outcome.INFO, "topic": slug}
        case kind, _ if kind == OUT_OF_SCOPE:
            return {"outcome": Outcome.OUT_OF_SCOPE}
    return None


def _decided(session: Session) -> Iterator[PastEnquiry]:
    """One enquiry of each decision that holds, the newest decision first. What was opened again is undecided."""
    kinds = (*DECIDED, DecisionKind.REOPEN.value)
    standing = select(Decision).where(Decision.kind.in_(kinds), Decision.undone_at.is_(None))
    decisions = session.scalars(standing.order_by(Decision.id.desc()).limit(MOST)).all()
    references = [reference for decision in decisions for reference in decision.enquiries[:LOOKED_AT]]
    kept = {
        enquiry.reference: enquiry
        for enquiry in session.scalars(
            select(Enquiry).where(Enquiry.reference.in_(references), Enquiry.text.is_not(None))
        )
    }
    overruled: set[str] = set()
    for decision in decisions:
        asked = [reference for reference in decision.enquiries[:LOOKED_AT] if reference not in overruled]
        overruled.update(asked)
        enquiry = next((kept[reference] for reference in asked if reference in kept), None)
        if enquiry is not None and decision.kind in DECIDED:
            label = decision.label if decision.kind == DecisionKind.LABEL else OUT_OF_SCOPE
            yield _past(enquiry, wanted_of_label(label or ""))


def _marked_useful(session: Session) -> Iterator[PastEnquiry]:
    slugs = {person.name: person.slug for person in list_people(session)}
    rows = session.execute(
        select(Enquiry, Message.reply)
        .outerjoin(Message, Message.reference == Enquiry.reference)
        .where(Enquiry.useful.is_(True), Enquiry.text.is_not(None), Enquiry.outcome.in_(CONFIRMED))
        .order_by(Enquiry.received_at.desc())
        .limit(MOST)
    )
    for enquiry, reply in rows:
        yield _past(enquiry, _wanted_again(enquiry, reply or {}, slugs))


def _wanted_again(enquiry: Enquiry, reply: dict[str, Any], slugs: dict[str, str]) -> Wanted | None:
    """What was found useful: the log holds offers, the reply itself the topic and the person."""
    if enquiry.outcome == Outcome.OFFER:
        return {"outcome": Outcome.OFFER, "offers": enquiry.offers[:1]}
    if enquiry.outcome == Outcome.INFO:
        return {"outcome": Outcome.INFO, "topic": reply.get("topic")} if reply.get("topic") else None
    slug = slugs.get((reply.get("person") or {}).get("name", ""))
    return {"outcome": Outcome.PERSON, "person": slug} if slug else None


def _past(enquiry: Enquiry, wanted: Wanted | None) -> PastEnquiry:
    return PastEnquiry(enquiry.reference, enquiry.text or "", enquiry.received_at, wanted)

"""Which offers, contacts and signposts somebody should check with their owners."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from assistant.catalogue.kinds import Kind, Place
from assistant.catalogue.models import Contact, Offer
from assistant.catalogue.signposts import Signpost, SignpostState

CHECK_DAYS = 183  # six months; so long a check of an offer or a contact holds


@dataclass(frozen=True)
class Due:
    """An entry that should be checked; `checked_on` is when it last was, None where it never was.

    A signpost may have no owner yet whom one could ask.
    """

    place: Place
    name: str
    checked_on: date | None
    has_owner: bool = True


def is_due(checked_on: date | None, today: date) -> bool:
    """Whether an offer or a contact last checked then should be checked again."""
    return checked_on is None or (today - checked_on).days > CHECK_DAYS


def list_due(session: Session, signposts: Sequence[Signpost], today: date) -> list[Due]:
    """What should be checked: signposts first, which people in need are pointed to, then contacts and offers.

    An offer that is switched off need not be.
    """
    due = [
        Due(Place(Kind.SIGNPOSTS, post.slug), post.name, post.checked_on, post.owner is not None)
        for post in signposts
        if post.state(today) is not SignpostState.CONFIRMED
    ]
    contacts = session.scalars(select(Contact).order_by(Contact.name))
    due += [
        Due(Place(Kind.CONTACTS, row.slug), row.name, row.verified_on)
        for row in contacts
        if is_due(row.verified_on, today)
    ]
    offers = session.scalars(select(Offer).where(Offer.active).order_by(Offer.position, Offer.slug))
    due += [
        Due(Place(Kind.OFFERS, row.slug), row.name, row.verified_on) for row in offers if is_due(row.verified_on, today)
    ]
    return due


def count_due(session: Session, table: type[Offer] | type[Contact], today: date) -> int:
    """How many offers, or contacts, should be checked."""
    last = date.fromordinal(today.toordinal() - CHECK_DAYS)
    query = select(func.count()).select_from(table).where(or_(table.verified_on.is_(None), table.verified_on < last))
    if table is Offer:
        query = query.where(Offer.active)
    return session.scalar(query) or 0

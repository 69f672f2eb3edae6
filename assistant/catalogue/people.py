"""Find people."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.models import Person
from assistant.catalogue.slugs import find_by_slug


def find_person(session: Session, slug: str) -> Person | None:
    """The person with this slug."""
    return find_by_slug(session, Person, slug)


def list_people(session: Session, *, slugs: Sequence[str] | None = None) -> list[Person]:
    """Everyone in the order printed, or those of `slugs` in that order: a topic puts first who matters most for it."""
    people = list(session.scalars(select(Person).order_by(Person.position, Person.slug)))
    if slugs is None:
        return people
    by_slug = {person.slug: person for person in people}
    return [by_slug[slug] for slug in slugs if slug in by_slug]

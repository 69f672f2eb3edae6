"""Whether what staff typed can stand in the catalogue: the rules of the files, and who vouches for a contact."""

import re
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.checks import Catalogue, find_contradictions
from assistant.catalogue.errors import EntryRefusedError
from assistant.catalogue.files import advise
from assistant.catalogue.kinds import FORMS, SET_BY_CHECK, Content, Kind
from assistant.catalogue.models import Contact, Offer, Person, SharedPart, Source, Topic
from assistant.catalogue.schema import (
    ContactEntry,
    Entry,
    OfferEntry,
    PersonEntry,
    SharedPartEntry,
    SourceEntry,
    TopicEntry,
)

STORED: dict[str, tuple[type[Contact | Offer | Person | SharedPart | Source | Topic], type[Entry]]] = {
    "sources": (Source, SourceEntry),
    "contacts": (Contact, ContactEntry),
    "offers": (Offer, OfferEntry),
    "people": (Person, PersonEntry),
    "topics": (Topic, TopicEntry),
    "shared_parts": (SharedPart, SharedPartEntry),
}
# What leads members to somebody or somewhere: an address, a link, a telephone number.
WAY = re.compile(r"\S+@\S+|https?:\S+|www\.\S+|\+?\d[\d ]{6,}\d", re.IGNORECASE)
EMPTY = "It is empty. Write something here."
OF_A_FORM = {
    "missing": EMPTY,
    "string_too_short": EMPTY,
    "too_short": "Nothing is ticked. Tick at least one.",
    "literal_error": "Choose one of those given.",
    "enum": "Choose one of those given.",
}


def read_content(session: Session, kind: Kind, values: Content) -> Content:
    """The content that these values make. Raises EntryRefusedError with all that is wrong with them."""
    form = FORMS[kind]
    unchecked = dict.fromkeys(SET_BY_CHECK & set(form.model_fields))
    try:
        entry = form.model_validate({**values, **unchecked}, by_name=True, by_alias=False)
    except ValidationError as error:
        raise EntryRefusedError(_problems(form, error.errors())) from None
    if kind is not Kind.SIGNPOSTS:
        _refuse_contradictions(session, kind, entry)
    return entry.model_dump(mode="json", exclude=set(unchecked))


def needs_check(kind: Kind, content: Content, before: Content | None) -> bool:
    """Whether publishing takes a check with the owner: it is a contact, or leads to one that was not there before."""
    if kind in (Kind.CONTACTS, Kind.SIGNPOSTS):
        return True
    before = before or {}
    has_new_contact = content.get("contact_slug") not in (None, before.get("contact_slug"))
    return has_new_contact or bool(_ways(content) - _ways(before))


def _ways(content: Content) -> set[str]:
    return {found for value in content.values() for text in _texts(value) for found in WAY.findall(text)}


def _texts(value: object) -> Iterable[str]:
    """Every text in a field, those of parts and their aliases too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _problems(form: type[Entry], errors: Iterable[ErrorDetails]) -> dict[str, str]:
    """The first problem of each field, by the field's name; by nothing where it is between fields."""
    names = {info.alias or name: name for name, info in form.model_fields.items()}
    problems: dict[str, str] = {}
    for found in errors:
        place = found["loc"][:1]
        problems.setdefault(names.get(str(place[0]), str(place[0])) if place else "", _sentence(found))
    return problems


def _sentence(found: ErrorDetails) -> str:
    rest = found["loc"][1:]
    line = f"Line {rest[0] + 1}: " if rest and isinstance(rest[0], int) else ""
    if found["type"] == "string_too_long":
        return f"{line}It has more than {found['ctx']['max_length']} characters. Shorten it."
    return line + OF_A_FORM.get(found["type"], advise(found))


def _refuse_contradictions(session: Session, kind: Kind, entry: Entry) -> None:
    catalogue = _catalogue_with(session, kind, entry)
    problems: dict[str, str] = {}
    names = {info.alias or name: name for name, info in FORMS[kind].model_fields.items()}
    for problem in find_contradictions(catalogue):
        if problem.file == f"{kind}.yml" and problem.entry == entry.slug:
            problems.setdefault(names.get(problem.field or "", problem.field or ""), problem.advice)
    if problems:
        raise EntryRefusedError(problems)


def _catalogue_with(session: Session, kind: Kind, entry: Entry) -> Catalogue:
    """What is stored, the entry in its place at the end, so that what is wrong between two is said of this one."""
    stored = {
        name: [_entry_of(form, row) for row in session.scalars(select(table))] for name, (table, form) in STORED.items()
    }
    stored[kind] = [each for each in stored[kind] if each.slug != entry.slug] + [entry]
    catalogue = Catalogue(**stored)  # type: ignore[arg-type]
    if isinstance(entry, OfferEntry):
        for other in catalogue.offers:
            if other is not entry:  # publishing brings the other side in line by itself
                other.related = in_line(other.related, entry.slug, is_related=other.slug in entry.related)
    return catalogue


def in_line(related: list[str], slug: str, *, is_related: bool) -> list[str]:
    """An offer's relations once another offer says whether the two are related."""
    if is_related:
        return related if slug in related else [*related, slug]
    return [each for each in related if each != slug]


def _entry_of(form: type[Entry], row: object) -> Entry:
    values: dict[str, Any] = {name: getattr(row, name, None) for name in form.model_fields}
    return form.model_construct(**values)

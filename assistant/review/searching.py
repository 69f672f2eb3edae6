"""Find groups by what staff type: a reference, the number of a group, or words of a question."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, literal_column, select
from sqlalchemy.orm import Session

from assistant.enquiries.models import Enquiry, QueuedEnquiry
from assistant.enquiries.references import find_references

LONGEST_SEARCH = 200
MOST_MATCHES = 1000  # enquiries that are looked at for words that very many hold
NUMBER = re.compile(r"(?P<sign>group\s*#?|#)?\s*(?P<number>\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """Numbers of the groups that were found. `is_exact` when one was named; `is_cut` when there are more."""

    groups: frozenset[int]
    is_exact: bool = False
    is_cut: bool = False


def search(session: Session, typed: str) -> Found:
    """The groups that somebody may mean by what they typed, which is not empty."""
    references = find_references(typed)
    if references:
        in_group = select(QueuedEnquiry.group_id).where(QueuedEnquiry.reference.in_(references))
        return Found(_numbers(session.scalars(in_group).all()), is_exact=True)
    named = NUMBER.fullmatch(typed.strip())
    if named and named["sign"]:
        return Found(frozenset({int(named["number"])}), is_exact=True)
    by_words = _search_words(session, typed)
    # A bare number may be a word of a question, such as a year, as well as the number of a group.
    return Found(by_words.groups | {int(named["number"])}, is_cut=by_words.is_cut) if named else by_words


def _search_words(session: Session, typed: str) -> Found:
    matching = (
        select(QueuedEnquiry.group_id)
        .join(Enquiry, Enquiry.reference == QueuedEnquiry.reference)
        .where(QueuedEnquiry.group_id.is_not(None), _has_words(session, typed))
        .limit(MOST_MATCHES + 1)
    )
    found = session.scalars(matching).all()
    return Found(_numbers(found), is_cut=len(found) > MOST_MATCHES)


def _has_words(session: Session, typed: str) -> ColumnElement[bool]:
    if session.get_bind().dialect.name == "postgresql":
        # Written as the index ix_enquiries_words is, or it would not be used.
        language: ColumnElement[str] = literal_column("'english'")
        return func.to_tsvector(language, Enquiry.text).op("@@")(func.websearch_to_tsquery(language, typed))
    return and_(*(Enquiry.text.icontains(word, autoescape=True) for word in typed.replace('"', " ").split()))


def _numbers(found: Iterable[int | None]) -> frozenset[int]:
    return frozenset(number for number in found if number is not None)

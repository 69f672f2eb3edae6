"""How well each offer is found: asked, answered, not useful, never found. Small counts are kept back."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from assistant.enquiries.models import EnquiryOffer, Group, GroupState
from assistant.enquiries.outcomes import Outcome
from assistant.matching.labels import OFFER, kind_of, slug_of
from assistant.review.models import Decision, DecisionKind

FEWEST = 5  # smaller counts could tell of single people
WINDOWS = (30, 90)  # days
LOOKED_UP = 500  # references a query


@dataclass(frozen=True)
class Health:
    """Counts of enquiries about one offer in some days.

    `asked` were answered with this offer or asked back about it, `answered` with this offer alone; lists of many offers
    count as neither. `not_found` the model did not find, but suggests in the queue or a person said so.
    """

    asked: int = 0
    answered: int = 0
    not_useful: int = 0
    not_found: int = 0


NOBODY = Health()


def read_health(session: Session, moment: datetime, days: int, slugs: Sequence[str]) -> dict[str, Health]:
    """The counts of the last `days` before `moment`, by slug. No text is read, and no enquiry outside these days."""
    since = moment - timedelta(days=days)
    missed = _count_not_found(session, since)
    counted = {slug: Health(*counts) for slug, *counts in _count_answers(session, since, slugs)}
    return {
        slug: Health(found.asked, found.answered, found.not_useful, missed[slug])
        for slug in slugs
        for found in [counted.get(slug, NOBODY)]
    }


def may_show(count: int, *wholes: int) -> bool:
    """Whether a count tells of nobody, neither by itself nor by what is left of the counts it is part of."""
    return all(left == 0 or left >= FEWEST for left in (count, *(whole - count for whole in wholes)))


def _count_answers(session: Session, since: datetime, slugs: Sequence[str]) -> Iterator[tuple[str, int, int, int]]:
    # A page about one offer reads its part of the index only.
    is_answer = EnquiryOffer.outcome == Outcome.OFFER.value
    query = (
        select(
            EnquiryOffer.slug,
            func.count(),
            func.sum(case((is_answer, 1), else_=0)),
            func.sum(case((is_answer & EnquiryOffer.useful.is_(False), 1), else_=0)),
        )
        .where(
            EnquiryOffer.slug.in_(slugs),
            EnquiryOffer.received_at >= since,
            EnquiryOffer.outcome.in_([Outcome.OFFER.value, Outcome.CLARIFY.value]),
        )
        .group_by(EnquiryOffer.slug)
    )
    for slug, *counts in session.execute(query):
        asked, answered, not_useful = map(int, counts)
        yield slug, asked, answered, not_useful


def _count_not_found(session: Session, since: datetime) -> Counter[str]:
    """By slug: what open groups wait for, and what people decided is this offer without the model having found it."""
    waiting = session.execute(
        select(Group.label, func.sum(Group.enquiries))
        .where(Group.state == GroupState.OPEN.value, Group.last_at >= since, Group.label.is_not(None))
        .group_by(Group.label)
    )
    counts = Counter({slug_of(label): int(count) for label, count in waiting if label and kind_of(label) == OFFER})
    decided = session.execute(
        select(Decision.label, Decision.enquiries).where(
            Decision.at >= since, Decision.kind == DecisionKind.LABEL.value, Decision.undone_at.is_(None)
        )
    )
    told = {
        (reference, slug_of(label))
        for label, references in decided
        if label and kind_of(label) == OFFER
        for reference in references
    }
    counts.update(slug for _, slug in told - _found(session, {reference for reference, _ in told}))
    return counts


def _found(session: Session, references: Iterable[str]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    wanted = sorted(references)
    for start in range(0, len(wanted), LOOKED_UP):
        some = wanted[start : start + LOOKED_UP]
        query = select(EnquiryOffer.reference, EnquiryOffer.slug).where(EnquiryOffer.reference.in_(some))
        found.update((reference, slug) for reference, slug in session.execute(query))
    return found

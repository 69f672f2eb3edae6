"""The groups that the invented staff acted on: enquiries in the same wording. All others are left to the sorter."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from assistant.demo.writing import Queued
from assistant.enquiries.grouping import recount_groups
from assistant.enquiries.models import Group, QueuedEnquiry
from assistant.review.leaders import to_bytes, unit
from assistant.review.sorting import Encode


def make_groups(session: Session, queued: Iterable[Queued], encode: Encode) -> list[Group]:
    """A group for each wording, led by whoever asked first; most askers first."""
    by_wording: dict[int, list[Queued]] = defaultdict(list)
    for each in sorted(queued, key=lambda one: (one.at, one.reference)):
        by_wording[each.wording].append(each)
    groups = [_make_group(session, alike, encode) for alike in by_wording.values()]
    return sorted(groups, key=lambda group: (-group.askers, group.id))


def _make_group(session: Session, alike: Sequence[Queued], encode: Encode) -> Group:
    vectors = unit(encode([each.text for each in alike]))
    group = Group(
        leader=alike[0].reference,
        vector=to_bytes(vectors[0]),
        first_at=alike[0].at,
        last_at=alike[-1].at,
    )
    session.add(group)
    session.flush()
    for each, likeness in zip(alike, vectors @ vectors[0], strict=True):
        row = session.get_one(QueuedEnquiry, each.reference)
        row.group_id, row.closeness, row.is_sorted = group.id, min(float(likeness), 1.0), True
    recount_groups(session, [group.id])
    return group

"""The groups that the invented staff acted on: enquiries in the same wording. All others are left to be sorted."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from assistant.demo.writing import Queued
from assistant.enquiries.models import Enquiry, FollowUp, FollowUpState, Group, QueuedEnquiry, Reason

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts to rows of numbers; the more alike two texts are, the nearer their rows."""


def make_groups(session: Session, queued: Iterable[Queued], encode: Encode) -> list[Group]:
    """A group for each wording, led by whoever asked first; most askers first."""
    by_wording: dict[int, list[Queued]] = defaultdict(list)
    for each in sorted(queued, key=lambda one: (one.at, one.reference)):
        by_wording[each.wording].append(each)
    groups = [_make_group(session, alike, encode) for alike in by_wording.values()]
    return sorted(groups, key=lambda group: (-group.askers, group.id))


def _make_group(session: Session, alike: Sequence[Queued], encode: Encode) -> Group:
    vectors = _unit(encode([each.text for each in alike]))
    rows = [session.get_one(QueuedEnquiry, each.reference) for each in alike]
    group = Group(
        leader=alike[0].reference,
        vector=vectors[0].tobytes(),
        first_at=alike[0].at,
        last_at=alike[-1].at,
    )
    session.add(group)
    session.flush()
    for row, likeness in zip(rows, vectors.astype(np.float32) @ vectors[0].astype(np.float32), strict=True):
        row.group_id, row.closeness, row.is_sorted = group.id, min(round(float(likeness), 4), 1.0), True
    count(session, group, rows)
    return group


def count(session: Session, group: Group, rows: Sequence[QueuedEnquiry]) -> None:
    """Set the counts of a group that is made of these."""
    reasons = Counter(reason for row in rows for reason in row.reasons)
    group.enquiries = len(rows)
    group.askers = len({session.get_one(Enquiry, row.reference).conversation_id for row in rows})
    group.unanswered, group.uncertain = reasons[Reason.UNANSWERED], reasons[Reason.UNCERTAIN]
    group.not_useful = reasons[Reason.NOT_USEFUL]
    group.handoffs = sum(_waits(session.get(FollowUp, row.reference)) for row in rows)


def _waits(left: FollowUp | None) -> bool:
    return left is not None and left.state == FollowUpState.OPEN


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float16]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), dtype=np.float16)

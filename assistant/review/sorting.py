"""Sort what waits in the queue into groups of enquiries that ask the same thing.

An enquiry joins the group whose leader it is nearest to, if it is near enough; otherwise it leads a group of its own.
Nothing is ever moved to another group afterwards, so that a group stays what a reviewer saw, and for each enquiry it
can be said which one it was found to be like, and how much.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.db.locks import Lock, take_turn
from assistant.enquiries.grouping import count_in, recount_groups, settle_leaders
from assistant.enquiries.models import Enquiry, FollowUp, FollowUpState, Group, GroupKind, GroupState, QueuedEnquiry
from assistant.errors import detail_of
from assistant.review.leaders import Leaders, Vector, to_bytes, unit
from assistant.review.models import Decision, DecisionKind
from assistant.review.reopening import reason_to_reopen

logger = logging.getLogger(__name__)

# Of 1,000 questions of the test sets, 97 in 100 of those that join a group at this cosine mean what its leader means
# (docs/adr/0009).
ALIKE = 0.8
BATCH = 50  # enquiries a transaction: nobody who writes waits long
# Now and then all vectors are read again, since another process may have given a group another leader.
READ_AGAIN = timedelta(hours=1)
CARE_KINDS = frozenset({GroupKind.DISCLOSURE.value, GroupKind.CRISIS.value, GroupKind.ABUSE.value})

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts to rows of numbers; the more alike two texts are, the nearer their rows."""


@dataclass(frozen=True)
class _Waiting:
    """An enquiry to be sorted, as it was when its vector was made."""

    reference: str
    words: str | None
    needs_vector: bool


class Sorter:
    """Goes the rounds. Several may, in as many processes: one at a time sorts, and the others let it."""

    def __init__(
        self, database: Database, encode: Encode, alike: float = ALIKE, clock: Callable[[], datetime] = now
    ) -> None:
        """`encode` gives the vectors that are compared; cosines of at least `alike` make a group."""
        self._database = database
        self._encode = encode
        self._alike = alike
        self._clock = clock
        self._forget()

    async def go_round(self) -> None:
        """Sort all that waits. Never raises, so that the next round comes; faults are logged by name."""
        try:
            while await asyncio.to_thread(self._sort_some):
                pass
        except Exception as error:
            self._forget()  # what was to be written was not
            logger.error("Enquiries wait to be sorted: %s", detail_of(error))

    def _forget(self) -> None:
        self._leaders = Leaders()
        self._read_at = self._clock()

    def _sort_some(self) -> bool:
        """Sort a few enquiries. Whether it is worth while to go on with the next."""
        if self._clock() - self._read_at >= READ_AGAIN:
            self._forget()
        with self._database.read() as session:
            waiting = _find_waiting(session)
        if not waiting:
            return False
        vectors = self._make_vectors(waiting)  # outside every transaction: on SQLite nobody else could write meanwhile
        with self._database.write() as session:
            is_any_sorted = take_turn(session, Lock.SORTING) and self._sort(session, waiting, vectors)
        return is_any_sorted and len(waiting) == BATCH

    def _make_vectors(self, waiting: Sequence[_Waiting]) -> dict[str, Vector]:
        to_encode = [each for each in waiting if each.needs_vector and each.words is not None]
        if not to_encode:
            return {}
        rows = unit(self._encode([each.words or "" for each in to_encode]))
        return {each.reference: row for each, row in zip(to_encode, rows, strict=True)}

    def _sort(self, session: Session, waiting: Sequence[_Waiting], vectors: dict[str, Vector]) -> bool:
        words = {each.reference: each.words for each in waiting}
        self._leaders.refresh(session)
        found = (
            select(QueuedEnquiry, Enquiry, FollowUp)
            .join(Enquiry, Enquiry.reference == QueuedEnquiry.reference)
            .outerjoin(FollowUp, FollowUp.reference == QueuedEnquiry.reference)
            .where(QueuedEnquiry.reference.in_(words), QueuedEnquiry.is_sorted.is_(False))
            .order_by(QueuedEnquiry.received_at, QueuedEnquiry.reference)
            .with_for_update(of=QueuedEnquiry, skip_locked=True)
        )
        is_any_sorted = False
        for queued, enquiry, follow_up in session.execute(found).all():
            if enquiry.text != words[queued.reference]:
                continue  # changed meanwhile, and to be read again
            self._place(session, queued, enquiry, follow_up, vectors.get(queued.reference))
            queued.is_sorted = is_any_sorted = True
        return is_any_sorted

    def _place(
        self,
        session: Session,
        queued: QueuedEnquiry,
        enquiry: Enquiry,
        follow_up: FollowUp | None,
        vector: Vector | None,
    ) -> None:
        """Put the enquiry into a group unless it is in one, and see what that means for the group."""
        is_waiting = follow_up is not None and follow_up.state == FollowUpState.OPEN
        group = _lock(session, queued.group_id) if queued.group_id is not None else None
        if group is None:
            group = self._find_group(session, queued, kind_of_enquiry(enquiry, follow_up), vector)
            if group is None:
                return
            count_in(session, group, queued, enquiry, is_waiting=is_waiting)
        else:
            recount_groups(session, [group.id])
            if group.kind == GroupKind.QUESTION and group.leader is None:
                self._give_leader(session, group, queued, vector)
                return
        _reconsider(session, group, queued, enquiry, self._clock(), is_waiting=is_waiting)

    def _find_group(
        self, session: Session, queued: QueuedEnquiry, kind: GroupKind, vector: Vector | None
    ) -> Group | None:
        """The group that a newcomer belongs to; None for a question whose words are gone already."""
        if kind != GroupKind.QUESTION:
            return _begin_group(session, queued, kind, None)
        if vector is None:
            return None
        return self._join_nearest(session, queued, vector) or self._lead(session, queued, vector)

    def _join_nearest(self, session: Session, queued: QueuedEnquiry, vector: Vector) -> Group | None:
        while True:
            nearest = self._leaders.nearest(vector)
            if nearest is None or nearest[1] < self._alike:
                return None
            number, likeness = nearest
            group = _lock(session, number)
            if group is not None and self._leaders.is_current(number, group.vector):
                queued.group_id, queued.closeness = number, min(likeness, 1.0)
                return group
            # Its leader was erased, or is another one now: look again without the old vector.
            self._leaders.drop(number)
            if group is not None and group.vector is not None:
                self._leaders.replace(number, group.vector)

    def _lead(self, session: Session, queued: QueuedEnquiry, vector: Vector) -> Group:
        group = _begin_group(session, queued, GroupKind.QUESTION, to_bytes(vector))
        self._leaders.replace(group.id, to_bytes(vector))
        return group

    def _give_leader(self, session: Session, group: Group, queued: QueuedEnquiry, vector: Vector | None) -> None:
        """The enquiry was put forward to lead. When its own words are gone too, the next one is put forward."""
        if vector is None:
            settle_leaders(session, [group.id])
            return
        group.leader, group.vector = queued.reference, to_bytes(vector)
        queued.closeness = 1.0
        self._leaders.replace(group.id, group.vector)


def kind_of_enquiry(enquiry: Enquiry, follow_up: FollowUp | None) -> GroupKind:
    """What an enquiry in the queue is. What was left for a person without a question told of racism."""
    if enquiry.outcome in CARE_KINDS:
        return GroupKind(enquiry.outcome)
    if follow_up is not None and enquiry.text is None:
        if follow_up.words_consent_at is not None or follow_up.state != FollowUpState.WITHDRAWN:
            return GroupKind.DISCLOSURE
    return GroupKind.QUESTION


def _find_waiting(session: Session) -> list[_Waiting]:
    found = (
        select(QueuedEnquiry.reference, Enquiry.text, Enquiry.outcome, QueuedEnquiry.group_id, Group.leader)
        .join(Enquiry, Enquiry.reference == QueuedEnquiry.reference)
        .outerjoin(Group, Group.id == QueuedEnquiry.group_id)
        .where(QueuedEnquiry.is_sorted.is_(False))
        .order_by(QueuedEnquiry.received_at)
        .limit(BATCH)
    )
    return [
        _Waiting(
            reference, words, (group is None and outcome not in CARE_KINDS) or (group is not None and leader is None)
        )
        for reference, words, outcome, group, leader in session.execute(found)
    ]


def _lock(session: Session, number: int) -> Group | None:
    session.flush()  # what was set on it in this transaction is not read over
    return session.get(Group, number, with_for_update=True, populate_existing=True)


def _begin_group(session: Session, queued: QueuedEnquiry, kind: GroupKind, vector: bytes | None) -> Group:
    group = Group(
        kind=kind.value,
        leader=queued.reference,
        vector=vector,
        state=GroupState.OPEN.value,
        first_at=queued.received_at,
        last_at=queued.received_at,
    )
    session.add(group)
    session.flush()
    queued.group_id, queued.closeness = group.id, 1.0
    return group


def _reconsider(
    session: Session, group: Group, queued: QueuedEnquiry, enquiry: Enquiry, moment: datetime, *, is_waiting: bool
) -> None:
    why = reason_to_reopen(group, queued, enquiry, is_waiting=is_waiting)
    if why is None:
        return
    group.state, group.closed_as, group.closed_at = GroupState.OPEN.value, None, None
    group.version += 1
    note = Decision(
        group_id=group.id, kind=DecisionKind.REOPEN.value, note=why, enquiries=[queued.reference], at=moment
    )
    session.add(note)

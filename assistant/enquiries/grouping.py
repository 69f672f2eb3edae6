"""Groups of enquiries and what they are made of: counted anew after each change, never outliving it.

Who changes what a group is made of calls this in the same transaction. How a group comes to be is for assistant.review.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Text, case, cast, exists, func, select, update
from sqlalchemy.orm import Session

from assistant.enquiries.models import Enquiry, FollowUp, FollowUpState, Group, GroupKind, QueuedEnquiry, Reason


def groups_of(session: Session, references: Sequence[str]) -> Sequence[int]:
    """The numbers of the groups that these enquiries are in."""
    found = select(QueuedEnquiry.group_id).where(
        QueuedEnquiry.reference.in_(references), QueuedEnquiry.group_id.is_not(None)
    )
    return [number for number in session.scalars(found.distinct()) if number is not None]


def groups_led_by(session: Session, references: Sequence[str]) -> Sequence[int]:
    """The numbers of the groups that one of these enquiries leads."""
    # By way of the enquiries, which have an index; the leaders of groups have none.
    found = select(Group.id).join(QueuedEnquiry, QueuedEnquiry.group_id == Group.id)
    return session.scalars(found.where(QueuedEnquiry.reference.in_(references), Group.leader.in_(references))).all()


def mend_groups(session: Session, numbers: Iterable[int]) -> None:
    """After enquiries or their words went: count the groups anew and have none be led by what is no longer there."""
    numbers = sorted(set(numbers))
    recount_groups(session, numbers)
    settle_leaders(session, numbers)


def recount_groups(session: Session, numbers: Iterable[int]) -> None:
    """Set the counts and times of these groups by what is in them. A group with nothing in it is deleted."""
    for number in sorted(set(numbers)):
        session.flush()
        group = session.get(Group, number, with_for_update=True, populate_existing=True)
        if group is None:
            continue
        counts = session.execute(_counts(number)).one()
        if not counts.enquiries:
            session.delete(group)
            session.flush()
            continue
        for name, count in counts._mapping.items():
            setattr(group, name, count)


def count_in(session: Session, group: Group, queued: QueuedEnquiry, enquiry: Enquiry, *, is_waiting: bool) -> None:
    """Count an enquiry that has just come into the group, which is locked; counting thousands anew would take long."""
    beside = exists().where(
        QueuedEnquiry.group_id == group.id,
        QueuedEnquiry.reference == Enquiry.reference,
        Enquiry.conversation_id == enquiry.conversation_id,
        Enquiry.reference != enquiry.reference,
    )
    group.askers += not session.scalar(select(beside))
    group.enquiries += 1
    group.unanswered += Reason.UNANSWERED in queued.reasons
    group.uncertain += Reason.UNCERTAIN in queued.reasons
    group.not_useful += Reason.NOT_USEFUL in queued.reasons
    group.handoffs += is_waiting
    group.first_at = min(group.first_at, queued.received_at)
    group.last_at = max(group.last_at, queued.received_at)


def settle_leaders(session: Session, numbers: Iterable[int]) -> None:
    """Forget the leader of each of these groups whose words are gone, with its vector.

    The oldest enquiry whose words are kept is put forward to be sorted again, and leads from then on.
    """
    for number in sorted(set(numbers)):
        group = session.get(Group, number, with_for_update=True)
        if group is None or group.kind != GroupKind.QUESTION or _leads(session, group):
            continue
        group.leader = group.vector = None
        oldest = _with_words(number).order_by(QueuedEnquiry.received_at, QueuedEnquiry.reference).limit(1)
        if (reference := session.scalar(oldest)) is not None:
            again = update(QueuedEnquiry).where(QueuedEnquiry.reference == reference).values(is_sorted=False)
            session.execute(again)


def is_waiting() -> ColumnElement[bool]:
    """Whether an enquiry was left for a person and waits for an answer still."""
    return exists().where(FollowUp.reference == QueuedEnquiry.reference, FollowUp.state == FollowUpState.OPEN.value)


def has_reason(reason: Reason) -> ColumnElement[bool]:
    """Whether an enquiry is in the queue for this reason, among others."""
    # The names of reasons hold nothing that LIKE would take for more than itself but the line of not_useful.
    return cast(QueuedEnquiry.reasons, Text).contains(f'"{reason.value}"', autoescape=True)


def _counts(number: int) -> Select[Any]:
    def count_where(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(cast(case((condition, 1), else_=0), Integer)), 0)

    return (
        select(
            func.count(func.distinct(Enquiry.conversation_id)).label("askers"),
            func.count().label("enquiries"),
            count_where(has_reason(Reason.UNANSWERED)).label("unanswered"),
            count_where(has_reason(Reason.UNCERTAIN)).label("uncertain"),
            count_where(has_reason(Reason.NOT_USEFUL)).label("not_useful"),
            count_where(is_waiting()).label("handoffs"),
            func.min(QueuedEnquiry.received_at).label("first_at"),
            func.max(QueuedEnquiry.received_at).label("last_at"),
        )
        .select_from(QueuedEnquiry)
        .join(Enquiry, Enquiry.reference == QueuedEnquiry.reference)
        .where(QueuedEnquiry.group_id == number)
    )


def _with_words(number: int) -> Select[tuple[str]]:
    return (
        select(QueuedEnquiry.reference)
        .join(Enquiry, Enquiry.reference == QueuedEnquiry.reference)
        .where(QueuedEnquiry.group_id == number, Enquiry.text.is_not(None))
    )


def _leads(session: Session, group: Group) -> bool:
    if group.leader is None:
        return False
    return session.scalar(_with_words(group.id).where(QueuedEnquiry.reference == group.leader)) is not None

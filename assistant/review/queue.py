"""The queue as staff see it: groups that fit what they look for, most askers or newest first, a page at a time.

Unless the newest are asked for, people stand before all else who may be in danger or told of racism and wait for an
answer, however few they are.

A page begins where the one before it ended, rather than after so many rows, so that the thousandth is as quick as the
first, and what comes in meanwhile moves nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, not_, select, tuple_
from sqlalchemy.orm import Session

from assistant.enquiries.models import Enquiry, Group, GroupKind, GroupState, QueuedEnquiry, Reason
from assistant.review.meanings import list_titles, title_of
from assistant.review.searching import Found, search
from assistant.staff.models import Staff

PAGE = 20
NOBODY = 0  # in place of the number of an assignee
MOST_COUNTED = 10_000
# By which ways questions come; the names of the columns `channel`, and what they are called on a page.
CHANNELS = {"web": "Website", "slack": "Slack", "teams": "Microsoft Teams"}

# Who may be in danger or told of racism, and left it for a person who has not seen to it yet.
IS_URGENT = and_(
    Group.state == GroupState.OPEN.value,
    Group.kind.in_((GroupKind.CRISIS.value, GroupKind.DISCLOSURE.value)),
    Group.handoffs > 0,
)

# The column of a group that counts the enquiries that are there for a reason.
COUNT_OF = {
    Reason.HANDOFF: Group.handoffs,
    Reason.NOT_USEFUL: Group.not_useful,
    Reason.UNANSWERED: Group.unanswered,
    Reason.UNCERTAIN: Group.uncertain,
}


@dataclass(frozen=True)
class Place:
    """Where a page ended: the order of its last group.

    `askers` and `is_urgent` count only when most askers come first.
    """

    askers: int
    at: datetime
    number: int
    is_urgent: bool = False


@dataclass(frozen=True)
class Filters:
    """What to list. None and "" are any; `assignee` is a number of staff or NOBODY, `days` the least age."""

    state: GroupState | None = GroupState.OPEN
    reason: Reason | None = None
    kind: GroupKind | None = None
    channel: str = ""
    assignee: int | None = None
    days: int = 0
    words: str = ""
    is_newest_first: bool = False
    is_urgent: bool = False


@dataclass(frozen=True)
class Row:
    """A group in the list, with the words of its leader if they are kept."""

    group: Group
    words: str | None
    assignee: str | None
    suggestion: str | None
    is_urgent: bool = False


@dataclass(frozen=True)
class Page:
    """Some groups, where the next page begins, and whether a search found more than is looked at."""

    rows: Sequence[Row]
    following: Place | None = None
    is_cut: bool = False


def list_groups(session: Session, filters: Filters, moment: datetime, after: Place | None = None) -> Page:
    """A page of the groups that fit, after a place. A reference or group that was typed is found whatever its state."""
    found = search(session, filters.words) if filters.words.strip() else None
    query = (
        select(Group, Enquiry.text, Staff.name, IS_URGENT)
        .outerjoin(Enquiry, Enquiry.reference == Group.leader)
        .outerjoin(Staff, Staff.id == Group.assignee_id)
        .where(*_conditions(filters, found, moment))
    )
    rows = _first_rows(session, query, filters, after)
    titles = list_titles(session)
    listed = [
        Row(group, words, name, title_of(group.label, titles) if group.label else None, bool(is_urgent))
        for group, words, name, is_urgent in rows[:PAGE]
    ]
    last = listed[-1] if len(rows) > PAGE else None
    following = Place(last.group.askers, last.group.last_at, last.group.id, last.is_urgent) if last else None
    return Page(listed, following, found is not None and found.is_cut)


def count_urgent(session: Session) -> int:
    """How many people may be in danger or told of racism, and wait for somebody to read it."""
    asked = select(func.count(func.distinct(Enquiry.conversation_id))).join(Group, Group.leader == Enquiry.reference)
    return session.scalar(asked.where(IS_URGENT)) or 0


def count_groups(session: Session) -> dict[GroupState, int]:
    """How many groups there are of each state, counted up to MOST_COUNTED."""
    counts = {}
    for state in GroupState:
        some = select(Group.id).where(Group.state == state.value).limit(MOST_COUNTED).subquery()
        counts[state] = session.scalar(select(func.count()).select_from(some)) or 0
    return counts


def _conditions(filters: Filters, found: Found | None, moment: datetime) -> list[ColumnElement[bool]]:
    if found is not None and found.is_exact:
        return [Group.id.in_(found.groups)]
    conditions: list[ColumnElement[bool]] = []
    if found is not None:
        conditions.append(Group.id.in_(found.groups))
    if filters.state is not None:
        conditions.append(Group.state == filters.state.value)
    if filters.reason is not None:
        conditions.append(COUNT_OF[filters.reason] > 0)
    if filters.kind is not None:
        conditions.append(Group.kind == filters.kind.value)
    if filters.is_urgent:
        conditions.append(IS_URGENT)
    if filters.channel:
        conditions.append(exists().where(QueuedEnquiry.group_id == Group.id, QueuedEnquiry.channel == filters.channel))
    if filters.assignee is not None:
        conditions.append(
            Group.assignee_id.is_(None) if filters.assignee == NOBODY else Group.assignee_id == filters.assignee
        )
    if filters.days:
        conditions.append(Group.first_at <= moment - timedelta(days=filters.days))
    return conditions


def _first_rows(session: Session, query: Select[Any], filters: Filters, after: Place | None) -> list[Any]:
    """The rows after a place, one more than a page has. What is urgent is read apart: then an index orders the rest."""
    if filters.is_newest_first or filters.is_urgent:
        return _read(session, query, filters, after, PAGE + 1)
    rows: list[Any] = []
    if after is None or after.is_urgent:
        rows = _read(session, query.where(IS_URGENT), filters, after, PAGE + 1)
        after = None
    if len(rows) <= PAGE:
        rows += _read(session, query.where(not_(IS_URGENT)), filters, after, PAGE + 1 - len(rows))
    return rows


def _in_order(query: Select[Any], filters: Filters, after: Place | None) -> Select[Any]:
    """In the order of an index of question_groups, read backwards."""
    columns: list[Any] = [Group.last_at, Group.id]
    values: list[Any] = [after.at, after.number] if after else []
    if not filters.is_newest_first:
        columns.insert(0, Group.askers)
        values.insert(0, after.askers if after else 0)
    if after is not None:
        # Each value bound as its column's kind, or SQLite would compare times written in two ways.
        bound = [literal(value, column.type) for value, column in zip(values, columns, strict=True)]
        query = query.where(tuple_(*columns) < tuple_(*bound))
    return query.order_by(*(column.desc() for column in columns))


def _read(session: Session, query: Select[Any], filters: Filters, after: Place | None, most: int) -> list[Any]:
    return list(session.execute(_in_order(query, filters, after).limit(most)))

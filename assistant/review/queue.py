"""The queue as staff see it: groups that fit what they look for, most askers or newest first, a page at a time.

A page begins where the one before it ended, rather than after so many rows, so that the thousandth is as quick as the
first, and what comes in meanwhile moves nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, literal, select, tuple_
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

# The column of a group that counts the enquiries that are there for a reason.
COUNT_OF = {
    Reason.HANDOFF: Group.handoffs,
    Reason.NOT_USEFUL: Group.not_useful,
    Reason.UNANSWERED: Group.unanswered,
    Reason.UNCERTAIN: Group.uncertain,
}


@dataclass(frozen=True)
class Place:
    """Where a page ended: the order of its last group. `askers` counts only when most askers come first."""

    askers: int
    at: datetime
    number: int


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


@dataclass(frozen=True)
class Row:
    """A group in the list, with the words of its leader if they are kept."""

    group: Group
    words: str | None
    assignee: str | None
    suggestion: str | None


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
        select(Group, Enquiry.text, Staff.name)
        .outerjoin(Enquiry, Enquiry.reference == Group.leader)
        .outerjoin(Staff, Staff.id == Group.assignee_id)
        .where(*_conditions(filters, found, moment))
    )
    rows = session.execute(_in_order(query, filters, after).limit(PAGE + 1)).all()
    titles = list_titles(session)
    listed = [
        Row(group, words, name, title_of(group.label, titles) if group.label else None)
        for group, words, name in rows[:PAGE]
    ]
    last = listed[-1].group if len(rows) > PAGE else None
    following = Place(last.askers, last.last_at, last.id) if last else None
    return Page(listed, following, found is not None and found.is_cut)


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
    if filters.channel:
        conditions.append(exists().where(QueuedEnquiry.group_id == Group.id, QueuedEnquiry.channel == filters.channel))
    if filters.assignee is not None:
        conditions.append(
            Group.assignee_id.is_(None) if filters.assignee == NOBODY else Group.assignee_id == filters.assignee
        )
    if filters.days:
        conditions.append(Group.first_at <= moment - timedelta(days=filters.days))
    return conditions


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

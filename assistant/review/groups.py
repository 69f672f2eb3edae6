"""One group as staff see it: its enquiries with why they are there, what was said around them, what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from assistant.enquiries.models import Enquiry, FollowUp, FollowUpState, Group, Message, QueuedEnquiry
from assistant.review.decisions import list_decisions
from assistant.review.errors import GroupNotFoundError
from assistant.review.meanings import list_titles, title_of
from assistant.review.models import Decision
from assistant.staff.models import Staff

PAGE = 10  # enquiries on a page
BEFORE, AFTER = 3, 2  # messages shown around an enquiry


@dataclass(frozen=True)
class Said:
    """A message of a conversation and what was answered; `words` is None where they were not kept."""

    words: str | None
    replies: Sequence[str]
    at: datetime
    is_this: bool


@dataclass(frozen=True)
class Member:
    """An enquiry of a group, with the conversation around it."""

    queued: QueuedEnquiry
    enquiry: Enquiry
    follow_up: FollowUp | None
    around: Sequence[Said] = field(default=())

    @property
    def is_waiting(self) -> bool:
        """Whether it was left for a person and waits still."""
        return self.follow_up is not None and self.follow_up.state == FollowUpState.OPEN

    @property
    def has_words_kept(self) -> bool:
        """Whether the asker let us keep what they told of racism, and it is kept."""
        return self.follow_up is not None and self.follow_up.words_encrypted is not None


@dataclass(frozen=True)
class Pair:
    """Two questions that were found alike, and how much."""

    leader: str
    other: str
    closeness: float


@dataclass(frozen=True)
class GroupView:
    """A group with a page of its enquiries, oldest first."""

    group: Group
    leader: Enquiry | None
    assignee: Staff | None
    suggestion: str | None
    members: Sequence[Member]
    closest: Pair | None
    history: Sequence[tuple[Decision, str | None]]
    page: int
    pages: int

    @property
    def shown_pages(self) -> Sequence[int | None]:
        """The numbers of the pages to link to: the first, the last and those beside this one; None for a gap."""
        shown = sorted({1, self.pages, *range(max(1, self.page - 1), min(self.pages, self.page + 1) + 1)})
        gaps = {after for before, after in pairwise(shown) if after - before > 1}
        return [number for each in shown for number in ((None, each) if each in gaps else (each,))]


def get_group(session: Session, number: int) -> Group:
    """The group. Raises GroupNotFoundError."""
    group = session.get(Group, number)
    if group is None:
        raise GroupNotFoundError
    return group


def view_group(session: Session, number: int, page: int = 1) -> GroupView:
    """The group with all that its page shows. A page there is none of is the last. Raises GroupNotFoundError."""
    group = get_group(session, number)
    count = session.scalar(select(func.count()).where(QueuedEnquiry.group_id == number)) or 0
    pages = max(1, -(-count // PAGE))
    page = min(max(page, 1), pages)
    leader = session.get(Enquiry, group.leader) if group.leader else None
    return GroupView(
        group=group,
        leader=leader,
        assignee=session.get(Staff, group.assignee_id) if group.assignee_id else None,
        suggestion=title_of(group.label, list_titles(session)) if group.label else None,
        members=_list_members(session, number, page),
        closest=_find_closest(session, group, leader),
        history=list_decisions(session, number),
        page=page,
        pages=pages,
    )


def find_member(session: Session, number: int, reference: str) -> Member:
    """An enquiry of a group, without what was said around it. Raises GroupNotFoundError when it is not of the group."""
    row = session.execute(_members(number).where(QueuedEnquiry.reference == reference)).one_or_none()
    if row is None:
        raise GroupNotFoundError
    return Member(*row)


def _list_members(session: Session, number: int, page: int) -> Sequence[Member]:
    in_order = _members(number).order_by(QueuedEnquiry.received_at, QueuedEnquiry.reference)
    rows = session.execute(in_order.limit(PAGE).offset((page - 1) * PAGE)).all()
    return [Member(queued, enquiry, follow_up, _list_around(session, enquiry)) for queued, enquiry, follow_up in rows]


def _members(number: int) -> Select[tuple[QueuedEnquiry, Enquiry, FollowUp]]:
    return (
        select(QueuedEnquiry, Enquiry, FollowUp)
        .join(Enquiry, Enquiry.reference == QueuedEnquiry.reference)
        .outerjoin(FollowUp, FollowUp.reference == QueuedEnquiry.reference)
        .where(QueuedEnquiry.group_id == number)
    )


def _list_around(session: Session, enquiry: Enquiry) -> Sequence[Said]:
    """The messages before and after the one that the enquiry is, oldest first; none once they are no longer kept."""
    own = select(Message).where(Message.conversation_id == enquiry.conversation_id)
    this = session.scalars(own.where(Message.reference == enquiry.reference).order_by(Message.id).limit(1)).first()
    if this is None:
        return ()
    before = session.scalars(own.where(Message.id < this.id).order_by(Message.id.desc()).limit(BEFORE)).all()
    after = session.scalars(own.where(Message.id > this.id).order_by(Message.id).limit(AFTER)).all()
    return [_said(message, is_this=message is this) for message in (*reversed(before), this, *after)]


def _said(message: Message, *, is_this: bool) -> Said:
    replies = (message.reply or {}).get("replies", [])
    return Said(message.text, [str(reply["text"]) for reply in replies], message.received_at, is_this)


def _find_closest(session: Session, group: Group, leader: Enquiry | None) -> Pair | None:
    """The enquiry that was found most like the one that leads, with words of its own to compare."""
    if leader is None or leader.text is None:
        return None
    nearest = (
        select(Enquiry.text, QueuedEnquiry.closeness)
        .join(Enquiry, Enquiry.reference == QueuedEnquiry.reference)
        .where(
            QueuedEnquiry.group_id == group.id,
            QueuedEnquiry.reference != leader.reference,
            QueuedEnquiry.closeness.is_not(None),
            Enquiry.text.is_not(None),
            Enquiry.text != leader.text,
        )
        .order_by(QueuedEnquiry.closeness.desc(), QueuedEnquiry.reference)
        .limit(1)
    )
    row = session.execute(nearest).first()
    return Pair(leader.text, row[0], row[1]) if row else None

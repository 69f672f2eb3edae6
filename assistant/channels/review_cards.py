"""Show the queue where staff work: a card for each group that is opened, kept as the group stands."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Delete, Select, delete, exists, func, or_, select
from sqlalchemy.orm import Session

from assistant.channels.cards import card_of, show_anew
from assistant.db.base import now
from assistant.db.locks import Lock, take_turn
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.models import Group, GroupKind, GroupState
from assistant.errors import detail_of
from assistant.messaging.models import Post, PostKind
from assistant.messaging.outbox import Letterhead, queue_post
from assistant.messaging.switched_on import review_channels
from assistant.review.models import Decision, DecisionKind, ReviewCard, ReviewChannel

ROUND_SECONDS = 10.0
AGAIN = timedelta(hours=1)  # until a card that its channel did not take is made anew
MOST = 20  # cards of a channel that one round queues, and as many that it has shown anew

logger = logging.getLogger(__name__)

# Their posts went with the enquiry whose words they held, before they were sent. Of a group that stays there is a new
# card, with what it holds now.
_ERASED_UNSENT = delete(ReviewCard).where(ReviewCard.post_id.is_(None), ReviewCard.message.is_(None))


class ReviewCards:
    """Goes the rounds. Several may, in as many processes: one at a time does the work."""

    def __init__(self, desk: EnquiryDesk, on_posts: Callable[[], None] = lambda: None) -> None:
        """`on_posts` is called in the event loop once there is something to send."""
        self._desk = desk
        self._heads = review_channels(desk.settings)
        self._on_posts = on_posts

    async def run(self) -> None:
        """Until cancelled; returns at once where no channel is for reviewing."""
        while self._heads:
            try:
                if await asyncio.to_thread(self.go_round):
                    self._on_posts()
            except Exception as error:  # whatever it is, answering goes on
                logger.error("The queue is not shown in channels: %s", detail_of(error))
            await asyncio.sleep(ROUND_SECONDS)

    def go_round(self) -> int:
        """Queue cards for what was opened, oldest first, and for what changed. Returns how many.

        Raises DatabaseUnavailableError.
        """
        with self._desk.database.write() as session:
            if not take_turn(session, Lock.CARDS):
                return 0
            session.execute(_refused())
            session.execute(_ERASED_UNSENT)
            return sum(self._show_new(session, head) + self._show_changed(session, head) for head in self._heads)

    def _show_new(self, session: Session, head: Letterhead) -> int:
        new = session.execute(_new_groups(head.lane, _since(session, head.lane))).all()
        for group, opening in new:
            # It goes with the enquiry whose words it holds.
            addressed = Letterhead(head.channel, head.lane, head.address, reference=group.leader)
            content = card_of(session, group, opening, self._desk.settings)
            key = f"review:{head.lane}:{group.id}:{opening}"
            post = queue_post(session, addressed, PostKind.REVIEW, key, content, self._desk.cipher)
            session.flush()
            session.add(
                ReviewCard(
                    lane=head.lane,
                    group_id=group.id,
                    opening=opening,
                    version=group.version,
                    leader=group.leader,
                    post_id=post.id if post else None,
                )  # fmt: skip
            )
        return len(new)

    def _show_changed(self, session: Session, head: Letterhead) -> int:
        changed = session.scalars(_changed_cards(head.lane)).all()
        for card in changed:
            group = session.get(Group, card.group_id)
            key = f"review:{card.id}:{group.version}:{group.leader}" if group else f"review:{card.id}:erased"
            show_anew(session, card, head, card.message or "", key, self._desk.cipher, self._desk.settings)
        return len(changed)


def _refused() -> Delete:
    """Posts of cards that no channel ever took: staff may have invited the app meanwhile.

    With one its card is as if erased unsent.
    """
    unshown = select(ReviewCard.post_id).where(ReviewCard.post_id.is_not(None), ReviewCard.message.is_(None))
    return delete(Post).where(Post.is_given_up, Post.created_at <= now() - AGAIN, Post.id.in_(unshown))


def _since(session: Session, lane: str) -> datetime:
    """Since when staff review there: from now on, when it is the first time."""
    channel = session.get(ReviewChannel, lane)
    if channel is None:
        channel = ReviewChannel(lane=lane, since=now())
        session.add(channel)
        session.flush()
    return channel.since


def _new_groups(lane: str, since: datetime) -> Select[tuple[Group, int]]:
    """Groups that were opened since then and have no card for it, oldest first, each with what opened it."""
    reopened = (
        select(Decision.group_id, func.max(Decision.id).label("opening"), func.max(Decision.at).label("at"))
        .where(Decision.kind == DecisionKind.REOPEN.value, Decision.undone_at.is_(None))
        .group_by(Decision.group_id)
        .subquery()
    )
    opening = func.coalesce(reopened.c.opening, 0)
    has_card = exists().where(
        ReviewCard.lane == lane, ReviewCard.group_id == Group.id, ReviewCard.opening == opening
    )  # fmt: skip
    # A card begins with what the model suggests; where care was due it suggests nothing.
    is_ready = or_(Group.kind != GroupKind.QUESTION.value, Group.judged_by.is_not(None))
    return (
        select(Group, opening)
        .outerjoin(reopened, reopened.c.group_id == Group.id)
        .where(
            Group.state == GroupState.OPEN.value,
            is_ready,
            or_(Group.first_at >= since, reopened.c.at >= since),
            ~has_card,
        )
        .order_by(Group.first_at, Group.id)
        .limit(MOST)
    )


def _changed_cards(lane: str) -> Select[tuple[ReviewCard]]:
    """Cards that no longer show how their group stands, or whose group is erased."""
    is_other = or_(
        Group.id.is_(None), ReviewCard.version != Group.version, ReviewCard.leader.is_distinct_from(Group.leader)
    )
    return (
        select(ReviewCard)
        .outerjoin(Group, Group.id == ReviewCard.group_id)
        .where(ReviewCard.lane == lane, ReviewCard.message.is_not(None), is_other)
        .order_by(ReviewCard.id)
        .limit(MOST)
    )

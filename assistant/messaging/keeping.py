"""Keep what passes between channels and the desk for a time only, with what askers wrote and left."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, null, or_, select, update
from sqlalchemy.orm import Session

from assistant.db.engine import Database
from assistant.enquiries import retention
from assistant.enquiries.models import Enquiry, FollowUp, FollowUpState, Message
from assistant.enquiries.retention import Periods, Step, Tell, tell_nobody
from assistant.messaging.lanes import LONGEST_DELAY, LONGEST_WAIT
from assistant.messaging.models import InboxMessage, LinkCode, Place, Post, PostKind, SlackInstallState

KEEP_DEALT_WITH = timedelta(days=7)  # far longer than a channel delivers anything again
KEEP_UNDONE = timedelta(days=30)  # for staff to see
LONGEST_HELD = (
    LONGEST_WAIT + LONGEST_DELAY
)  # where a channel is on, the last try comes by then, and tells whoever waits
TOO_OLD = "WaitedTooLong"
GIVEN_UP = {"next_try_at": null(), "is_given_up": True, "last_error": TOO_OLD}
# Parts of a dialogue; of any other post the row, which holds nobody's words, stays as the record that it was sent.
OF_DIALOGUE = (PostKind.REPLY, PostKind.UPDATE, PostKind.NOTICE, PostKind.HOME)


def purge(database: Database, now: datetime, periods: Periods, tell: Tell = tell_nobody) -> dict[str, int]:
    """Delete what was kept long enough. Returns how many of each kind. Raises DatabaseUnavailableError."""
    return retention.purge(database, now, periods, tell, steps(now, periods))


def count_due(session: Session, now: datetime, periods: Periods) -> dict[str, int]:
    """What a purge would find now, by the same names."""
    return retention.count_due(session, now, periods, steps(now, periods))


def steps(now: datetime, periods: Periods) -> list[Step]:
    """What is due of the tables of this room."""
    text_limit = now - periods.text
    # A reviewer's answer for a channel that is off waits for it: giving it up has it sent as a letter.
    is_waiting = and_(Post.kind == PostKind.ANSWER, Post.next_try_at.is_not(None))
    old_posts = or_(Post.sent_at <= text_limit, and_(Post.sent_at.is_(None), Post.created_at <= text_limit))
    return [
        *_give_up(now - LONGEST_HELD),
        Step("inbox", InboxMessage.id, _is_done(now), delete(InboxMessage)),
        Step("posts", Post.id, and_(old_posts, or_(Post.kind.in_(OF_DIALOGUE), is_waiting)), delete(Post)),
        Step("places", Place.id, _is_left(text_limit), delete(Place)),
        Step("link_codes", LinkCode.code_hash, LinkCode.expires_at <= now, delete(LinkCode)),
        Step(
            "install_states",
            SlackInstallState.state_hash,
            SlackInstallState.expires_at <= now,
            delete(SlackInstallState),
        ),
    ]


def _give_up(limit: datetime) -> list[Step]:
    """What still waits then is for a channel that is off. Its words, and where they go, are not kept for that."""
    arrivals = and_(InboxMessage.next_try_at.is_not(None), InboxMessage.created_at <= limit)
    posts = and_(Post.next_try_at.is_not(None), Post.created_at <= limit, Post.kind != PostKind.ANSWER)
    no_post = {"content_encrypted": None, "address_encrypted": None}
    return [
        Step(
            "inbox_given_up",
            InboxMessage.id,
            arrivals,
            update(InboxMessage).values(**GIVEN_UP, arrival_encrypted=None),
        ),
        Step("posts_given_up", Post.id, posts, update(Post).values(**GIVEN_UP, **no_post)),
    ]


def _is_done(now: datetime) -> ColumnElement[bool]:
    is_dealt_with = and_(InboxMessage.next_try_at.is_(None), InboxMessage.is_given_up.is_(False))
    dealt_with = and_(is_dealt_with, InboxMessage.created_at <= now - KEEP_DEALT_WITH)
    return or_(dealt_with, InboxMessage.created_at <= now - KEEP_UNDONE)


def _is_left(limit: datetime) -> ColumnElement[bool]:
    """Nothing was said there since, and nobody waits there for an answer."""
    said = exists().where(Message.conversation_id == Place.conversation_id, Message.received_at > limit)
    waits = (
        select(FollowUp.reference)
        .join(Enquiry, Enquiry.reference == FollowUp.reference)
        .where(Enquiry.conversation_id == Place.conversation_id, FollowUp.state == FollowUpState.OPEN.value)
        .exists()
    )
    return and_(Place.created_at <= limit, ~said, ~waits)

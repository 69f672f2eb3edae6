"""How the channels do: what waits on either side, what was given up, and why."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from assistant.messaging.models import ChannelName, InboxMessage, Post
from assistant.messaging.switched_on import channels_on
from assistant.settings import Settings

TOO_LONG = timedelta(minutes=5)  # for a message to wait for its answer


@dataclass(frozen=True)
class Side:
    """What came in, or what goes out. `fault` is a code: of the last that failed and waits, or was given up."""

    waiting: int = 0
    given_up: int = 0
    oldest_at: datetime | None = None
    next_try_at: datetime | None = None
    fault: str | None = None

    def is_late(self, moment: datetime) -> bool:
        """Whether something has waited too long."""
        return self.oldest_at is not None and moment - self.oldest_at > TOO_LONG


@dataclass(frozen=True)
class ChannelHealth:
    """A channel with both sides of it."""

    name: str
    is_on: bool
    inbox: Side
    outbox: Side

    def is_late(self, moment: datetime) -> bool:
        """Whether somebody has waited too long, for an answer to be made or to be sent."""
        return self.inbox.is_late(moment) or self.outbox.is_late(moment)


def read_channels(session: Session, settings: Settings) -> list[ChannelHealth]:
    """Every channel there is, whether it is on or not."""
    on = channels_on(settings)
    return [
        ChannelHealth(
            name.value,
            name.value in on,
            read_side(session, InboxMessage, name.value),
            read_side(session, Post, name.value),
        )
        for name in ChannelName
    ]


def read_side(session: Session, table: type[InboxMessage] | type[Post], channel: str) -> Side:
    """One side of a channel."""
    waits = table.next_try_at.is_not(None)
    waiting, oldest_at, next_try_at = session.execute(
        select(func.count(), func.min(table.created_at), func.min(table.next_try_at)).where(
            table.channel == channel, waits
        )
    ).one()
    given_up = session.scalar(select(func.count()).where(table.channel == channel, table.is_given_up.is_(True)))
    fault = session.scalar(
        select(table.last_error)
        .where(table.channel == channel, table.last_error.is_not(None), or_(waits, table.is_given_up.is_(True)))
        .order_by(table.id.desc())
        .limit(1)
    )
    return Side(waiting, given_up or 0, oldest_at, next_try_at, fault)

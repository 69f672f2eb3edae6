"""How the channels do: what waits on either side, what was given up, and why."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from assistant.messaging.models import ChannelName, InboxMessage, Post
from assistant.messaging.switched_on import channels_on
from assistant.settings import Settings

TOO_LONG = timedelta(minutes=5)  # for a message to wait for its answer


@dataclass(frozen=True)
class Side:
    """What came in, or what goes out. `late` of those that wait have waited too long.

    `fault` is a code: of the last that failed and waits, or was given up.
    """

    waiting: int = 0
    late: int = 0
    given_up: int = 0
    oldest_at: datetime | None = None
    next_try_at: datetime | None = None
    fault: str | None = None


@dataclass(frozen=True)
class ChannelHealth:
    """A channel with both sides of it."""

    name: str
    is_on: bool
    inbox: Side
    outbox: Side

    @property
    def is_late(self) -> bool:
        """Whether somebody has waited too long, for an answer to be made or to be sent."""
        return self.inbox.late + self.outbox.late > 0


def read_channels(session: Session, settings: Settings, moment: datetime) -> list[ChannelHealth]:
    """Every channel there is, whether it is on or not, as it stands at this moment."""
    on = channels_on(settings)
    inbox, outbox = _read_sides(session, InboxMessage, moment), _read_sides(session, Post, moment)
    return [
        ChannelHealth(name, name in on, inbox.get(name, Side()), outbox.get(name, Side()))
        for name in (channel.value for channel in ChannelName)
    ]


def _read_sides(session: Session, table: type[InboxMessage] | type[Post], moment: datetime) -> dict[str, Side]:
    """One side of each channel where anything waits or was given up."""
    rows = session.execute(select_undone(table, moment)).all()
    faulty = [row.faulty for row in rows if row.faulty]
    faults = dict(session.execute(select(table.id, table.last_error).where(table.id.in_(faulty))).tuples().all())
    return {row.channel: _side(row, faults.get(row.faulty)) for row in rows}


def select_undone(table: type[InboxMessage] | type[Post], moment: datetime) -> Select[Any]:
    """Counts of what is not done, for each channel. There may be a million that are: an index has the others."""
    waits = table.next_try_at.is_not(None)
    return (
        select(
            table.channel,
            func.count().filter(waits).label("waiting"),
            func.count().filter(waits, table.created_at <= moment - TOO_LONG).label("late"),
            func.count().filter(table.is_given_up.is_(True)).label("given_up"),
            func.min(table.created_at).filter(waits).label("oldest_at"),
            func.min(table.next_try_at).label("next_try_at"),
            func.max(table.id).filter(table.last_error.is_not(None)).label("faulty"),
        )
        .where(waits | table.is_given_up.is_(True))
        .group_by(table.channel)
    )


def _side(row: Row[Any], fault: str | None) -> Side:
    return Side(row.waiting, row.late, row.given_up, row.oldest_at, row.next_try_at, fault)

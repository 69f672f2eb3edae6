"""What Prometheus may know: counts and times, never words or ids."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

from assistant.db.base import now
from assistant.db.engine import DatabaseUnavailableError
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.errors import ConversationNotFoundError, MessageRefusedError, TooManyMessagesError
from assistant.enquiries.outbox import count_letters
from assistant.messaging.health import read_channels
from assistant.web.purging import Purging

MESSAGES = Counter(
    "assistant_messages_total", "Messages by channel and outcome; failed ones as 'error'.", ["channel", "outcome"]
)
SECONDS = Histogram("assistant_answer_seconds", "Time from message to answer.", ["channel"])
LETTERS = Gauge("assistant_letters", "Letters to askers that are waiting or have failed.", ["state"])
INBOX = Gauge("assistant_inbox", "Messages of channels that wait or were given up.", ["channel", "state"])
OUTBOX = Gauge("assistant_outbox", "Posts to channels that wait or were given up.", ["channel", "state"])
PURGED = Gauge("assistant_purge_timestamp_seconds", "When a purge last finished, in Unix time; 0 before the first.")
PURGE_LATE = Gauge("assistant_purge_late", "1 when no purge finished for 26 hours, or since the start.")
WAITING = Gauge("assistant_follow_ups_waiting", "Questions left that have waited so long that staff are warned.")

router = APIRouter(include_in_schema=False)


@dataclass
class Counted:
    """The outcome to count a message under."""

    outcome: str = "error"


REFUSED = "refused"  # a 4xx: what strangers send must not look like our failures


@contextmanager
def count_message(channel: str) -> Iterator[Counted]:
    """Count a message and time its answer."""
    counted, started = Counted(), time.perf_counter()
    try:
        yield counted
    except (ConversationNotFoundError, MessageRefusedError, TooManyMessagesError):
        counted.outcome = REFUSED
        raise
    finally:
        MESSAGES.labels(channel, counted.outcome).inc()
        SECONDS.labels(channel).observe(time.perf_counter() - started)


@router.get("/metrics")
async def read_metrics(request: Request) -> Response:
    """Every metric, in Prometheus' own format."""
    desk: EnquiryDesk | None = request.app.state.desk
    await asyncio.to_thread(_count_letters, desk)
    await asyncio.to_thread(_count_messages, desk)
    purging: Purging = request.app.state.purging
    PURGED.set(purging.finished.timestamp() if purging.finished else 0)
    PURGE_LATE.set(purging.is_late)
    WAITING.set(purging.waiting)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _count_letters(desk: EnquiryDesk | None) -> None:
    """Set the gauges of letters, or take them away where the number is unknown: an old one would mislead."""
    LETTERS.clear()
    if desk is None:
        return
    with suppress(DatabaseUnavailableError), desk.database.read() as session:
        for state, number in count_letters(session).items():
            LETTERS.labels(state).set(number)


def _count_messages(desk: EnquiryDesk | None) -> None:
    """The same for what waits in channels."""
    for gauge in (INBOX, OUTBOX):
        gauge.clear()
    if desk is None:
        return
    with suppress(DatabaseUnavailableError), desk.database.read() as session:
        for channel in read_channels(session, desk.settings, now()):
            for gauge, side in ((INBOX, channel.inbox), (OUTBOX, channel.outbox)):
                gauge.labels(channel.name, "waiting").set(side.waiting)
                gauge.labels(channel.name, "given_up").set(side.given_up)

"""What Prometheus may know: counts and times, never words or ids."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

from assistant.db.engine import DatabaseUnavailableError
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.errors import ConversationNotFoundError, MessageRefusedError, TooManyMessagesError
from assistant.enquiries.outbox import count_letters

MESSAGES = Counter(
    "assistant_messages_total", "Messages by channel and outcome; failed ones as 'error'.", ["channel", "outcome"]
)
SECONDS = Histogram("assistant_answer_seconds", "Time from message to answer.", ["channel"])
LETTERS = Gauge("assistant_letters", "Letters to askers that are waiting or have failed.", ["state"])

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
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _count_letters(desk: EnquiryDesk | None) -> None:
    """Set the gauges of letters, or take them away where the number is unknown: an old one would mislead."""
    LETTERS.clear()
    if desk is None:
        return
    with suppress(DatabaseUnavailableError), desk.database.read() as session:
        for state, number in count_letters(session).items():
            LETTERS.labels(state).set(number)

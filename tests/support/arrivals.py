"""Arrivals for tests: one message after another, in whichever conversation."""

from typing import Any

from assistant.messaging.arrivals import Arrival, ArrivalKind


def arrival(
    key: str = "E1", lane: str = "D1", *, channel: str = "slack", twin: str | None = None, **content: Any
) -> Arrival:
    """Somebody wrote something in a chat of their own."""
    address = {"team": "T1", "channel": lane, "user": "U1"}
    return Arrival(
        channel, key, ("T1", lane), ("T1", "U1"), ArrivalKind.MESSAGE, address, content or {"text": "hello"}, True, twin
    )

"""What a check of the checkup finds."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How well what was checked is. Only a problem keeps the assistant from working as it should."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Finding:
    """What a check found. `advice` says what to do, unless nothing is to be done or `found` says it already."""

    subject: str
    state: State
    found: str
    advice: str | None = None

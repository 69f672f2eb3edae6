"""What the console calls models, runs and what became of them."""

from datetime import datetime

from assistant.console.pages import TEMPLATES, count_of
from assistant.db.base import now
from assistant.registry.models import PromotionKind, Run, RunKind, RunOutcome
from assistant.registry.overview import State
from assistant.registry.promotions import ENDING

STATES: dict[str, str] = {
    State.LIVE: "Live",
    State.WAS_LIVE: "Was live",
    State.CANDIDATE: "Candidate",
    State.WORSE: "Judged worse",
    State.NOT_JUDGED: "Not judged",
}
STATE_COLOURS: dict[str, str] = {
    State.LIVE: "green",
    State.WAS_LIVE: "grey",
    State.CANDIDATE: "blue",
    State.WORSE: "red",
    State.NOT_JUDGED: "yellow",
}
KINDS: dict[str, str] = {
    PromotionKind.FIRST: "First model",
    PromotionKind.PROMOTED: "Put live",
    PromotionKind.ROLLED_BACK: "Rolled back to",
}
RUNS: dict[str, str] = {RunKind.TRAIN: "Training", RunKind.JUDGE: "Judging"}
OUTCOMES: dict[str, str] = {RunOutcome.DONE: "Done", RunOutcome.FAILED: "Failed", RunOutcome.CANCELLED: "Cancelled"}
OUTCOME_COLOURS: dict[str, str] = {RunOutcome.DONE: "green", RunOutcome.FAILED: "red", RunOutcome.CANCELLED: "grey"}
TERMS = {
    "states": STATES,
    "state_colours": STATE_COLOURS,
    "kinds": KINDS,
    "runs": RUNS,
    "outcomes": OUTCOMES,
    "outcome_colours": OUTCOME_COLOURS,
}


def short_name(name: str) -> str:
    """A model's name without the ending of its file."""
    return name.removesuffix(ENDING)


def written_seconds(seconds: float) -> str:
    """How long something took, in the largest unit that fits: 41 seconds, 3 minutes, 2 days."""
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return count_of(round(seconds / size), unit)
    return count_of(max(1, round(seconds)), "second")


def lasted(start: datetime, end: datetime) -> str:
    """The time between two moments in words."""
    return written_seconds((end - start).total_seconds())


def written_size(size: int) -> str:
    """The size of a file: 1.2 MB."""
    return f"{size / 1e6:.1f} MB" if size >= 1e5 else f"{max(1, round(size / 1e3))} kB"


def percent(done: float) -> int:
    """How much is done, from 0 to 100."""
    return int(min(1.0, max(0.0, done)) * 100)


def stage_of(run: Run) -> str:
    """What a run that has not ended is at."""
    if run.cancel_at is not None:
        return "Being cancelled"
    return (run.stage or "Starting") if run.started_at is not None else "Waiting to begin"


TEMPLATES.globals.update(terms=TERMS, lasted=lasted, now=now)
TEMPLATES.filters.update(model=short_name, seconds=written_seconds, size=written_size, percent=percent, stage=stage_of)

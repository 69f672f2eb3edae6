"""What changed from one run to the next."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from assistant.learning.evaluation.figures import Figures
from assistant.learning.evaluation.run import Run


class Change(BaseModel):
    """A question or turn that was right and is wrong, or the reverse. `problems` are those of the run where wrong."""

    model_config = ConfigDict(frozen=True)

    what: str
    problems: tuple[str, ...]


class Changes(BaseModel):
    """Against the previous run, with its figures. `added` and `gone` count what only one of the two was asked."""

    model_config = ConfigDict(frozen=True)

    at: datetime
    model: str
    figures: Figures
    newly_right: tuple[Change, ...]
    newly_wrong: tuple[Change, ...]
    added: int
    gone: int


Key = tuple[str, str]
Problems = tuple[str, ...]


def compare(previous: Run, figures: Figures, run: Run) -> Changes:
    """What changed from the previous run, whose figures these are, to this one."""
    before, after = _problems_by_question(previous), _problems_by_question(run)
    both = [key for key in after if key in before]
    return Changes(
        at=previous.at,
        model=previous.model,
        figures=figures,
        newly_right=_list_changes([key for key in both if before[key] and not after[key]], before),
        newly_wrong=_list_changes([key for key in both if after[key] and not before[key]], after),
        added=len(after) - len(both),
        gone=len(before) - len(both),
    )


def _problems_by_question(run: Run) -> dict[Key, Problems]:
    """By file and text, or by dialogue and turn: the same question may stand in two files."""
    found = {(answer.question.file, answer.question.text): answer.problems for answer in run.answers}
    return found | {(turn.dialogue, f"turn {turn.number}, {turn.sent}"): turn.problems for turn in run.turns}


def _list_changes(keys: list[Key], problems: Mapping[Key, Problems]) -> tuple[Change, ...]:
    return tuple(Change(what=_describe(*key), problems=problems[key]) for key in keys)


def _describe(place: str, text: str) -> str:
    return text if place.endswith(".yml") else f"{place}, {text}"

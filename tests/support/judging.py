"""Compare replies with what tests expect of them, by the judge of `assistant evaluate`."""

from collections.abc import Mapping
from typing import Any

from assistant.learning.evaluation.judging import find_problems
from assistant.learning.evaluation.questions import Turn


def problems(expected: dict[str, Any], reply: dict[str, Any], people: Mapping[str, str]) -> list[str]:
    """Everything in which a reply differs from what a turn of dialogues.yml expects; `people` maps slugs to names."""
    return find_problems(Turn.model_validate(expected), reply, people)

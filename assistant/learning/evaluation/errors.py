"""What can go wrong around an evaluation."""

from collections.abc import Sequence

from assistant.catalogue.errors import Problem
from assistant.errors import AssistantError


class QuestionFileError(AssistantError):
    """The files of questions cannot be used. `problems` holds everything found; nothing was asked."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Say every problem on a line of its own, so that one reading is enough to correct them all."""
        self.problems = tuple(problems)
        super().__init__("\n".join(["The questions cannot be used, so nothing was asked.", *map(str, problems)]))


class ReportNotWrittenError(AssistantError):
    """The report cannot be written where it was asked for."""


class FloorMissedError(AssistantError):
    """The assistant is worse than the caller allows. The report was written before this is raised."""

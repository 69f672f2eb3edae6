"""Why something that a reviewer asked for is not done. Each says what to do instead."""

from assistant.errors import AssistantError


class GroupNotFoundError(AssistantError):
    """There is no such group, or no such enquiry in it."""

    def __init__(self) -> None:
        super().__init__("There is no such group, or what it was made of was erased. Go back to the queue.")


class NothingKeptError(AssistantError):
    """The asker did not let us keep their words, or they are no longer kept."""

    def __init__(self) -> None:
        super().__init__("The asker did not let us keep their words, or they are no longer kept.")


class ExampleNotFoundError(AssistantError):
    """There is no such example."""

    def __init__(self) -> None:
        super().__init__("There is no such example.")


class EffectNotFoundError(AssistantError):
    """Nobody asked for this effect."""

    def __init__(self) -> None:
        super().__init__("There is no such effect. See what the proposed examples would change.")


class AnswerNotFoundError(AssistantError):
    """There is no such written answer."""

    def __init__(self) -> None:
        super().__init__("There is no such answer.")


class ChangedMeanwhileError(AssistantError):
    """Somebody else was quicker; nothing was changed. The message says who did what."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} Nothing of yours was saved.")


class DecisionRefusedError(AssistantError):
    """The decision cannot be taken, or not be undone."""

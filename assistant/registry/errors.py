"""What can go wrong around models."""

from assistant.errors import AssistantError


class NoModelError(AssistantError):
    """There is no model to answer with."""

    def __init__(self) -> None:
        super().__init__("There is no trained model yet. Run 'assistant train'.")


class ModelNotFoundError(AssistantError):
    """No model has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no model {name}. 'assistant models list' shows all there are.")


class DamagedModelError(AssistantError):
    """An archive is missing from the store, or is not the one that was registered. It is not loaded."""


class StoreError(AssistantError):
    """The store of models cannot be read or written; the message says which and what to do."""


class RunInProgressError(AssistantError):
    """One run at a time, and one is under way."""


class RunNotFoundError(AssistantError):
    """No run has this number."""

    def __init__(self) -> None:
        super().__init__("There is no such run.")


class PromotionRefusedError(AssistantError):
    """A model cannot go live as things stand; the message says why, and what would let it."""


class ReasonNeededError(PromotionRefusedError):
    """A model may go live only with the written reason of a named person."""

"""What can go wrong around models."""

from assistant.errors import AssistantError


class TrainingFailedError(AssistantError):
    """Rasa made no model."""

"""What can go wrong around models."""

from assistant.errors import AssistantError


class TrainingFailedError(AssistantError):
    """Rasa made no model."""


class LabelsDoubtedError(AssistantError):
    """More labels are contradicted than in a set without mistakes. What was found was shown before this is raised."""

"""What can go wrong around models."""

from assistant.errors import AssistantError


class TrainingFailedError(AssistantError):
    """Rasa made no model."""


class LiveOutdatedError(AssistantError):
    """The live model was trained by another release, so that nothing can be judged against it by this one."""

    def __init__(self) -> None:
        super().__init__("The live model was trained by another release. Train a new one: assistant train")


class LabelsDoubtedError(AssistantError):
    """More labels are contradicted than in a set without mistakes. What was found was shown before this is raised."""

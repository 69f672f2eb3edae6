"""What goes wrong when a trained model is put to use."""

from rasa.shared.exceptions import RasaException

from assistant.errors import AssistantError


class OutdatedModelError(AssistantError, RasaException):
    """The model was trained by another release. A RasaException too, or Rasa would wrap it into one of its own."""

    def __init__(self) -> None:
        super().__init__("This model was trained by another release of the assistant. Train a new one: assistant train")

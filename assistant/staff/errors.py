"""What can go wrong when staff sign in and work."""

from assistant.errors import AssistantError


class NotSignedInError(AssistantError):
    """Nobody is signed in with this browser, or no longer."""

    def __init__(self) -> None:
        super().__init__("Please sign in.")


class NotAllowedError(AssistantError):
    """The role of whoever is signed in does not allow this."""

    def __init__(self) -> None:
        super().__init__("Your role does not allow this. Ask an administrator if you need it.")

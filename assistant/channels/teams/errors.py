"""What Teams, or somebody who pretends to be it, gets wrong. Messages name the fault, and nothing that came with it."""

from assistant.errors import AssistantError


class TeamsError(AssistantError):
    """A request that is not taken in."""


class TokenRefusedError(TeamsError):
    """The request does not prove that it is from Teams."""


class ActivityRefusedError(TeamsError):
    """The request is from Teams, but not for this registration, or would have the answer sent to a stranger."""


class ActivityUnreadableError(TeamsError):
    """The body is no activity."""


class KeysUnavailableError(TeamsError):
    """Microsoft's keys could not be had: whether the request is genuine cannot be told just now."""

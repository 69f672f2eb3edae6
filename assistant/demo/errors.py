"""What can go wrong with the demonstration."""

from assistant.errors import AssistantError


class DemoFileError(AssistantError):
    """A file of data/demo cannot be used."""


class NotForDemoError(AssistantError):
    """The database is somebody's own: invented enquiries have no place in it."""

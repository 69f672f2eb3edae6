"""Why a letter was not sent. Each carries the name of the fault only: what servers answer repeats addresses."""

from assistant.errors import AssistantError


class MailError(AssistantError):
    """A letter was not sent; the message is the name of the fault."""

    def __init__(self, fault: BaseException) -> None:
        super().__init__(type(fault).__name__)


class LetterRefusedError(MailError):
    """The server will never take this letter (5xx)."""


class LetterDelayedError(MailError):
    """The server does not take this letter now (4xx)."""


class MailServerError(MailError):
    """The server cannot be reached, is not who it should be, or does not let us in: no letter can be sent now."""

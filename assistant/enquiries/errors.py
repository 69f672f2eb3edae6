"""What can be wrong with a message or with who sends it."""

from assistant.errors import AssistantError


class ConversationNotFoundError(AssistantError):
    """There is no such conversation, or it is somebody else's; we do not say which."""

    def __init__(self) -> None:
        super().__init__("There is no such conversation. Start a new one.")


class EnquiryNotFoundError(AssistantError):
    """There is no such enquiry in this conversation."""

    def __init__(self) -> None:
        super().__init__("There is no such enquiry in this conversation.")


class NothingHeldError(AssistantError):
    """Nothing is held under a reference or conversation id that staff gave."""

    def __init__(self) -> None:
        super().__init__("Nothing is held under this reference or conversation id.")


class MessageRefusedError(AssistantError):
    """The message cannot be taken as it is; the text says why and what to do."""


class TooManyMessagesError(AssistantError):
    """The conversation has too many messages waiting or a minute."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"That is more than I can answer at once. Please try again in {retry_after} seconds.")
        self.retry_after = retry_after  # in seconds


class AnswerInterruptedError(AssistantError):
    """The message is kept, but its answer could not be; sent again with the same key, it is answered then."""

    def __init__(self) -> None:
        super().__init__("Your message is saved, but I could not finish the answer. Please send it again.")


class ContactKeyError(AssistantError):
    """The key for contact details is missing or is not the one they were encrypted with."""

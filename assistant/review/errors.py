"""What can go wrong when staff review the queue."""

from assistant.errors import AssistantError


class GroupNotFoundError(AssistantError):
    """There is no such group, or no such enquiry in it."""

    def __init__(self) -> None:
        super().__init__("There is no such group, or what it was made of was erased. Go back to the queue.")


class GroupChangedError(AssistantError):
    """Somebody else changed the group since the page was drawn; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("Somebody else changed this group in the meantime, so nothing was saved. Look at it again.")


class NothingKeptError(AssistantError):
    """The asker did not let us keep their words, or they are no longer kept."""

    def __init__(self) -> None:
        super().__init__("The asker did not let us keep their words, or they are no longer kept.")

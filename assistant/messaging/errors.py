"""What can go wrong on the way to a channel. Messages name the fault and never the address or what was said."""

from assistant.errors import AssistantError


class PostError(AssistantError):
    """A post was not delivered."""


class PostRefusedError(PostError):
    """The channel will never take this post: the place is gone, or the assistant is not allowed there."""


class PostDelayedError(PostError):
    """The channel may take this post later.

    `retry_after` is what the channel asked for, in seconds; `is_away` says that it takes nothing at present, so that
    other posts wait as well; `is_unsure` that the post may have got through all the same.
    """

    def __init__(
        self, fault: str, *, retry_after: float | None = None, is_away: bool = False, is_unsure: bool = False
    ) -> None:
        super().__init__(fault)
        self.retry_after = retry_after
        self.is_away = is_away
        self.is_unsure = is_unsure


class LinkRefusedError(AssistantError):
    """The code is unknown, was used, or is too old."""

    def __init__(self) -> None:
        super().__init__("That code is not known, was used, or is too old.")

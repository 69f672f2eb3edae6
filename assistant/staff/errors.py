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


class SignInRefusedError(AssistantError):
    """The password or code is not right. Says the same whether there is such an account or not."""


class TooManyAttemptsError(AssistantError):
    """So many attempts failed that more are not looked at for now."""

    def __init__(self) -> None:
        super().__init__(
            "There were too many attempts that failed. Wait a few minutes and try again, or ask an administrator."
        )


class PasswordRefusedError(AssistantError):
    """A new password that is too short, too long or too easy to guess."""


class AccountError(AssistantError):
    """What was to be done with an account cannot be; the message says why."""


class ProviderRefusedError(AssistantError):
    """The organisation's provider did not prove who somebody is, or nobody added them. Says no more to a stranger."""

    def __init__(self, reason: str) -> None:
        """`reason` is for the record: a word, nothing of what the provider sent."""
        super().__init__(
            "Your organisation's account could not be used to sign in here. Try again; if it fails once more, ask an "
            "administrator whether you were added with the same e-mail address."
        )
        self.reason = reason


class ProviderUnavailableError(AssistantError):
    """The organisation's provider does not answer as it should."""

    def __init__(self) -> None:
        super().__init__("Your organisation's sign-in service does not answer. Please try again in a minute.")

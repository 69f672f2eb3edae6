"""The root of every error of ours. Errors carry what an operator needs and never a member's words."""


class AssistantError(Exception):
    """Something the assistant was asked to do cannot be done; the message says what is wrong and what to do."""


class SettingError(AssistantError):
    """A setting in the environment is unknown or unusable."""

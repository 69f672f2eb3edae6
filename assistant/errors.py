"""The root of every error of ours. Errors carry what an operator needs and never a member's words."""

import logging
import traceback

logger = logging.getLogger(__name__)


class AssistantError(Exception):
    """Something the assistant was asked to do cannot be done; the message says what is wrong and what to do."""


class SettingError(AssistantError):
    """A setting in the environment is unknown or unusable."""


def detail_of(error: BaseException) -> str:
    """What may be logged of an error: the message of ours, of any other its type only, which holds nobody's words."""
    return str(error) if isinstance(error, AssistantError) else type(error).__name__


def log_unexpected(error: Exception) -> None:
    """Log the type of an error that nobody expected, and where it was raised: the rest may hold a member's words."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    logger.error("%s in %s, line %s", type(error).__name__, place.filename, place.lineno)

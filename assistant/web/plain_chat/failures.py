"""What a page says when something went wrong."""

import logging
from dataclasses import dataclass, field

from fastapi import Request
from starlette.exceptions import HTTPException

from assistant.db.engine import DatabaseUnavailableError
from assistant.enquiries.errors import ConversationNotFoundError, TooManyMessagesError
from assistant.errors import log_unexpected
from assistant.web.problems import RETRY_SECONDS, STATUS, NotReadyError

logger = logging.getLogger(__name__)
ERASING = "/chat/erase"
GONE = "Your earlier conversation is no longer kept. The next message begins a new one."
AWAY = "I cannot save or answer anything just now."
NOT_SAVED = "Nothing that you sent was saved."
NOT_ERASED = "Your conversation may still be kept. Please try again to erase it."  # erased, or cut off: nobody knows


@dataclass(frozen=True)
class Failure:
    """A sentence for the person at the other end, the response's status, and whether the conversation is gone."""

    message: str
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    is_gone: bool = False


def explain(request: Request, error: Exception) -> Failure:
    """What to say about an error. What nobody expected is logged by type and place only."""
    if isinstance(error, HTTPException):
        return Failure(str(error.detail), error.status_code, dict(error.headers or {}))
    if isinstance(error, DatabaseUnavailableError | NotReadyError):
        logger.error("%s /chat: %s", request.method, error)
        return Failure(f"{AWAY} {_what_became_of_it(request)}".strip(), 503, {"Retry-After": str(RETRY_SECONDS)})
    if isinstance(error, ConversationNotFoundError):
        return Failure(GONE, 404, is_gone=True)
    status = next((status for kind, status in STATUS.items() if isinstance(error, kind)), None)
    if status is None:
        log_unexpected(error)
        return Failure("Something went wrong on our side.", 500)
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooManyMessagesError) else {}
    return Failure(str(error), status, headers)


def _what_became_of_it(request: Request) -> str:
    """What a form that failed has done, or not; empty for a page that was only opened."""
    if request.method != "POST":
        return ""
    return NOT_ERASED if request.url.path == ERASING else NOT_SAVED

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
GONE = "Your earlier conversation is no longer kept. The next message begins a new one."
AWAY = "I cannot save or answer anything just now."


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
        message = f"{AWAY} Nothing that you sent was saved." if request.method == "POST" else AWAY
        return Failure(message, 503, {"Retry-After": str(RETRY_SECONDS)})
    if isinstance(error, ConversationNotFoundError):
        return Failure(GONE, 404, is_gone=True)
    status = next((status for kind, status in STATUS.items() if isinstance(error, kind)), None)
    if status is None:
        log_unexpected(error)
        return Failure("Something went wrong on our side.", 500)
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooManyMessagesError) else {}
    return Failure(str(error), status, headers)

"""What a page says when something went wrong."""

import logging
from http import HTTPStatus
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from assistant.catalogue.errors import EditedMeanwhileError, EntryNotFoundError
from assistant.console.pages import draw, go_to
from assistant.db.engine import DatabaseUnavailableError
from assistant.errors import AssistantError, log_unexpected
from assistant.registry.errors import PromotionRefusedError, ReasonNeededError, RunInProgressError, RunNotFoundError
from assistant.review.errors import (
    AnswerNotFoundError,
    ChangedMeanwhileError,
    EffectNotFoundError,
    ExampleNotFoundError,
    GroupNotFoundError,
)
from assistant.staff.errors import (
    NotAllowedError,
    NotSignedInError,
    ProviderRefusedError,
    ProviderUnavailableError,
    TooManyAttemptsError,
)

logger = logging.getLogger(__name__)

SIGN_IN = "/staff/sign-in"
SIGNED_OUT = "You were signed out, so nothing was changed. Sign in, and go back to try again."
TOO_LARGE = (
    "This form holds more than can be sent at once, so nothing was saved. Go back with your browser's Back button: "
    "what you typed should still be there. Copy it to somewhere safe, then shorten it, or tick fewer boxes and send "
    "the form in parts."
)
INVALID = "Something in this form or address is not as it should be. Go back and check it."
AWAY = "The database does not answer just now, so nothing could be read or saved. Please try again in a minute."
OURS = "Something went wrong on our side. Nothing more is known to have been changed."
# Errors of ours that have a status of their own; every other one of ours is a request that could not be done.
STATUS: dict[type[AssistantError], int] = {
    NotAllowedError: 403,
    ProviderRefusedError: 403,
    TooManyAttemptsError: 429,
    ProviderUnavailableError: 502,
    DatabaseUnavailableError: 503,
    GroupNotFoundError: 404,
    ExampleNotFoundError: 404,
    EffectNotFoundError: 404,
    AnswerNotFoundError: 404,
    ChangedMeanwhileError: 409,
    EntryNotFoundError: 404,
    EditedMeanwhileError: 409,
    RunNotFoundError: 404,
    RunInProgressError: 409,
    ReasonNeededError: 422,  # before what it is a kind of
    PromotionRefusedError: 409,
}


def draw_failure(request: Request, error: Exception) -> Response:
    """A page for an error. What nobody expected is logged by type and place only."""
    if isinstance(error, NotSignedInError):
        if request.method in ("GET", "HEAD"):
            return go_to(f"{SIGN_IN}?next={quote(_asked_for(request))}")
        return draw_problem(request, 401, SIGNED_OUT)
    if isinstance(error, HTTPException):
        message = TOO_LARGE if error.status_code == 413 else str(error.detail)
        response = draw_problem(request, error.status_code, message)
        response.headers.update(error.headers or {})
        return response
    if isinstance(error, RequestValidationError):
        return draw_problem(request, 422, INVALID)
    if isinstance(error, DatabaseUnavailableError):
        logger.error("%s /staff: %s", request.method, error)
        return draw_problem(request, 503, AWAY)
    if isinstance(error, AssistantError):
        status = next((status for kind, status in STATUS.items() if isinstance(error, kind)), 422)
        return draw_problem(request, status, str(error))
    log_unexpected(error)
    return draw_problem(request, 500, OURS)


def draw_problem(request: Request, status: int, message: str) -> Response:
    """A page that says what is wrong in a sentence."""
    return draw(request, "problem.html.jinja", status, title=HTTPStatus(status).phrase.capitalize(), message=message)


def _asked_for(request: Request) -> str:
    """Path and query as the browser sent them, whatever it said is our host."""
    query = request.scope["query_string"].decode("latin-1")
    return f"{request.scope['path']}?{query}" if query else str(request.scope["path"])

"""Errors as problem JSON (RFC 9457). Nothing a member typed is ever repeated in one."""

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.catalogue.errors import OfferNotFoundError
from assistant.db.engine import DatabaseUnavailableError
from assistant.enquiries.errors import (
    AnswerInterruptedError,
    ConversationNotFoundError,
    EnquiryNotFoundError,
    MessageRefusedError,
    TooManyMessagesError,
)
from assistant.errors import AssistantError, log_unexpected
from assistant.settings import Settings

logger = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 5

STATUS = {
    ConversationNotFoundError: HTTPStatus.NOT_FOUND,
    EnquiryNotFoundError: HTTPStatus.NOT_FOUND,
    OfferNotFoundError: HTTPStatus.NOT_FOUND,
    MessageRefusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    TooManyMessagesError: HTTPStatus.TOO_MANY_REQUESTS,
    AnswerInterruptedError: HTTPStatus.SERVICE_UNAVAILABLE,
    DatabaseUnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
}


class NotReadyError(AssistantError):
    """The assistant is still starting, or waits for its database."""


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """A problem response. `detail` is a sentence for the person at the other end."""
    content = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JSONResponse(content, status, headers, MEDIA_TYPE)


def add_problem_handlers(app: FastAPI, settings: Settings) -> None:
    """Answer every error of the app with a problem."""
    reach_us = f"You can also write to {settings.general_email} or ring {settings.general_phone}."

    async def on_own_error(request: Request, error: Exception) -> JSONResponse:
        if isinstance(error, DatabaseUnavailableError | NotReadyError):
            logger.error("%s %s: %s", request.method, _route(request), error)
            detail = f"I cannot save or answer anything just now, and your message was not saved. {reach_us}"
            return problem(503, detail, {"Retry-After": str(RETRY_SECONDS)})
        status = next((status for kind, status in STATUS.items() if isinstance(error, kind)), None)
        if status is None:
            raise error
        headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooManyMessagesError) else None
        return problem(status, str(error), headers)

    async def on_invalid_request(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        places = "; ".join(f"{_place(e)}: {e['msg']}" for e in error.errors())
        return problem(422, f"The request is not as it should be. {places[:500]}")

    async def on_http_error(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        return problem(error.status_code, str(error.detail), dict(error.headers or {}))

    app.add_exception_handler(AssistantError, on_own_error)
    app.add_exception_handler(RequestValidationError, on_invalid_request)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_middleware(UnexpectedErrors, detail=f"Something went wrong on our side. {reach_us}")


class UnexpectedErrors:
    """ASGI middleware: any error that nobody expected becomes a problem, and is logged by type and place only.

    Its message and its frames may hold a member's words, so neither goes anywhere.
    """

    def __init__(self, app: ASGIApp, detail: str) -> None:
        self._app = app
        self._detail = detail

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as error:
            log_unexpected(error)
            if begun or scope["type"] != "http":
                raise
            await problem(500, self._detail)(scope, receive, send)


def _place(error: dict[str, Any]) -> str:
    """Where in a request something is wrong. The name of a field that we do not know is the sender's own words."""
    known = error["loc"][:-1] if error["type"] == "extra_forbidden" else error["loc"]
    return ".".join(str(part) for part in known)


def _route(request: Request) -> str:
    """The path as declared, so that no id stands in a log."""
    return getattr(request.scope.get("route"), "path", "an unknown path")

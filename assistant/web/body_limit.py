"""Refuse bodies over the limit before they are read any further."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.problems import problem

LARGEST_BODY = 16 * 1024  # bytes; a thousand characters and their JSON need a quarter of it


class _TooLargeError(Exception):
    """Ends the reading of a body that turned out too large."""


class BodyLimit:
    """ASGI middleware: 413 for a body larger than LARGEST_BODY, whatever its Content-Length says."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting its body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if _declared_length(scope) > LARGEST_BODY:
            await _refuse(scope, receive, send)
            return
        seen, answered = 0, False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > LARGEST_BODY:
                raise _TooLargeError
            return message

        async def noted(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        try:
            await self._app(scope, counted, noted)
        except _TooLargeError:
            if answered:
                raise
            await _refuse(scope, receive, send)


def _declared_length(scope: Scope) -> int:
    value = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(value) if value.isdigit() else 0


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    response = problem(413, "That is too much for one message. Please shorten it to 1,000 characters.")
    response.headers["Connection"] = "close"
    await response(scope, receive, send)

"""Refuse bodies over the limit before they are read any further."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.problems import problem

LARGEST_BODY = 16 * 1024  # bytes; a thousand characters and their JSON need a quarter of it
LARGEST_FORM = 128 * 1024  # of the staff console: 5,000 characters of any script, and a hundred enquiries ticked

TOO_LARGE = "That is too much for one message. Please shorten it to 1,000 characters."
CONSOLE = "/staff"
PAGES = ("/chat", CONSOLE)  # what is too large there is answered with a page, and that the page does itself
CLOSE = {"Connection": "close"}  # the rest of the body would be taken for the next request
LONGEST_LENGTH = 15  # digits; Python refuses to read numbers of thousands of them


class BodyLimit:
    """ASGI middleware: 413 for a body larger than LARGEST_BODY or LARGEST_FORM, whatever its Content-Length says."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting its body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        largest = LARGEST_FORM if scope["path"].startswith(CONSOLE) else LARGEST_BODY
        is_too_large = _declared_length(scope) > largest
        if is_too_large and not scope["path"].startswith(PAGES):
            await problem(413, TOO_LARGE, CLOSE)(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if is_too_large or seen > largest:
                # FastAPI takes any other exception while it reads a body for a body that cannot be parsed.
                raise HTTPException(413, TOO_LARGE, CLOSE)
            return message

        await self._app(scope, counted, send)


def _declared_length(scope: Scope) -> int:
    value = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    if not value.isdigit():
        return 0
    return int(value) if len(value) <= LONGEST_LENGTH else LARGEST_FORM + 1

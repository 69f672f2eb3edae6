"""What the pages of other sites may use from a browser: the API and the widget, and no other page of this server."""

from fastapi.middleware.cors import CORSMiddleware
from starlette.types import Receive, Scope, Send

OPEN = ("/api/", "/widget.js")


class CrossOrigin(CORSMiddleware):
    """ASGI middleware: CORS for the paths in OPEN. The rest, such as /metrics, is not for them to read."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] == "http" and scope["path"].startswith(OPEN):
            await super().__call__(scope, receive, send)
        else:
            await self.app(scope, receive, send)

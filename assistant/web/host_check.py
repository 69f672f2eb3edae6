"""What a request says is our host: checked, and kept out of what we answer.

Links in letters, and where the organisation's provider sends browsers back to, begin with ASSISTANT_PUBLIC_URL.
"""

import re

from starlette.datastructures import URL, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.problems import problem

HOST = re.compile(r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?", re.ASCII)
NOT_A_HOST = "The request does not name one host, as it should."


class HostCheck:
    """ASGI middleware: 400 for a Host header that is none or stands twice, and redirects without a host.

    The framework writes the whole address when it takes a slash off, with whichever host the request named. A cache
    that keeps the answer, or a proxy, would send others there.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        if len(hosts) > 1 or not all(map(HOST.fullmatch, hosts)):  # HTTP/1.0 needs none
            await problem(400, NOT_A_HOST)(scope, receive, send)
            return
        url = URL(scope=scope)
        own = f"{url.scheme}://{url.netloc}"

        async def without_host(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("location", "").startswith(f"{own}/"):
                    headers["location"] = headers["location"].removeprefix(own)
            await send(message)

        await self._app(scope, receive, without_host)

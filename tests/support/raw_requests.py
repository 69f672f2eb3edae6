"""Requests as no well-behaved client writes them, straight into the app: nothing is tidied up on the way."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from fastapi import FastAPI
from starlette.types import Message

Headers = tuple[tuple[str, str], ...]
HOST: Headers = (("host", "assistant.test"),)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def whole(self) -> str:
        """Everything that could lead somebody elsewhere."""
        return "\n".join([*(f"{name}: {value}" for name, value in self.headers.items()), self.text])


async def ask_raw(
    app: FastAPI,
    target: str,
    headers: Headers = (),
    *,
    method: str = "GET",
    host: Headers = HOST,
    scheme: str = "https",
) -> Answer:
    """Send this target as it stands; what an uvicorn before the app would make of it."""
    path, _, query = target.partition("?")
    sent: list[Message] = []
    is_read = False
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": scheme,
        "path": unquote(path),
        "raw_path": path.encode("utf-8"),
        "query_string": query.encode("utf-8"),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in (*host, *headers)],
        "client": ("192.0.2.1", 1234),
        "server": ("127.0.0.1", 8000),
    }

    async def receive() -> Message:
        nonlocal is_read
        if is_read:
            await asyncio.Event().wait()  # whoever asks whether the browser has gone waits for ever
        is_read = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start = sent[0]
    found = {name.decode("latin-1"): value.decode("latin-1") for name, value in start["headers"]}
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(start["status"], found, body.decode("utf-8", "replace"))

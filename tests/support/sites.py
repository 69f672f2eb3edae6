"""Real servers on loopback for a real browser: the assistant, and pages of other sites that show its widget."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import uvicorn
from fastapi import FastAPI

SECONDS = 20


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@dataclass
class Site:
    """A running server and the origin that it has in a browser; another site has `pages`: HTML and policy, by path."""

    origin: str
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)

    def add(self, html: str, policy: str = "") -> str:
        """Put one more page on another site; gives its address."""
        path = f"/{len(self.pages)}"
        self.pages[path] = (html, policy)
        return self.origin + path


@contextmanager
def served(app: FastAPI, port: int) -> Iterator[Site]:
    """The app on this port of 127.0.0.1, in a thread with a loop of its own."""
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, server_header=False, ws="none"))
    started = threading.Event()

    async def run() -> None:
        task = asyncio.create_task(server.serve())
        while not server.started and not task.done():
            await asyncio.sleep(0.01)
        started.set()
        await task

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    assert started.wait(SECONDS) and server.started
    yield Site(f"http://127.0.0.1:{port}")
    server.should_exit = True
    thread.join(SECONDS)


@contextmanager
def page_elsewhere(html: str, policy: str = "") -> Iterator[Site]:
    """Another site, which answers with this page, under this content security policy, unless others are added."""
    pages = {"/": (html, policy)}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """The page of this path, or the first."""
            html, policy = pages.get(self.path, pages["/"])
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_address[1]}", pages)
    server.shutdown()
    server.server_close()
    thread.join(SECONDS)

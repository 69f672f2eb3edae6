"""A web server on this machine that gives everybody the same answer, with everything it was asked on record."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Request:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Service:
    """Where it is, and what it was asked."""

    url: str
    requests: list[Request] = field(default_factory=list)


@contextmanager
def answering(status: int, text: str, *, length: int | None = None) -> Iterator[Service]:
    """Answer on a free port. With a `length` that is not the text's, the answer breaks off."""
    service = Service("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Note the request and answer."""
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            service.requests.append(Request(self.path, dict(self.headers), body))
            self.send_response(status)
            self.send_header("Content-Length", str(len(text) if length is None else length))
            self.end_headers()
            self.wfile.write(text.encode())

        do_PUT = do_GET

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    service.url = f"http://{HOST}:{server.server_address[1]}"
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)

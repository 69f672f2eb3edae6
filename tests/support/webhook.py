"""A service of Slack's or Teams' kind on this machine, with everything it was told on record."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HOST = "127.0.0.1"
SECRET = "/hooks/T000/B000/hunter2"


@dataclass
class Webhook:
    """Answers 200 unless `answers` hold others, which are given one by one."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


@contextmanager
def listening() -> Iterator[Webhook]:
    """Listen on a free port."""
    hook = Webhook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Take a message, or answer as told."""
            body = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/json"
            status = hook.answers.pop(0) if hook.answers else 200
            hook.paths.append(self.path)
            hook.told.append(json.loads(body))
            self.send_response(status)
            self.send_header("Location", f"http://{HOST}:{self.server.server_address[1]}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    hook.url = f"http://{HOST}:{server.server_address[1]}{SECRET}"
    yield hook
    server.shutdown()
    server.server_close()
    thread.join(10)

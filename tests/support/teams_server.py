"""Has the Teams that stands in listen on a port, and lets befall its connector what a test wants."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from tests.support.teams_messages import Call, is_typing
from tests.support.teams_stand_in import TeamsStandIn

HOST = "127.0.0.1"


@contextmanager
def teams_standing_in() -> Iterator[TeamsStandIn]:
    """Listen on a free port."""
    teams = TeamsStandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Keys and metadata."""
            with teams.lock:
                self._answer(*teams.answer_get(self.path))

        def do_POST(self) -> None:
            """Login, or a call."""
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path.endswith("/oauth2/v2.0/token"):
                with teams.lock:
                    status, answer = teams.answer_login(self.path, parse_qs(body.decode()))
                elsewhere = {"Location": f"{teams.url}/elsewhere/oauth2/v2.0/token"} if 300 <= status < 400 else {}
                self._answer(status, answer, elsewhere)
                return
            self._call(json.loads(body))

        def do_PUT(self) -> None:
            """A call."""
            self._call(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _call(self, body: dict[str, Any]) -> None:
            call = Call(
                self.command, self.path, self.headers.get("Host", ""), self.headers.get("Authorization", ""), body
            )
            if is_typing(body):
                time.sleep(teams.typing_takes)
            with teams.lock:
                fault = teams.faults.pop(0) if teams.faults and not is_typing(body) else None
            if fault is None or fault.is_done:
                with teams.lock:
                    answer = teams.answer_call(call)
                if fault is None:
                    self._answer(*answer)
                    return
            time.sleep(fault.seconds)
            if fault.status:
                self._answer(fault.status, {"error": {"message": fault.message}}, fault.headers)
            else:
                self.close_connection = True

        def _answer(self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    teams.url = f"http://{HOST}:{server.server_address[1]}"
    yield teams
    server.shutdown()
    server.server_close()
    thread.join(10)
    assert teams.problems == []

"""Rasa as its makers ship it: `rasa run` and `rasa run actions` on loopback, to compare our engine with."""

import importlib.util
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import httpx
import pytest
import yaml

RASA = Path(sys.executable).with_name("rasa")
HAS_TENSORFLOW = importlib.util.find_spec("tensorflow") is not None
WHY_SKIPPED = "stock Rasa imports TensorFlow 2.12: dependency group 'stock', which has wheels for Python 3.11 only"
needs_stock_rasa = pytest.mark.skipif(not HAS_TENSORFLOW, reason=WHY_SKIPPED)

READY_SECONDS = 240  # TensorFlow alone takes many seconds to import, more on a busy machine
ANSWER_SECONDS = 60
POLL_SECONDS = 0.2


class StockRasa:
    """The two servers, seen from a channel that sends text and from a developer who reads trackers."""

    def __init__(self, url: str, token: str) -> None:
        self._client = httpx.Client(base_url=url, params={"token": token}, timeout=ANSWER_SECONDS, trust_env=False)

    def say(self, conversation: str, text: str, metadata: dict[str, Any]) -> list[dict[str, Any]]:
        """Send a message through the REST channel; returns what the bot says."""
        message = {"sender": conversation, "message": text, "metadata": metadata}
        answer = self._client.post("/webhooks/rest/webhook", json=message).raise_for_status()
        said: list[dict[str, Any]] = answer.json()
        return said

    def events(self, conversation: str) -> list[dict[str, Any]]:
        """Every event of the conversation so far."""
        path, wanted = f"/conversations/{conversation}/tracker", {"include_events": "ALL"}
        tracker = self._client.get(path, params=self._client.params.merge(wanted)).raise_for_status()
        events: list[dict[str, Any]] = tracker.json()["events"]
        return events

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()


@contextmanager
def run_stock_rasa(model: Path, folder: Path, root: Path, environment: dict[str, str]) -> Iterator[StockRasa]:
    """Both servers, ready to answer with `model`; they are gone when the block ends. `folder` is for their files."""
    port, actions_port, token = _free_port(), _free_port(), secrets.token_urlsafe()
    endpoints = folder / "endpoints.yml"
    endpoints.write_text(yaml.dump({"action_endpoint": {"url": f"http://127.0.0.1:{actions_port}/webhook"}}))
    # The action server takes the address it listens on from the environment only.
    environment = {**environment, "SANIC_HOST": "127.0.0.1", "RASA_TELEMETRY_ENABLED": "false"}
    actions = ["actions", "--actions", "actions", "--port", str(actions_port)]
    server = ["--model", model, "--endpoints", endpoints, "--credentials", root / "credentials.yml"]
    server += ["--enable-api", "--auth-token", token, "--interface", "127.0.0.1", "--port", str(port)]
    with ExitStack() as stack:
        logs = {name: stack.enter_context((folder / f"{name}.log").open("w+")) for name in ("actions", "server")}
        running = {
            name: stack.enter_context(_running([RASA, "run", *arguments], root, environment, logs[name]))
            for name, arguments in (("actions", actions), ("server", server))
        }
        _wait_until_healthy(running["actions"], f"http://127.0.0.1:{actions_port}/health", folder / "actions.log")
        _wait_until_healthy(running["server"], f"http://127.0.0.1:{port}/status?token={token}", folder / "server.log")
        rasa = StockRasa(f"http://127.0.0.1:{port}", token)
        stack.callback(rasa.close)
        yield rasa


@contextmanager
def _running(command: list[Any], root: Path, environment: dict[str, str], log: Any) -> Iterator[subprocess.Popen[str]]:
    """A process in a group of its own: Sanic starts workers, and all of them must go."""
    process = subprocess.Popen(
        command, cwd=root, env=environment, stdout=log, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_until_healthy(process: subprocess.Popen[str], url: str, log: Path) -> None:
    deadline = monotonic() + READY_SECONDS
    while monotonic() < deadline:
        try:
            if httpx.get(url, timeout=5, trust_env=False).is_success:
                return
        except httpx.TransportError:
            pass  # not listening yet
        try:
            process.wait(POLL_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        break
    raise AssertionError(f"Stock Rasa is not ready (exit code {process.poll()}):\n{log.read_text()[-3000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

"""A server that is killed again and again while a channel delivers messages to it."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx

from tests.support.small_data import ROOT

READY_SECONDS = 60.0


class KilledServer:
    """Starts the server with these settings, kills it without warning, and starts it again."""

    def __init__(self, environment: Mapping[str, str], port: int, log: Path) -> None:
        self.origin = f"http://127.0.0.1:{port}"
        ours = {**environment, "ASSISTANT_PORT": str(port), "PYTHONWARNINGS": "ignore"}
        others = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
        self._log = log
        with log.open("wb") as output:
            self._parent = subprocess.Popen(
                [sys.executable, "-m", "tests.support.fake_engine_server"],
                cwd=ROOT,
                env={**others, **ours},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=output,
                text=True,
            )
        self._server = 0

    def start(self) -> None:
        """Start it, and wait until it is ready."""
        assert self._parent.stdin is not None and self._parent.stdout is not None
        self._parent.stdin.write("start\n")
        self._parent.stdin.flush()
        self._server = int(self._parent.stdout.readline() or 0)
        deadline = time.monotonic() + READY_SECONDS
        while self._server and time.monotonic() < deadline:
            try:
                if httpx.get(f"{self.origin}/healthz").status_code == 200:
                    return
            except httpx.TransportError:
                pass  # it does not listen yet
            time.sleep(0.02)
        raise AssertionError(f"The server does not start:\n{self._log.read_text()[-3000:]}")

    def kill(self) -> None:
        """Kill it, as a machine that loses power would."""
        os.kill(self._server, signal.SIGKILL)
        self._wait()

    def stop(self) -> None:
        """End it as operators do, for good."""
        os.kill(self._server, signal.SIGTERM)
        self._wait()
        self._parent.communicate()

    def _wait(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            try:
                os.kill(self._server, 0)
            except ProcessLookupError:
                return
            time.sleep(0.005)
        raise AssertionError("The server does not end.")


class Deliveries:
    """Delivers message after message from several threads; what is not acknowledged is delivered again, as vendors do.

    `deliver` takes the message's number and how often it was delivered before; whether it was acknowledged.
    """

    def __init__(self, deliver: Callable[[int, int], bool], at_once: int = 4, pause: float = 0.02) -> None:
        self._deliver = deliver
        self._pause = pause
        self._next = 0
        self._lock = threading.Lock()
        self._over = threading.Event()
        self.acknowledged: set[int] = set()
        self.repeated = 0
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(at_once)]

    def begin(self) -> None:
        """Begin to deliver."""
        for thread in self._threads:
            thread.start()

    def end(self) -> int:
        """Begin no more, and wait until everything is acknowledged. Returns how many messages there were."""
        self._over.set()
        for thread in self._threads:
            thread.join(120)
        assert not any(thread.is_alive() for thread in self._threads), "Messages were not acknowledged."
        assert self.acknowledged == set(range(self._next))
        return self._next

    def _work(self) -> None:
        while not self._over.is_set():
            with self._lock:
                number, self._next = self._next, self._next + 1
            before = 0
            while not self._deliver(number, before):
                before += 1
                time.sleep(0.1)
            with self._lock:
                self.acknowledged.add(number)
                self.repeated += before
            time.sleep(self._pause)


def kill_often(server: KilledServer, times: int, chance: random.Random, longest: float = 0.8) -> None:
    """Kill the server so often, each time a random while after it was ready."""
    for _ in range(times):
        time.sleep(chance.uniform(0.05, longest))
        server.kill()
        server.start()

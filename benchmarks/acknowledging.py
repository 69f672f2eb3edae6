"""200 signed events at once while the engine is blocked: how soon each is acknowledged, and that each is answered."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import numpy as np

from benchmarks.blocked_server import BLOCKED_SECONDS
from benchmarks.nlu.results_file import circumstances, markdown_table
from tests.support.slack_caller import PATH, SECRET, direct, signed
from tests.support.slack_stand_in import BOT_TOKEN, SlackStandIn

TITLE = "Acknowledging events"
ROOT = Path(__file__).parent.parent
EVENTS, ROUNDS = 200, 3
WANTED_MILLISECONDS, MOST_MILLISECONDS = 500, 3000
PORT = 8723
DRAIN_SECONDS = 180.0


async def measure_acknowledging() -> str:
    """Train, serve, deliver, and return the section's body."""
    slack = SlackStandIn()
    await slack.open()
    rows = []
    try:
        for number in range(1, ROUNDS + 1):
            with tempfile.TemporaryDirectory() as folder:
                async with _served(Path(folder), slack) as origin:
                    milliseconds, over = await _deliver(origin)
                    answered = await _answers(slack)
            found = np.percentile(milliseconds, [50, 99, 100])
            doubled = sum(count - 1 for count in answered.values())
            rows.append([str(number), *(f"{each:.0f}" for each in found), str(len(answered)), str(doubled), over])
            slack.posted.clear()
    finally:
        await slack.shut()
    head = (
        f"{circumstances()} Slack over HTTP, SQLite, {EVENTS} signed events at once from as many people, while "
        f"the engine's thread is blocked for {BLOCKED_SECONDS:.0f} seconds. An acknowledgement within "
        f"{WANTED_MILLISECONDS} ms at the 99th percentile is wanted, and none over {MOST_MILLISECONDS} ms."
    )
    columns = [
        "round:",
        "median, ms:",
        "99th percentile, ms:",
        "slowest, ms:",
        "answered:",
        "doubled:",
        "during the block",
    ]
    return f"{head}\n\n{markdown_table(columns, rows)}"


async def _deliver(origin: str) -> tuple[list[float], str]:
    """The milliseconds of each acknowledgement, and whether the last came while the engine was blocked."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(origin, connector=connector) as client:
        await _post(client, "Evfirst", "Ufirst")  # its turn blocks the engine
        await asyncio.sleep(1)
        started = time.perf_counter()
        milliseconds = await asyncio.gather(*(_post(client, f"Ev{each}", f"U{each}") for each in range(EVENTS)))
        return list(milliseconds), "yes" if time.perf_counter() - started < BLOCKED_SECONDS - 2 else "no"


async def _post(client: aiohttp.ClientSession, event_id: str, user: str) -> float:
    body = json.dumps(direct("What is the LFHII?", event_id=event_id, user=user, ts=f"1.{event_id}"))
    headers = {**signed(body), "Content-Type": "application/json"}
    started = time.perf_counter()
    async with client.post(PATH, data=body, headers=headers) as response:
        assert response.status == 200, response.status
    return 1000 * (time.perf_counter() - started)


async def _answers(slack: SlackStandIn) -> Counter[str]:
    """How many answers each person got, once everybody has one and no more come."""
    deadline = time.monotonic() + DRAIN_SECONDS
    while len(slack.messages) < EVENTS + 1 and time.monotonic() < deadline:
        await asyncio.sleep(0.1)
    await asyncio.sleep(3)
    return Counter(str(message["channel"]) for message in slack.messages if "first" not in str(message["channel"]))


@asynccontextmanager
async def _served(folder: Path, slack: SlackStandIn) -> AsyncIterator[str]:
    """A server with a model of its own, ready."""
    ours = {
        "ASSISTANT_DATABASE_URL": f"sqlite:///{folder}/acknowledging.db",
        "ASSISTANT_MODELS_FOLDER": f"{folder}/models",
        "ASSISTANT_PORT": str(PORT),
        "ASSISTANT_SLACK_SIGNING_SECRET": SECRET,
        "ASSISTANT_SLACK_BOT_TOKEN": BOT_TOKEN,
        "ASSISTANT_SLACK_API_URL": slack.url,
    }
    environment = {**os.environ, **ours, "PYTHONWARNINGS": "ignore"}
    train = [sys.executable, "-m", "assistant.cli.main", "train"]
    await asyncio.to_thread(subprocess.run, train, cwd=ROOT, env=environment, check=True, capture_output=True)
    command = [sys.executable, "-m", "benchmarks.blocked_server"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    origin = f"http://127.0.0.1:{PORT}"
    try:
        async with aiohttp.ClientSession() as client:
            while not await _is_ready(client, origin):
                await asyncio.sleep(0.1)
        yield origin
    finally:
        server.terminate()
        await asyncio.to_thread(server.wait)


async def _is_ready(client: aiohttp.ClientSession, origin: str) -> bool:
    try:
        async with client.get(f"{origin}/readyz") as response:
            return response.status == 200
    except aiohttp.ClientError:
        return False

"""200 signed events at once while the engine is blocked: how soon each is acknowledged, and that each is answered."""

import asyncio
import json
import tempfile
import time
from collections import Counter
from pathlib import Path

import aiohttp
import numpy as np

from benchmarks.blocked_server import BLOCKED_SECONDS
from benchmarks.nlu.results_file import circumstances, markdown_table
from benchmarks.slack_server import SlackServer
from tests.support.slack_caller import PATH, direct, signed
from tests.support.slack_stand_in import SlackStandIn

TITLE = "Acknowledging events"
EVENTS, ROUNDS = 200, 3
WANTED_MILLISECONDS, MOST_MILLISECONDS = 500, 3000
DRAIN_SECONDS = 180.0
LULL_SECONDS = 3.0  # after the last answer: none may come twice


async def measure_acknowledging() -> str:
    """Train, serve, deliver, and return the section's body."""
    slack, rows = SlackStandIn(), []
    await slack.open()
    try:
        with tempfile.TemporaryDirectory() as folder:
            server = SlackServer(Path(folder), slack)
            await server.train()
            for number in range(1, ROUNDS + 1):
                async with server.serving("benchmarks.blocked_server") as client:
                    rows.append([str(number), *await _measure_round(client, slack, number)])
    finally:
        await slack.shut()
    head = (
        f"{circumstances()} Slack over HTTP, SQLite, {EVENTS} signed events at once from as many people, while the "
        f"engine's thread is blocked for {BLOCKED_SECONDS:.0f} seconds. An acknowledgement within "
        f"{WANTED_MILLISECONDS} ms at the 99th percentile is wanted, and none over {MOST_MILLISECONDS} ms."
    )
    columns = [
        "round:",
        "median, ms:",
        "99th percentile, ms:",
        "slowest, ms:",
        "answered:",
        "doubled:",
        "while blocked:",
    ]
    return f"{head}\n\n{markdown_table(columns, rows)}"


async def _measure_round(client: aiohttp.ClientSession, slack: SlackStandIn, number: int) -> list[str]:
    await _post(client, f"{number}-first")  # its turn blocks the engine
    await asyncio.sleep(1)
    started = time.perf_counter()
    milliseconds = await asyncio.gather(*(_post(client, f"{number}-{each}") for each in range(EVENTS)))
    is_blocked_still = not slack.messages and time.perf_counter() - started < BLOCKED_SECONDS - 2
    answered = await _answers(slack)
    slack.posted.clear()
    found = np.percentile(milliseconds, [50, 99, 100])
    doubled = sum(count - 1 for count in answered.values())
    blocked = "yes" if is_blocked_still else "no"
    return [*(f"{each:.0f}" for each in found), str(len(answered)), str(doubled), blocked]


async def _post(client: aiohttp.ClientSession, name: str) -> float:
    """The milliseconds until it was acknowledged."""
    event = direct("What is the LFHII?", event_id=f"Ev{name}", user=f"U{name}", ts=f"1.{name}")
    event["event"]["channel"] = f"D{name}"
    body = json.dumps(event)
    headers = {**signed(body), "Content-Type": "application/json"}
    started = time.perf_counter()
    async with client.post(PATH, data=body, headers=headers) as response:
        assert response.status == 200, response.status
    return 1000 * (time.perf_counter() - started)


async def _answers(slack: SlackStandIn) -> Counter[str]:
    """How many answers each of the many got, once everybody has one and no more come."""
    deadline = time.monotonic() + DRAIN_SECONDS
    while len(slack.messages) < EVENTS + 1 and time.monotonic() < deadline:
        await asyncio.sleep(0.1)
    await asyncio.sleep(LULL_SECONDS)
    return Counter(str(each["channel"]) for each in slack.messages if "first" not in str(each["channel"]))

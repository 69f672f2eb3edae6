"""Slack in trouble: what that costs those who ask on the website, measured side by side with a Slack that is well."""

import asyncio
import json
import tempfile
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

import aiohttp
import numpy as np

from benchmarks.nlu.results_file import circumstances, markdown_table
from benchmarks.slack_server import SlackServer
from tests.support.slack_caller import PATH, direct, signed
from tests.support.slack_stand_in import Fault, SlackStandIn

TITLE = "A channel in trouble"
ROUNDS, MESSAGES = 4, 60  # rounds of each kind, one after another; messages of the website in each
EVENTS = 40  # of Slack in each round, before and while the website is asked
WANTED_RATIO = 1.10
METHOD = "chat.postMessage"
KINDS: dict[str, Fault | None] = {
    "well": None,
    "hangs": Fault(METHOD, hangs=True),
    "429": Fault(METHOD, status=429, error="ratelimited", retry_after="5"),
    "500": Fault(METHOD, status=500, error="internal_error"),
}
QUESTION = {"text": "What is the LFHII?"}


async def measure_trouble(advance: Callable[[], None]) -> str:
    """Train, serve, ask, and return the section's body."""
    slack = SlackStandIn()
    await slack.open()
    milliseconds: dict[str, list[float]] = {kind: [] for kind in KINDS}
    try:
        with tempfile.TemporaryDirectory() as folder:
            server = SlackServer(Path(folder), slack)
            await server.train()
            for number in range(ROUNDS):
                for kind, fault in KINDS.items():
                    async with server.serving("assistant.cli.main", "serve") as client:
                        await _ask(client, lambda: None, 5)  # the first answers of a process take longer
                        slack.faults = deque([fault] * 10_000 if fault else [])
                        await _deliver(client, f"{number}-{kind}")
                        milliseconds[kind] += await _ask(client, advance, MESSAGES)
                        slack.faults.clear()
    finally:
        await slack.shut()
    slow = {kind: float(np.percentile(found, 95)) for kind, found in milliseconds.items()}
    rows = [
        [kind, str(len(found)), f"{np.median(found):.1f}", f"{slow[kind]:.1f}", f"{slow[kind] / slow['well']:.2f}"]
        for kind, found in milliseconds.items()
    ]
    head = (
        f"{circumstances()} Messages of one conversation on the website, one after another, while {EVENTS} messages of "
        f"Slack are answered or wait. At most {WANTED_RATIO:.2f} times the 95th percentile beside a Slack that is well "
        "is wanted."
    )
    columns = ["Slack", "messages:", "median, ms:", "95th percentile, ms:", "times:"]
    return f"{head}\n\n{markdown_table(columns, rows)}"


async def _deliver(client: aiohttp.ClientSession, name: str) -> None:
    for each in range(EVENTS):
        event = direct("What is the LFHII?", event_id=f"Ev{name}-{each}", user=f"U{name}-{each}")
        event["event"]["channel"] = f"D{name}-{each}"
        body = json.dumps(event)
        headers = {**signed(body), "Content-Type": "application/json"}
        async with client.post(PATH, data=body, headers=headers) as response:
            assert response.status == 200, response.status
    # What is measured is the trouble with sending; the answers themselves are made by then, in each kind alike.
    await asyncio.sleep(EVENTS * 0.1)


async def _ask(client: aiohttp.ClientSession, advance: Callable[[], None], messages: int) -> list[float]:
    async with client.post("/api/conversations") as response:
        opened = await response.json()
    path, headers = (
        f"/api/conversations/{opened['conversation']}/messages",
        {"Authorization": f"Bearer {opened['token']}"},
    )
    milliseconds = []
    for _ in range(messages):
        started = time.perf_counter()
        async with client.post(path, json=QUESTION, headers=headers) as response:
            reply = await response.json()
        milliseconds.append(1000 * (time.perf_counter() - started))
        assert [offer["slug"] for offer in reply["offers"]] == ["lfhii"]
        advance()
    return milliseconds

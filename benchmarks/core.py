"""The core's figures: start, memory, turns, training. Each is measured from outside or in a new process."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent
QUESTIONS = (
    "who do I contact about the women leaders network?",
    "what is the LFHII?",
    "tell me more",
    "who is Joan Saddler?",
    "We are an ICS recruiting a new chair. Is there a programme that would help us get a more diverse shortlist?",
    "enhanced offers please",
    "what does commit mean?",
    "thanks",
)
TURNS = 200
PORT = 8719

TURNS_IN_PROCESS = """
import asyncio, statistics, sys, time
from assistant.db.engine import Database
from assistant.engine.opening import open_desk
from assistant.enquiries.engine import TurnRequest
from assistant.settings import load_settings
settings = load_settings()
desk = open_desk(settings, Database(settings.database_url))
questions = sys.argv[2:]
async def run():
    times = []
    for number in range(int(sys.argv[1]) + len(questions)):
        started = time.perf_counter()
        await desk.engine.answer(TurnRequest("benchmark", questions[number % len(questions)]))
        times.append((time.perf_counter() - started) * 1000)
    times = times[len(questions):]
    growth = statistics.median(times[-16:]) / statistics.median(times[:16])
    print(statistics.median(times), statistics.quantiles(times, n=20)[-1], growth)
asyncio.run(run())
"""


def measure() -> list[tuple[str, str]]:
    """Every figure with its name, in the order of the table."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "ASSISTANT_DATABASE_URL": f"sqlite:///{folder}/benchmark.db",
            "ASSISTANT_MODELS_FOLDER": f"{folder}/models",
            "ASSISTANT_PORT": str(PORT),
            "ASSISTANT_MESSAGES_PER_MINUTE": "0",
            "ASSISTANT_MESSAGES_PER_MINUTE_PER_ADDRESS": "0",
            "PYTHONWARNINGS": "ignore",
        }
        training = _seconds_of([sys.executable, "-m", "assistant.cli.main", "train"], environment)
        ready, memory, over_http = _serve(environment)
        median, slow, growth = _turns(environment)
    return [
        ("training, whole command", f"{training:.1f} s"),
        ("server ready after start", f"{ready:.1f} s"),
        ("resident memory after 200 messages", f"{memory:.0f} MB"),
        ("turn in the engine with SQLite, median", f"{median:.1f} ms"),
        ("turn in the engine with SQLite, 95th percentile", f"{slow:.1f} ms"),
        ("last 16 of 200 turns against the first 16", f"{growth:.2f} x"),
        ("message over HTTP, written down twice, median", f"{over_http:.1f} ms"),
    ]


def _seconds_of(command: list[str], environment: dict[str, str]) -> float:
    started = time.monotonic()
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return time.monotonic() - started


def _serve(environment: dict[str, str]) -> tuple[float, float, float]:
    """Seconds until ready, megabytes after TURNS messages, median milliseconds of a message."""
    started = time.monotonic()
    server = subprocess.Popen(
        [sys.executable, "-m", "assistant.cli.main", "serve"], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{PORT}", timeout=30) as client:
            _wait_until_ready(client)
            ready = time.monotonic() - started
            times = [_message(client, number) for number in range(TURNS)]
        status = Path(f"/proc/{server.pid}/status").read_text()
        kilobytes = int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])
    finally:
        server.terminate()
        server.wait()
    return ready, kilobytes / 1024, statistics.median(times) * 1000


def _wait_until_ready(client: httpx.Client) -> None:
    while True:
        try:
            if client.get("/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pass  # not listening yet
        time.sleep(0.05)


def _message(client: httpx.Client, number: int) -> float:
    opened = client.post("/api/conversations").json()
    started = time.monotonic()
    client.post(
        f"/api/conversations/{opened['conversation']}/messages",
        headers={"Authorization": f"Bearer {opened['token']}"},
        json={"text": QUESTIONS[number % len(QUESTIONS)]},
    ).raise_for_status()
    return time.monotonic() - started


def _turns(environment: dict[str, str]) -> tuple[float, float, float]:
    command = [sys.executable, "-c", TURNS_IN_PROCESS, str(TURNS), *QUESTIONS]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    median, slow, growth = map(float, done.stdout.split()[-3:])
    return median, slow, growth

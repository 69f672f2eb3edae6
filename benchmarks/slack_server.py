"""A server of the benchmark's own, with a trained model, that hears Slack and answers to a Slack that stands in."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from tests.support.slack_caller import SECRET
from tests.support.slack_stand_in import BOT_TOKEN, SlackStandIn

ROOT = Path(__file__).parent.parent
PORT = 8723
ORIGIN = f"http://127.0.0.1:{PORT}"


class SlackServer:
    """Trained once; started as often as wanted, on the same database."""

    def __init__(self, folder: Path, slack: SlackStandIn) -> None:
        ours = {
            "ASSISTANT_DATABASE_URL": f"sqlite:///{folder}/slack.db",
            "ASSISTANT_MODELS_FOLDER": f"{folder}/models",
            "ASSISTANT_PORT": str(PORT),
            "ASSISTANT_MESSAGES_PER_MINUTE": "0",
            "ASSISTANT_MESSAGES_PER_MINUTE_PER_ADDRESS": "0",
            "ASSISTANT_SLACK_SIGNING_SECRET": SECRET,
            "ASSISTANT_SLACK_BOT_TOKEN": BOT_TOKEN,
            "ASSISTANT_SLACK_API_URL": slack.url,
        }
        self._environment = {**os.environ, **ours, "PYTHONWARNINGS": "ignore"}

    async def train(self) -> None:
        """Train the model."""
        command = [sys.executable, "-m", "assistant.cli.main", "train"]
        await asyncio.to_thread(
            subprocess.run, command, cwd=ROOT, env=self._environment, check=True, capture_output=True
        )

    @asynccontextmanager
    async def serving(self, *command: str) -> AsyncIterator[aiohttp.ClientSession]:
        """Run the command, which serves; gives a client of it once it is ready."""
        server = subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, env=self._environment)
        try:
            async with aiohttp.ClientSession(ORIGIN, connector=aiohttp.TCPConnector(limit=0)) as client:
                while not await _is_ready(client):
                    assert server.poll() is None, "The server ended."
                    await asyncio.sleep(0.1)
                yield client
        finally:
            server.terminate()
            await asyncio.to_thread(server.wait)


async def _is_ready(client: aiohttp.ClientSession) -> bool:
    try:
        async with client.get("/readyz") as response:
            return response.status == 200
    except aiohttp.ClientError:
        return False

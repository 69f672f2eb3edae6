"""Work that would hold up answering, in a process of its own."""

import asyncio
import os
import signal
import sys
from contextlib import suppress

from assistant.db.engine import Database
from assistant.settings import PREFIX, Settings

KILL_SECONDS = 5.0  # that a process has to end by itself


async def run_module(module: str, number: int, database: Database, settings: Settings, seconds: float) -> str | None:
    """Run `python -m module number` to its end; what went wrong, or None. Nothing it prints is kept: it may hold words.

    When this is cancelled, the process is interrupted; when it takes longer than `seconds`, it is told to terminate.
    """
    nowhere = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, str(number), stdin=nowhere, stdout=nowhere, stderr=nowhere,
        env=_environment(database, settings),
    )  # fmt: skip
    how = signal.SIGINT
    try:
        code = await asyncio.wait_for(process.wait(), seconds)
    except TimeoutError:
        how = signal.SIGTERM  # nobody cancelled it, and it should not say so
        return "it took too long"
    finally:
        if process.returncode is None:
            await _end(process, how)
    return f"its process ended with {code}" if code else None


async def _end(process: asyncio.subprocess.Process, how: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        process.send_signal(how)
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), KILL_SECONDS)
            return
        process.kill()
        await process.wait()


def _environment(database: Database, settings: Settings) -> dict[str, str]:
    """The process works on what this one works on, whatever the environment says."""
    ours = {
        "DATABASE_URL": database.engine.url.render_as_string(hide_password=False),
        "DATA_FOLDER": str(settings.data_folder),
        "MODELS_FOLDER": str(settings.models_folder),
        "VAR_FOLDER": str(settings.var_folder),
    }
    return {**os.environ, **{f"{PREFIX}{name}": value for name, value in ours.items()}}

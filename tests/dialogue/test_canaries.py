"""Messages with identifiers and names, through the real engine and the API, with failures in between: nothing leaks.

Structured identifiers are looked for everywhere, names in what is logged, measured and shown: some names are not
recognised, and then stand in the log of enquiries, which only staff read.
"""

import logging
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.engine import TurnFailedError, TurnReply, TurnRequest
from assistant.settings import Settings
from assistant.web.app import create_app
from tests.conftest import ROOT, Trained
from tests.support.asker import Asker, open_asker
from tests.support.canaries import FINDABLE, NAMED, OF_NAMES, STRUCTURED, VALUES, is_ours, line
from tests.support.loaded_database import read_raw_bytes

TEXTS = [entry["text"] for entry in (*STRUCTURED, *OF_NAMES[::3])]
MISPLACED = 15  # every so many is sent where it does not belong as well


class FailingEngine:
    """The real engine, of whose turns every fifth fails in one of the ways an engine can."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self._turns = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    async def answer(self, request: TurnRequest) -> TurnReply:
        """Answer, or fail."""
        self._turns += 1
        if self._turns % 10 == 0:
            raise TurnFailedError("an action raised")
        if self._turns % 10 == 5:
            raise TimeoutError
        reply: TurnReply = await self._engine.answer(request)
        return reply


@pytest.fixture
async def asker(real_desk: EnquiryDesk, trained: Trained, tmp_path: Path) -> AsyncIterator[Asker]:
    """Somebody at a server with a database of its own, whose engine fails at times."""
    from tests.support.loaded_database import write_loaded_database

    database = Database(f"sqlite:///{write_loaded_database(tmp_path / 'canaries.db')}")
    settings = Settings(
        data_folder=ROOT / "data", var_folder=tmp_path / "var", messages_per_minute=0, messages_per_minute_per_address=0
    )
    engine: Any = FailingEngine(real_desk.engine)
    desk = EnquiryDesk(database, engine, real_desk.cipher, settings, real_desk.redactor, real_desk._judge)
    app = create_app(settings, desk)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield await open_asker(client)
    database.close()


async def send_everything(asker: Asker) -> list[str]:
    """Send each canary as a message, and some where they do not belong; returns every page that was not an answer."""
    pages = []
    for number, text in enumerate(TEXTS):
        form = {"question": text, "name": text[:90], "email": text[:40], "consent": True}
        bodies: list[object] = [{"text": text}]
        if number % MISPLACED == 0:
            bodies += [{"form": form}, {"text": text * 20}, {"words": text}, {"choice": text[:90]}, [text]]
        for body in bodies:
            reply = await asker.sends(body, key=re.sub(r"[^ -~]", "", text)[:90] if number % 7 == 0 else None)
            if reply.status_code != 200:
                pages.append(reply.text)
        if number % MISPLACED == 0:
            path = f"/api/conversations/{re.sub('[^a-zA-Z0-9]', '', text)[:60]}/messages"
            pages.append((await asker.client.get(path, headers=asker.headers)).text)
            pages.append((await asker.sends_raw(text.encode() + b"{")).text)
    return pages


async def test_nothing_leaks(
    asker: Asker, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        pages = await send_everything(asker)
    metrics = (await asker.client.get("/metrics")).text
    out, err = capfd.readouterr()
    lines = [line(record) for record in caplog.records if is_ours(record)]
    shown = "\n".join([*lines, out, err, metrics, *pages])
    assert len(pages) > 50 and any("Turn failed" in line for line in lines)  # what could leak was there
    kept = read_raw_bytes(tmp_path)
    assert [value for value in FINDABLE if value.encode() in kept] == []
    assert [value for value in VALUES if value in shown] == []
    assert [name for name in NAMED if name in shown] == []

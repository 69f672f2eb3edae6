"""Whether the assistant is alive, and whether it can answer."""

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from assistant.db.engine import DatabaseUnavailableError
from assistant.db.migrate import is_up_to_date
from assistant.enquiries.desk import EnquiryDesk

router = APIRouter(include_in_schema=False)
CHECK_SECONDS = 3.0


@router.get("/healthz")
async def is_alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get("/readyz")
async def is_ready(request: Request) -> JSONResponse:
    """Database, migrations and model are there; 503 and which is missing otherwise."""
    desk: EnquiryDesk | None = request.app.state.desk
    if desk is None:
        return _answer({"database": "not yet", "migrations": "not yet", "model": "not yet"})
    try:
        migrated = await asyncio.wait_for(asyncio.to_thread(_is_migrated, desk), CHECK_SECONDS)
    except (DatabaseUnavailableError, TimeoutError):
        return _answer({"database": "does not answer", "migrations": "unknown", "model": desk.engine.model})
    return _answer({"database": "ok", "migrations": "ok" if migrated else "missing", "model": desk.engine.model})


def _is_migrated(desk: EnquiryDesk) -> bool:
    desk.database.ping()
    return is_up_to_date(desk.database.engine)


def _answer(checks: dict[str, str]) -> JSONResponse:
    ready = checks["database"] == "ok" and checks["migrations"] == "ok"
    return JSONResponse({"ready": ready, **checks}, 200 if ready else 503)

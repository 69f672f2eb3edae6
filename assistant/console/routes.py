"""Every page of the console. A router's pages have addresses under /staff, and ConsoleRoute as their kind of route."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from assistant.console.access import allowed, console_router
from assistant.console.pages import go_to
from assistant.staff.roles import Permission

FILES = Path(__file__).parent / "static"

start_router = console_router()


@start_router.get("")
@allowed(Permission.OWN_ACCOUNT)
async def start() -> RedirectResponse:
    """Begin with the queue."""
    return go_to("/staff/queue")


ROUTERS: tuple[APIRouter, ...] = (start_router,)

"""Every page of the console. A router's pages have addresses under /staff, and ConsoleRoute as their kind of route."""

from pathlib import Path

from fastapi import APIRouter, HTTPException
from fastapi.responses import RedirectResponse

from assistant.console import figures, record
from assistant.console.access import allowed, console_router
from assistant.console.accounts import ROUTERS as ACCOUNTS
from assistant.console.catalogue import health_pages, pages_to_edit, pages_to_read
from assistant.console.channels import ROUTERS as CHANNELS
from assistant.console.decide import answer_routes, decide_routes, history_routes
from assistant.console.examples import effect_routes, example_routes
from assistant.console.models import ROUTERS as MODELS
from assistant.console.pages import go_to
from assistant.console.queue import group_routes, list_routes
from assistant.staff.roles import Permission

FILES = Path(__file__).parent / "static"

start_router = console_router()


@start_router.get("")
@allowed(Permission.OWN_ACCOUNT)
async def start() -> RedirectResponse:
    """Begin with the queue."""
    return go_to("/staff/queue")


last_router = console_router()


@last_router.get("/{path:path}")
@allowed(Permission.OWN_ACCOUNT)
async def miss(path: str) -> None:
    """Every address that is none."""
    raise HTTPException(404, "There is no such page. It may have been removed, or the address may be mistyped.")


# The last one takes what no other does.
ROUTERS: tuple[APIRouter, ...] = (
    start_router,
    *ACCOUNTS,
    list_routes.router,
    group_routes.router,
    decide_routes.router,
    answer_routes.router,
    history_routes.router,
    example_routes.router,
    effect_routes.router,
    *MODELS,
    # Before the pages of entries, whose addresses would take theirs.
    health_pages.router,
    pages_to_edit.router,
    pages_to_read.router,
    figures.router,
    *CHANNELS,
    record.router,
    last_router,
)

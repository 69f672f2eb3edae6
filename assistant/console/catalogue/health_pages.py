"""Pages about how well offers are found."""

from typing import Annotated, Any

from fastapi import Query
from fastapi.requests import Request
from fastapi.responses import HTMLResponse

from assistant.catalogue.errors import EntryNotFoundError
from assistant.catalogue.kinds import Kind, Place
from assistant.catalogue.models import Offer
from assistant.catalogue.slugs import find_by_slug
from assistant.console.access import Desk, allowed, console_router
from assistant.console.catalogue.pages_to_read import PATH
from assistant.console.catalogue.shelf import Shelf
from assistant.console.catalogue.units import draw_page, look
from assistant.db.base import now
from assistant.review.health import FEWEST, WINDOWS, Health, may_show, read_health
from assistant.staff.roles import Permission

router = console_router()
FEW = f"fewer than {FEWEST}"
KEPT_BACK = "not shown"
Days = Annotated[int, Query()]


@router.get(f"{PATH}/health")
@allowed(Permission.REPORT)
async def show_summary(request: Request, desk: Desk, days: Days = WINDOWS[0]) -> HTMLResponse:
    """Every offer in some days."""
    days = days if days in WINDOWS else WINDOWS[0]

    def read(shelf: Shelf) -> list[tuple[Any, dict[str, str]]]:
        lines = {line.place.slug: line for _, lines in shelf.stages() for line in lines}
        figures = _figures(shelf, list(lines))
        return [(line, figures[slug][days]) for slug, line in lines.items()]

    return draw_page(request, "health", lines=await look(desk, read), days=days, windows=WINDOWS)


@router.get(f"{PATH}/offers/{{slug}}/health")
@allowed(Permission.REPORT)
async def show_health(request: Request, desk: Desk, slug: str) -> HTMLResponse:
    """One offer."""

    def read(shelf: Shelf) -> dict[str, Any]:
        if find_by_slug(shelf.session, Offer, slug) is None:
            raise EntryNotFoundError
        return {"entry": shelf.entry(Place(Kind.OFFERS, slug)), "figures": _figures(shelf, [slug])[slug]}

    return draw_page(request, "health_of_offer", windows=WINDOWS, **await look(desk, read))


def _figures(shelf: Shelf, slugs: list[str]) -> dict[str, dict[int, dict[str, str]]]:
    """By offer and days, each count as it may be shown."""
    moment = now()
    counts = {days: read_health(shelf.session, moment, days, slugs) for days in WINDOWS}
    longest = counts[max(WINDOWS)]
    return {slug: {days: _shown(counts[days][slug], longest[slug]) for days in WINDOWS} for slug in slugs}


def _shown(health: Health, longest: Health) -> dict[str, str]:
    """The counts in words. What is left of a larger count by taking one away must tell of nobody either."""
    return {
        "asked": _count(health.asked, longest.asked),
        "answered": _count(health.answered, longest.answered, health.asked),
        "not_useful": _count(health.not_useful, longest.not_useful, health.answered),
        "not_found": _count(health.not_found, longest.not_found),
    }


def _count(count: int, *wholes: int) -> str:
    if not may_show(count):
        return FEW
    return f"{count:,}" if may_show(count, *wholes) else KEPT_BACK

"""The page at / that shows the widget, and the widget itself."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

STATIC = Path(__file__).parent / "static"

router = APIRouter(include_in_schema=False)


@router.get("/")
async def read_page() -> FileResponse:
    """An ordinary page with the widget on it."""
    return FileResponse(STATIC / "index.html")


@router.get("/widget.js")
async def read_widget() -> FileResponse:
    """What a page of any allowed site loads."""
    return FileResponse(STATIC / "widget.js", media_type="text/javascript")


@router.get("/widget.js.map")
async def read_widget_map() -> FileResponse:
    """What the widget was built from, for those who look into it."""
    return FileResponse(STATIC / "widget.js.map", media_type="application/json")

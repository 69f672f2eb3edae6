"""The page at / that shows the widget, the widget itself, and what the pages look like."""

from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse
from starlette.routing import Route

from assistant.web.public_files import serve_public_files

STATIC = Path(__file__).parent / "static"

router = APIRouter(include_in_schema=False)


def mount_files(app: FastAPI) -> None:
    """Serve what the pages load, and the widget, which a page of any allowed site loads."""
    files = serve_public_files(STATIC)
    app.mount("/static", files, "static")
    app.router.routes.append(Route("/widget.js", files))


@router.get("/")
async def read_page() -> FileResponse:
    """An ordinary page with the widget on it."""
    return FileResponse(STATIC / "index.html")


@router.get("/widget.js.map")
async def read_widget_map() -> FileResponse:
    """What the widget was built from, for those who look into it."""
    return FileResponse(STATIC / "widget.js.map", media_type="application/json")

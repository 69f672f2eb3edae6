"""The page at / and what it loads."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

STATIC = Path(__file__).parent / "static"

router = APIRouter(include_in_schema=False)


@router.get("/")
async def read_page() -> FileResponse:
    """A plain page to chat with."""
    return FileResponse(STATIC / "index.html")

"""The windows in which pages of the console have to be usable, and whether a page is."""

import os
from pathlib import Path

from playwright.sync_api import Page

from tests.support.axe import violations

WINDOWS = {"wide": (1280, 900), "phone": (375, 667), "zoomed": (320, 256)}


def is_fit(page: Page, name: str) -> None:
    """No barrier, and nothing cut off where there is little room. SHOTS names a folder for pictures to look at."""
    for window, (width, height) in WINDOWS.items():
        page.set_viewport_size({"width": width, "height": height})
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if shots := os.environ.get("SHOTS"):
            page.screenshot(path=Path(shots) / f"{name}-{window}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})

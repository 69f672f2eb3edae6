"""Fetch what the console's pages need of nhsuk-frontend and htmx, at the versions pinned here (needs npm).

The style loads Frutiger from the NHS's own servers; we are not an NHS body and call nobody, so that is taken out.
"""

import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "assistant" / "console" / "static" / "vendor"
NHSUK, HTMX = "10.6.1", "2.0.11"
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
FRUTIGER = re.compile(r"Frutiger W01,\s*")
SOURCE_MAP = re.compile(r"\n?(/\*|//)# sourceMappingURL=.*")
ICONS = tuple(f"nhsuk-icon-{name}.svg" for name in ("arrow-down", "arrow-up-down", "arrow-up", "cross"))
ICON_FOLDER = "/assets/images/"  # where the style looks for them; here they stand beside it
# A fetched package's file → what it is called here.
FILES = {
    f"nhsuk-frontend@{NHSUK}": {
        f"dist/nhsuk/nhsuk-frontend-{NHSUK}.min.css": "nhsuk-frontend.min.css",
        f"dist/nhsuk/nhsuk-frontend-{NHSUK}.min.js": "nhsuk-frontend.min.js",
        **{f"dist/nhsuk/assets/images/{icon}": icon for icon in ICONS},
    },
    f"htmx.org@{HTMX}": {"dist/htmx.min.js": "htmx.min.js"},
}


def vendor() -> None:
    """Fetch each package, and keep the files named above."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for package, files in FILES.items():
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, stdout=subprocess.DEVNULL)
            with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
                for inside, name in files.items():
                    found = archive.extractfile(f"package/{inside}")
                    assert found is not None
                    (FOLDER / name).write_text(_as_ours(found.read().decode()))


def _as_ours(text: str) -> str:
    return SOURCE_MAP.sub("", FRUTIGER.sub("", FONT_FACE.sub("", text))).replace(ICON_FOLDER, "")


if __name__ == "__main__":
    vendor()

"""docs/widget.md says what is so."""

import re

from tests.conftest import ROOT

DOCUMENT = (ROOT / "docs" / "widget.md").read_text(encoding="utf-8")
STYLE = (ROOT / "assistant" / "web" / "widget" / "style.css").read_text(encoding="utf-8")
PROPERTY = re.compile(r"--enquiry-[a-z-]+")


def test_it_names_every_property_that_themes() -> None:
    assert set(PROPERTY.findall(DOCUMENT)) == set(PROPERTY.findall(STYLE))


def test_its_pictures_are_there() -> None:
    for document in (ROOT / "README.md", ROOT / "docs" / "widget.md"):
        for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / picture).is_file(), picture

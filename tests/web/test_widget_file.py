"""The built widget: current, small, and with nothing in it that turns text into markup."""

import gzip
import re
from pathlib import Path

import httpx
import pytest

from tools.build_widget import BUILT, SOURCES, banner, digest_of_rest, digest_of_sources

MOST_BYTES = 15 * 1024  # packed
MARKUP = re.compile(r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|Function|DOMParser|srcdoc)\b")
ELSEWHERE = re.compile(r"(?:https?:)?//[a-z][\w-]*\.[\w.-]+", re.IGNORECASE)

SCRIPT = BUILT.read_text(encoding="utf-8")


class TestTheFile:
    def test_it_was_built_from_the_sources_as_they_are(self) -> None:
        first = SCRIPT.partition("\n")[0]
        assert first == banner(digest_of_sources(), digest_of_rest(SCRIPT)), "Run: python tools/build_widget.py"

    def test_it_is_small(self) -> None:
        assert len(gzip.compress(SCRIPT.encode(), 9)) <= MOST_BYTES

    def test_it_names_its_map(self) -> None:
        assert SCRIPT.rstrip().endswith("//# sourceMappingURL=widget.js.map")

    @pytest.mark.parametrize("file", sorted(SOURCES.glob("*.js")), ids=lambda file: file.name)
    def test_its_sources_make_no_markup_of_text(self, file: Path) -> None:
        assert not MARKUP.findall(file.read_text(encoding="utf-8"))

    def test_it_asks_nobody_else(self) -> None:
        assert not ELSEWHERE.findall(SCRIPT.partition("\n")[2])


class TestWhereItIs:
    async def test_it_is_served_as_a_script(self, client: httpx.AsyncClient) -> None:
        response = await client.get("/widget.js")
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/javascript")
        assert response.text == SCRIPT

    async def test_its_map_is_served(self, client: httpx.AsyncClient) -> None:
        assert (await client.get("/widget.js.map")).json()["sourcesContent"]

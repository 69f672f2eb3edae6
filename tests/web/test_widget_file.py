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


class TestCompression:
    @pytest.mark.parametrize("path", ["/widget.js", "/static/pages.css"])
    async def test_it_is_for_who_takes_it(self, client: httpx.AsyncClient, path: str) -> None:
        packed = await client.get(path, headers={"Accept-Encoding": "gzip"})
        plain = await client.get(path, headers={"Accept-Encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
        assert packed.text == plain.text and len(plain.content) == int(plain.headers["content-length"])
        assert "Accept-Encoding" in packed.headers["vary"] and "Accept-Encoding" in plain.headers["vary"]

    @pytest.mark.parametrize("path", ["/", "/chat", "/chat/question", "/api/offers", "/openapi.json"])
    async def test_nothing_is_compressed_whose_size_could_tell_of_it(
        self, client: httpx.AsyncClient, path: str
    ) -> None:
        response = await client.get(path, headers={"Accept-Encoding": "gzip"})
        assert response.status_code == 200 and "content-encoding" not in response.headers

    async def test_a_part_is_a_part_of_the_plain_file(self, client: httpx.AsyncClient) -> None:
        response = await client.get("/widget.js", headers={"Accept-Encoding": "gzip", "Range": "bytes=0-9"})
        assert (response.status_code, response.text) == (206, SCRIPT[:10])
        assert "content-encoding" not in response.headers


class TestWhereItIs:
    async def test_it_is_served_as_a_script(self, client: httpx.AsyncClient) -> None:
        response = await client.get("/widget.js")
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/javascript")
        assert response.text == SCRIPT

    async def test_a_browser_keeps_it_and_asks_whether_it_is_still_the_same(self, client: httpx.AsyncClient) -> None:
        first = await client.get("/widget.js")
        assert first.headers["cache-control"] == "no-cache"
        again = await client.get("/widget.js", headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
        assert (await client.get("/widget.js", headers={"If-None-Match": 'W/"older"'})).status_code == 200

    async def test_its_map_is_served(self, client: httpx.AsyncClient) -> None:
        assert (await client.get("/widget.js.map")).json()["sourcesContent"]

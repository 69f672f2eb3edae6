"""The headers of every response, and that no page asks anybody else's server for anything."""

import re

import httpx
import pytest
from fastapi import FastAPI

from tests.support.asker import Asker
from tests.support.fake_engine import FakeEngine
from tests.support.headers import METHODS, check_headers, directives, every_route

ELSEWHERE = re.compile(r"(?:https?:)?//[\w.-]+", re.IGNORECASE)
# Not addresses that a browser asks: the names of XML's languages.
NAMES_ONLY = re.compile(r"http://www\.w3\.org/[\w/#]+")


class TestSecurityHeaders:
    async def test_every_route_has_them_whatever_it_answers(self, app: FastAPI, client: httpx.AsyncClient) -> None:
        asked = {*every_route(app), *every_route(app, "x"), *((method, "/nowhere") for method in METHODS)}
        assert len(asked) >= 150
        for method, path in sorted(asked):
            check_headers(await client.request(method, path))
            check_headers(await client.request(method, path, headers={"Authorization": "Bearer x"}))

    async def test_every_path_has_them_whatever_it_is_asked_with(self, app: FastAPI, client: httpx.AsyncClient) -> None:
        paths = {path for _, path in every_route(app)}
        for path in sorted(paths):
            for method in METHODS:
                response = await client.request(method, path)
                assert response.status_code < 500, (method, path)
                check_headers(response)

    async def test_good_answers_have_them(self, asker: Asker) -> None:
        check_headers(await asker.sends({"text": "hello"}))
        check_headers(await asker.client.get("/widget.js"))
        check_headers(await asker.client.delete(asker.path, headers=asker.headers))

    @pytest.mark.parametrize(
        ("method", "path", "content", "status"),
        [
            ("GET", "/nowhere", b"", 404),
            ("GET", "/static/nothing.js", b"", 404),
            ("GET", "/static/%00", b"", 404),
            ("GET", "/static/..%2f..%2fapp.py", b"", 404),
            ("PUT", "/api/conversations", b"", 405),
            ("POST", "/widget.js", b"", 405),
            ("POST", "/nowhere", b"x" * 20_000, 413),
            ("GET", "/api/offers/", b"", 307),
            ("GET", "/api/conversations/x/messages", b"", 401),
        ],
    )
    async def test_errors_have_them(
        self, client: httpx.AsyncClient, method: str, path: str, content: bytes, status: int
    ) -> None:
        response = await client.request(method, path, content=content)
        assert response.status_code == status
        check_headers(response)

    async def test_what_a_browser_has_already_has_them(self, client: httpx.AsyncClient) -> None:
        tag = (await client.get("/static/pages.css")).headers["etag"]
        response = await client.get("/static/pages.css", headers={"If-None-Match": tag})
        assert response.status_code == 304 and response.headers["cache-control"] == "no-cache"
        assert response.headers["x-content-type-options"] == "nosniff"

    async def test_a_bug_has_them(self, asker: Asker, engine: FakeEngine) -> None:
        engine.failure = RuntimeError("A bug.")
        response = await asker.sends({"text": "question"})
        assert response.status_code == 500
        check_headers(response)

    async def test_they_do_not_say_what_serves(self, client: httpx.AsyncClient) -> None:
        response = await client.get("/")
        assert "server" not in response.headers and "x-powered-by" not in response.headers

    async def test_no_other_site_is_let_in(self, client: httpx.AsyncClient) -> None:
        origin = {"Origin": "https://elsewhere.test", "Access-Control-Request-Method": "POST"}
        for method, path in (("GET", "/api/offers"), ("OPTIONS", "/api/conversations")):
            response = await client.request(method, path, headers=origin)
            assert not [name for name in response.headers if name.startswith("access-control")]


class TestThePage:
    async def test_it_has_no_inline_script_or_style(self, client: httpx.AsyncClient) -> None:
        page = (await client.get("/")).text
        scripts = re.findall(r"<script\b([^>]*)>(.*?)</script>", page, re.DOTALL)
        assert scripts and all("src=" in attributes and not body.strip() for attributes, body in scripts)
        assert "<style" not in page
        assert not re.search(r"\s(style|on\w+)\s*=", page, re.IGNORECASE)
        assert "javascript:" not in page.lower()

    async def test_what_it_loads_is_here_and_of_its_kind(self, client: httpx.AsyncClient) -> None:
        page = await client.get("/")
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        loaded = re.findall(r'<(?:script|link|img)\b[^>]*(?:src|href)="(/[^"]*)"', page.text)
        assert len(loaded) >= 2
        for path in loaded:
            response = await client.get(path)
            assert response.status_code == 200
            kind = {"js": "javascript", "css": "css", "svg": "svg"}[path.rpartition(".")[2]]
            assert kind in response.headers["content-type"]

    async def test_it_and_what_it_loads_ask_nobody_else(self, client: httpx.AsyncClient) -> None:
        for path in ("/", "/widget.js", "/static/pages.css"):
            assert not ELSEWHERE.findall(NAMES_ONLY.sub("", (await client.get(path)).text))

    async def test_its_policy_lets_in_what_it_needs(self, client: httpx.AsyncClient) -> None:
        policy = directives(await client.get("/"))
        assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"


class TestTheDocumentation:
    async def test_it_asks_nobody_else(self, client: httpx.AsyncClient) -> None:
        page = (await client.get("/docs")).text
        assert not ELSEWHERE.findall(page)

    async def test_what_it_loads_is_here(self, client: httpx.AsyncClient) -> None:
        loaded = re.findall(r'(?:src|href)="([^"]*)"', (await client.get("/docs")).text)
        assert len(loaded) >= 3
        for path in loaded:
            response = await client.get(path)
            assert response.status_code == 200 and response.content
            check_headers(response)

    async def test_its_policy_allows_its_own_script_only(self, client: httpx.AsyncClient) -> None:
        response = await client.get("/docs")
        check_headers(response)
        assert re.search(r"'sha256-[A-Za-z0-9+/]{43}='", directives(response)["script-src"])

    async def test_it_describes_the_whole_contract(self, client: httpx.AsyncClient) -> None:
        description = (await client.get("/openapi.json")).json()
        assert set(description["paths"]) == {
            "/api/conversations",
            "/api/conversations/{conversation}",
            "/api/conversations/{conversation}/messages",
            "/api/conversations/{conversation}/enquiries/{reference}/feedback",
            "/api/conversations/{conversation}/enquiries/{reference}/follow-up",
            "/api/offers",
            "/api/offers/{slug}",
        }

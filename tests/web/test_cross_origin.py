"""Which pages of other sites may use this server from a browser, and for what."""

import httpx
import pytest
from fastapi import FastAPI

from assistant.settings import Settings
from tests.support.asker import Asker, create_app
from tests.support.fake_engine import FakeEngine

FRIEND = "https://www.friend.test"
SECOND = "http://localhost:8080"
FROM_FRIEND = {"Origin": FRIEND}
STRANGERS = [
    "https://elsewhere.test",
    "http://www.friend.test",
    "https://friend.test",
    "https://www.friend.test:444",
    "https://www.friend.test.elsewhere.test",
    "https://elsewhere.test/https://www.friend.test",
    "https://www-friend.test",
    "https://wwwxfriend.test",
    "https://www.friend.test@elsewhere.test",
    "https://www.friend.test, https://elsewhere.test",
    "https://www.friend.test\t",
    "null",
    "*",
    "",
]
OWN_PAGES = ("/", "/chat", "/health/live", "/metrics", "/docs", "/openapi.json", "/static/pages.css", "/nowhere")


@pytest.fixture(scope="module")
def app_without_desk() -> FastAPI:
    """Two other sites may show the widget."""
    return create_app(Settings(messages_per_minute_per_address=0, widget_origins=(FRIEND, SECOND)))


def allowed(response: httpx.Response) -> dict[str, str]:
    """What a browser is told that other sites may do."""
    prefix = "access-control-"
    return {name.removeprefix(prefix): value for name, value in response.headers.items() if name.startswith(prefix)}


def ask_first(method: str, headers: str = "", origin: str = FRIEND) -> dict[str, str]:
    """What a browser sends before it sends what a page asks for."""
    asked = {"Origin": origin, "Access-Control-Request-Method": method}
    return {**asked, "Access-Control-Request-Headers": headers} if headers else asked


class TestAFriend:
    @pytest.mark.parametrize("origin", [FRIEND, SECOND])
    async def test_it_may_read_answers_and_when_to_try_again(self, client: httpx.AsyncClient, origin: str) -> None:
        response = await client.post("/api/conversations", headers={"Origin": origin})
        assert response.status_code == 201
        assert allowed(response) == {"allow-origin": origin, "expose-headers": "Retry-After"}
        assert response.headers["vary"] == "Origin"

    async def test_it_may_read_every_refusal(self, client: httpx.AsyncClient, asker: Asker, engine: FakeEngine) -> None:
        messages = f"{asker.path}/messages"
        engine.failure = RuntimeError("A bug.")
        cases: list[tuple[str, str, bytes, dict[str, str], int]] = [
            ("GET", messages, b"", {}, 401),
            ("GET", "/api/conversations/x/messages", b"", asker.headers, 404),
            ("POST", messages, b"x" * 20_000, asker.headers, 413),
            ("POST", messages, b"{}", asker.headers, 422),
            ("POST", messages, b'{"text": "question"}', asker.headers, 500),
        ]
        for method, path, content, headers, status in cases:
            given = {"Content-Type": "application/json", **headers, **FROM_FRIEND}
            response = await client.request(method, path, content=content, headers=given)
            assert response.status_code == status
            assert allowed(response)["allow-origin"] == FRIEND

    @pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
    async def test_it_may_send_what_the_widget_sends(self, client: httpx.AsyncClient, method: str) -> None:
        headers = ask_first(method, "authorization,content-type,idempotency-key")
        response = await client.options("/api/conversations/x/messages", headers=headers)
        assert response.status_code == 200
        told = allowed(response)
        assert told["allow-origin"] == FRIEND and told["allow-methods"] == "GET, POST, DELETE"
        named = {name.strip().lower() for name in told["allow-headers"].split(",")}
        always = {"accept", "accept-language", "content-language", "content-type"}
        assert named - always == {"authorization", "idempotency-key"}

    @pytest.mark.parametrize(("method", "headers"), [("PUT", ""), ("PATCH", ""), ("POST", "x-forwarded-for")])
    async def test_it_may_send_nothing_else(self, client: httpx.AsyncClient, method: str, headers: str) -> None:
        response = await client.options("/api/conversations", headers=ask_first(method, headers))
        assert response.status_code == 400

    async def test_no_cookie_of_a_visitor_comes_along(self, client: httpx.AsyncClient) -> None:
        for response in (
            await client.post("/api/conversations", headers=FROM_FRIEND),
            await client.options("/api/conversations", headers=ask_first("POST")),
        ):
            assert "allow-credentials" not in allowed(response)
            assert "set-cookie" not in response.headers

    @pytest.mark.parametrize("path", OWN_PAGES)
    async def test_it_may_read_the_api_and_nothing_else(self, client: httpx.AsyncClient, path: str) -> None:
        assert allowed(await client.get(path, headers=FROM_FRIEND)) == {}
        assert allowed(await client.options(path, headers=ask_first("GET"))) == {}

    async def test_it_may_load_the_widget_with_a_digest(self, client: httpx.AsyncClient) -> None:
        response = await client.get("/widget.js", headers=FROM_FRIEND)
        assert response.status_code == 200 and allowed(response)["allow-origin"] == FRIEND
        kept = {**FROM_FRIEND, "If-None-Match": response.headers["etag"]}
        again = await client.get("/widget.js", headers=kept)
        assert again.status_code == 304 and allowed(again)["allow-origin"] == FRIEND
        assert "Origin" in again.headers["vary"]


class TestAStranger:
    @pytest.mark.parametrize("origin", STRANGERS)
    async def test_it_may_read_nothing(self, client: httpx.AsyncClient, origin: str) -> None:
        for path in ("/api/offers", "/api/conversations/x/messages", "/widget.js"):
            assert "allow-origin" not in allowed(await client.get(path, headers={"Origin": origin}))

    @pytest.mark.parametrize("origin", STRANGERS)
    async def test_it_may_send_nothing(self, client: httpx.AsyncClient, origin: str) -> None:
        headers = ask_first("POST", "authorization,content-type", origin)
        response = await client.options("/api/conversations/x/messages", headers=headers)
        assert response.status_code >= 400 and "allow-origin" not in allowed(response)

    async def test_one_without_an_origin_is_answered_without_leave(self, client: httpx.AsyncClient) -> None:
        response = await client.get("/api/offers")
        assert response.status_code == 200 and allowed(response) == {}

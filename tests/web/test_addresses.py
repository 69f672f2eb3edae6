"""E10: no host, header or path that a request names leads anybody elsewhere, out of a folder, or into a cache."""

import re

import pytest
from fastapi import FastAPI

from tests.support.addresses import OUTSIDE
from tests.support.headers import every_route
from tests.support.raw_requests import Answer, Headers, ask_raw

OTHER_HOSTS = (
    "evil.test",
    "evil.test:8080",
    "assistant.test:81",
    "assistant.test.evil.test",
    "192.0.2.7",
    "[2001:db8::7]:80",
)
NO_HOSTS = (
    "",
    "evil.test/",
    "evil.test/x?",
    "evil.test?",
    "evil.test#",
    "evil.test\\",
    "assistant.test@evil.test",
    "assistant.test evil.test",
    "assistant.test, evil.test",
    "[",
    "[::1",
    "evil.test:port",
    "evil.test:123456",
    "\u00e9vil.test",
    "//evil.test",
    "https://evil.test",
    '"><script>',
)
PAGES = (
    "/",
    "/chat",
    "/chat/",
    "/api/offers",
    "/api/offers/",
    "/docs",
    "/openapi.json",
    "/healthz",
    "/static",
    "/static/pages.css",
    "/widget.js",
    "/nowhere",
    "/staff",
    "/staff/queue?q=a",
    "/staff/queue/",
    "/staff/sign-in",
    "/staff/static",
)
UNKEYED = (
    "X-Forwarded-Host",
    "X-Forwarded-Server",
    "X-Forwarded-Port",
    "X-Forwarded-Proto",
    "X-Forwarded-Scheme",
    "X-Forwarded-Prefix",
    "X-Forwarded-For",
    "Forwarded",
    "X-Host",
    "X-HTTP-Host-Override",
    "X-Original-Host",
    "X-Original-URL",
    "X-Rewrite-URL",
    "X-HTTP-Method-Override",
    "X-HTTP-Method",
    "X-Method-Override",
    "X-Real-IP",
    "True-Client-IP",
    "CF-Connecting-IP",
    "Via",
    "X-WAP-Profile",
    "Base-Url",
    "X-Forwarded-Path",
    "Front-End-Https",
)
# What is another at each answer by right.
RANDOM = re.compile(r"[0-9a-f]{64}|[A-Za-z0-9_-]{43}")
SECRETS = re.compile("root:x:0|requires-python|def create_app")


def without_chance(answer: Answer) -> tuple[int, str]:
    return answer.status, RANDOM.sub("*", answer.whole)


class TestTheHost:
    @pytest.mark.parametrize("host", OTHER_HOSTS)
    async def test_another_changes_no_answer(self, app: FastAPI, host: str) -> None:
        for page in PAGES:
            expected = await ask_raw(app, page)
            for scheme in ("https", "http"):
                answer = await ask_raw(app, page, host=(("host", host),), scheme=scheme)
                assert answer.status == expected.status
                assert host not in answer.whole and "evil" not in answer.whole, page
            assert "assistant.test" not in expected.headers.get("location", "")

    @pytest.mark.parametrize("host", NO_HOSTS)
    async def test_what_is_none_is_refused(self, app: FastAPI, host: str) -> None:
        for page in PAGES:
            answer = await ask_raw(app, page, host=(("host", host),))
            assert answer.status == 400 and "evil" not in answer.whole

    @pytest.mark.parametrize("second", ["evil.test", "assistant.test", ""])
    async def test_two_are_refused(self, app: FastAPI, second: str) -> None:
        for hosts in ((("host", "assistant.test"), ("host", second)), (("host", second), ("host", "assistant.test"))):
            assert (await ask_raw(app, "/chat/", host=hosts)).status == 400

    async def test_none_at_all_is_left_out_of_redirects_too(self, app: FastAPI) -> None:
        answer = await ask_raw(app, "/api/offers/", host=())
        assert (answer.status, answer.headers["location"]) == (307, "/api/offers")

    @pytest.mark.parametrize(
        "origin", ["http://evil.test", "https://evil.test:8080", "//evil.test", "http://evil.test@assistant.test"]
    )
    async def test_a_target_with_a_host_leads_nowhere_else(self, app: FastAPI, origin: str) -> None:
        for page in PAGES:
            answer = await ask_raw(app, origin + page)
            assert "evil" not in answer.headers.get("location", "")
            assert answer.status in (200, 303, 307, 404)


class TestCaches:
    @pytest.mark.parametrize("name", UNKEYED)
    async def test_no_header_that_caches_leave_out_changes_an_answer(self, app: FastAPI, name: str) -> None:
        for page in PAGES:
            expected = without_chance(await ask_raw(app, page))
            for value in ("evil.test", "/staff/record", "DELETE", "http", "host=evil.test;proto=http"):
                answer = await ask_raw(app, page, ((name, value),))
                assert without_chance(answer) == expected, (page, value)

    async def test_what_may_be_kept_is_asked_about_and_told_apart_by_how_it_is_packed(self, app: FastAPI) -> None:
        packed: Headers = (("accept-encoding", "gzip"),)
        for page in ("/static/pages.css", "/widget.js", "/staff/static/console.css"):
            answer = await ask_raw(app, page, packed)
            assert answer.status == 200 and answer.headers["cache-control"] == "no-cache"
            assert "accept-encoding" in answer.headers["vary"].lower() and "set-cookie" not in answer.headers

    @pytest.mark.parametrize(
        "suffix",
        ["/x.css", ";x.css", "%3bx.css", "%0ax.css", "?x.css", "%2fx.css", "%23x.css", "/%2e%2e/static/pages.css"],
    )
    async def test_no_page_can_be_taken_for_a_file(self, app: FastAPI, suffix: str) -> None:
        """Web cache deception: what is somebody's own, under an address that a cache takes for everybody's."""
        for page in ("/chat", "/staff/queue", "/staff/account", "/api/offers", "/staff/sign-in"):
            assert (await ask_raw(app, page + suffix)).headers["cache-control"] == "no-store"


class TestPaths:
    def test_there_are_enough(self) -> None:
        assert len(set(OUTSIDE)) >= 40

    @pytest.mark.parametrize(
        "folder", ["/static/", "/staff/static/", "/staff/static/vendor/", "/docs/assets/", "/widget.js/", "/"]
    )
    async def test_no_file_outside_the_folders_is_sent(self, app: FastAPI, folder: str) -> None:
        for outside in OUTSIDE:
            answer = await ask_raw(app, folder + outside)
            assert answer.status in (303, 400, 404, 405) and not SECRETS.search(answer.text), outside

    async def test_no_part_of_a_path_names_a_file(self, app: FastAPI) -> None:
        """Pages of the console ask who it is first; tests/web/console/test_addresses.py goes further."""
        paths = [
            (method, path) for method, path in every_route(app, "{}") if "{}" in path and not path.startswith("/staff")
        ]
        assert len(paths) >= 5
        for method, path in paths:
            for outside in OUTSIDE:
                answer = await ask_raw(app, path.replace("{}", outside), method=method)
                assert answer.status < 500 and not SECRETS.search(answer.text), (path, outside)

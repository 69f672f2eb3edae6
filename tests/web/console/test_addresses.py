"""E10 in the console: no part of a path names a file, and a narrowed queue comes back after signing in."""

from html import unescape

import httpx
import pytest
from fastapi import FastAPI

from assistant.console.accounts.visitors import own_path
from assistant.console.cookies import SECRET
from tests.support.addresses import ELSEWHERE, OUTSIDE, OWN
from tests.support.headers import every_route
from tests.support.raw_requests import ask_raw
from tests.support.staff import Desk
from tests.web.test_addresses import SECRETS


async def test_no_part_of_a_path_names_a_file(app: FastAPI, admin: Desk) -> None:
    cookie = (("cookie", f"{SECRET}={admin.colleague.secret}"),)
    paths = {path for method, path in every_route(app, "{}") if method == "GET" and "{}" in path}
    for path in sorted(path for path in paths if path.startswith("/staff") and "static" not in path):
        for outside in OUTSIDE:
            answer = await ask_raw(app, path.replace("{}", outside), cookie)
            assert answer.status < 500 and not SECRETS.search(answer.text), (path, outside)


def test_there_are_enough_ways_elsewhere() -> None:
    assert len(set(ELSEWHERE)) >= 60


@pytest.mark.parametrize("next", ELSEWHERE, ids=ascii)
def test_none_of_them_is_followed(next: str) -> None:
    assert own_path(next) == "/staff"


@pytest.mark.parametrize("next", OWN)
def test_a_page_of_the_console_is(next: str) -> None:
    assert own_path(next) == next


async def test_who_is_sent_to_sign_in_is_sent_back_to_the_same_page(stranger: httpx.AsyncClient) -> None:
    for path in OWN:
        page = await stranger.get(path, follow_redirects=True)
        assert page.url.path == "/staff/sign-in"
        field = page.text.split('name="next" value="')[1].split('"')[0]
        assert unescape(field) == path.removesuffix("?")

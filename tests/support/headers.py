"""What every answer must carry, and the addresses to ask so that every route answers."""

import re
from collections.abc import Iterator

import httpx
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import Mount, Route

KEPT = re.compile(r"/widget\.js|(?:/staff)?/static/.+")  # what is the same for everybody
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")


def check_headers(response: httpx.Response) -> None:
    """Every header, and a policy that lets in nothing from elsewhere."""
    path = response.url.path
    is_html = response.headers.get("content-type", "").startswith("text/html")
    has_forms = path.startswith(("/chat", "/staff")) and is_html
    is_kept = bool(KEPT.fullmatch(path)) and response.status_code in (200, 304)
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == ("same-origin" if has_forms else "no-referrer")
    assert response.headers["cache-control"] == ("no-cache" if is_kept else "no-store")
    assert not (is_kept and "set-cookie" in response.headers)
    assert int(response.headers["strict-transport-security"].removeprefix("max-age=")) >= 31536000
    policy = directives(response)
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'" and policy["base-uri"] == "'none'"
    whole = response.headers["content-security-policy"]
    if path == "/docs":  # Swagger UI styles itself and draws its arrows
        whole = whole.replace("style-src 'self' 'unsafe-inline'; img-src 'self' data:;", "")
    for loose in ("unsafe-", "http", "*", "data:", "blob:"):
        assert loose not in whole
    assert len(response.headers.get_list("content-security-policy")) == 1


def directives(response: httpx.Response) -> dict[str, str]:
    """The content security policy, by directive."""
    parts = (part.strip() for part in response.headers["content-security-policy"].split(";"))
    return {name: value for name, _, value in (part.partition(" ") for part in parts)}


def every_route(app: FastAPI, value: str = "1") -> Iterator[tuple[str, str]]:
    """Method and path of every route of the app, with this in place of what a path names."""
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, Mount):
            yield "GET", f"{route.path}/{value}"
        elif isinstance(route, APIRoute | Route):
            path = re.sub(r"\{\w+(?::\w+)?\}", value, route.path)
            yield from ((method, path) for method in sorted(route.methods or {"GET"}))

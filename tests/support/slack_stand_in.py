"""Slack's Web API on this machine: it checks every call against slack_sdk's own client, and keeps what was posted.

Faults are told beforehand, and each meets the next call of its method. Socket Mode is there as well.
"""

import asyncio
import inspect
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BasicAuth, WSMsgType, web
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

HOST = "127.0.0.1"
SECONDS = 20
BOT_TOKEN, APP_TOKEN, BOT_USER = "xoxb-1-made-up", "xapp-1-made-up", "UBOT"
MOST_BLOCKS, MOST_HOME_BLOCKS, LONGEST_TEXT, LONGEST_METADATA = 50, 100, 40_000, 3000
TOKENLESS = frozenset({"oauth.v2.access"})


@dataclass(frozen=True)
class Fault:
    """What goes wrong with the next call of a method. What is `stored` got through all the same."""

    method: str
    status: int = 200
    error: str = ""
    retry_after: str = ""
    stored: bool = False
    hangs: bool = False
    drops: bool = False
    text: str = ""


@dataclass
class SlackStandIn:
    """A workspace. `posted` are the messages of each channel; `calls` every call, with what it was given."""

    port: int = 0
    tokens: set[str] = field(default_factory=lambda: {BOT_TOKEN})
    posted: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    homes: dict[str, dict[str, Any]] = field(default_factory=dict)
    opened: list[dict[str, Any]] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    bearers: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, Any]] = field(default_factory=dict)
    acknowledged: dict[str, Any] = field(default_factory=dict)
    page_size: int = 200
    faults: deque[Fault] = field(default_factory=deque)
    _last_stamp: int = 0
    _sockets: list[web.WebSocketResponse] = field(default_factory=list)
    _let_go: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        """What to set as the address of the Web API."""
        return f"http://{HOST}:{self.port}/api/"

    async def open(self) -> None:
        """Listen; the second time at the same port as before."""
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_get("/socket", self._hear)
        self._let_go.clear()
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    def let_go(self) -> None:
        """End what hangs."""
        self._let_go.set()

    async def shut(self) -> None:
        """Listen no more."""
        self.let_go()
        await self._runner.cleanup()

    @property
    def messages(self) -> list[dict[str, Any]]:
        """Everything that was posted, in order."""
        return sorted((each for channel in self.posted.values() for each in channel), key=lambda each: str(each["ts"]))

    async def has(self, what: Callable[["SlackStandIn"], Any]) -> Any:
        """Wait until this is so; returns it."""
        async with asyncio.timeout(SECONDS):
            while not (found := what(self)):
                await asyncio.sleep(0.01)
        return found

    async def has_posted(self, number: int) -> list[dict[str, Any]]:
        """Wait for so many messages."""
        await self.has(lambda slack: len(slack.messages) >= number)
        return self.messages

    async def delivers(self, envelope_id: str, kind: str, payload: dict[str, Any]) -> None:
        """Send an envelope over the open socket."""
        await self.has(lambda slack: slack._sockets)
        envelope = {"envelope_id": envelope_id, "type": kind, "payload": payload, "accepts_response_payload": False}
        await self._sockets[-1].send_json(envelope)

    async def _hear(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(autoping=True)
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self._sockets.append(socket)
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                answer = json.loads(message.data)
                self.acknowledged[answer["envelope_id"]] = answer.get("payload")
        self._sockets.remove(socket)
        return socket

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        given = await _arguments(request)
        self.calls.append((method, given))
        self.bearers.append(request.headers.get("Authorization", "").removeprefix("Bearer "))
        fault = next((each for each in self.faults if each.method == method), None)
        if fault is not None:
            self.faults.remove(fault)
            if fault.stored:
                self._answer(method, given)
            return await self._fail(request, fault)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        known = {*self.tokens, APP_TOKEN} if method == "apps.connections.open" else self.tokens
        if method not in TOKENLESS and token not in known:
            return web.json_response({"ok": False, "error": "invalid_auth"})
        if mistake := mistake_in(method, given):
            self.wrong.append(f"{method}: {mistake}")
            return web.json_response({"ok": False, "error": "invalid_arguments"})
        return web.json_response(self._answer(method, given))

    async def _fail(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.hangs:
            await self._let_go.wait()
        if fault.drops and request.transport is not None:
            request.transport.abort()
        headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
        if fault.text:
            return web.Response(text=fault.text, status=fault.status, headers=headers)
        return web.json_response({"ok": False, "error": fault.error}, status=fault.status, headers=headers)

    def _answer(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = {"ok": True, **_ANSWERS[method](self, given)}
        return answer

    def _post(self, given: dict[str, Any]) -> dict[str, Any]:
        # The time, in microseconds; no two messages have the same.
        stamp = self._last_stamp = max(self._last_stamp + 1, time.time_ns() // 1000)
        message = {**given, "ts": f"{stamp // 1_000_000}.{stamp % 1_000_000:06d}", "user": BOT_USER, "bot_id": "B1"}
        self.posted[given["channel"]].append(message)
        return {"channel": given["channel"], "ts": message["ts"], "message": message}

    def _update(self, given: dict[str, Any]) -> dict[str, Any]:
        found = [each for each in self.posted[given["channel"]] if each["ts"] == given["ts"]]
        if not found:
            return {"ok": False, "error": "message_not_found"}
        found[0].update(text=given["text"], blocks=given["blocks"], edited=True)
        return {"channel": given["channel"], "ts": given["ts"]}

    def _page(self, given: dict[str, Any]) -> dict[str, Any]:
        thread, start = given.get("ts"), int(given.get("cursor") or 0)
        there = [
            each
            for each in self.posted[given["channel"]]
            if each.get("thread_ts") == thread and float(each["ts"]) > float(given.get("oldest", 0))
        ]
        size = min(self.page_size, int(given.get("limit", 100)))
        cursor = str(start + size) if start + size < len(there) else ""
        page = there[start : start + size]
        if given.get("include_all_metadata") != "1":
            page = [{name: value for name, value in each.items() if name != "metadata"} for each in page]
        return {"messages": page, "response_metadata": {"next_cursor": cursor}}

    def _publish(self, given: dict[str, Any]) -> dict[str, Any]:
        self.homes[given["user_id"]] = given["view"]
        return {"view": {**given["view"], "id": "V1"}}

    def _open_view(self, given: dict[str, Any]) -> dict[str, Any]:
        self.opened.append(given["view"])
        return {"view": {**given["view"], "id": "V1"}}

    def _access(self, given: dict[str, Any]) -> dict[str, Any]:
        return self.codes.pop(given.get("code", ""), None) or {"ok": False, "error": "invalid_code"}


Answer = Callable[[SlackStandIn, dict[str, Any]], dict[str, Any]]
_ANSWERS: dict[str, Answer] = {
    "chat.postMessage": SlackStandIn._post,
    "chat.update": SlackStandIn._update,
    "conversations.open": lambda _, given: {"channel": {"id": f"D{given['users']}"}},
    "conversations.history": SlackStandIn._page,
    "conversations.replies": SlackStandIn._page,
    "views.publish": SlackStandIn._publish,
    "views.open": SlackStandIn._open_view,
    "auth.test": lambda _, given: {"bot_id": "B1", "user_id": BOT_USER, "url": "https://x.slack.com/"},
    "oauth.v2.access": SlackStandIn._access,
    "apps.connections.open": lambda slack, _: {"url": f"ws://{HOST}:{slack.port}/socket"},
}


def mistake_in(method: str, given: dict[str, Any]) -> str:
    """What slack_sdk's client, or its models of blocks and views, would not have in this call, if anything."""
    call = getattr(AsyncWebClient, method.replace(".", "_"), None)
    if call is None or method not in _ANSWERS:
        return "no such method"
    known = {name: each for name, each in inspect.signature(call).parameters.items() if name not in ("self", "kwargs")}
    needed = {name for name, each in known.items() if each.default is inspect.Parameter.empty and name != "app_token"}
    if strange := set(given) - set(known):
        return f"strange arguments {sorted(strange)}"
    if missing := needed - set(given):
        return f"missing arguments {sorted(missing)}"
    try:
        _check_contents(method, given)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _check_contents(method: str, given: dict[str, Any]) -> None:
    if method in ("chat.postMessage", "chat.update"):
        assert 0 < len(given["text"]) <= LONGEST_TEXT, "text"
        assert given["channel"], "channel"
        if "blocks" in given:
            _check_blocks(given["blocks"], MOST_BLOCKS)
    if "metadata" in given:
        assert set(given["metadata"]) == {"event_type", "event_payload"}, "metadata"
    if "view" in given:
        view = given["view"]
        View(**view).validate_json()
        assert len(view.get("private_metadata", "")) <= LONGEST_METADATA, "private_metadata"
        _check_blocks(view["blocks"], MOST_HOME_BLOCKS)


def _check_blocks(blocks: list[dict[str, Any]], most: int) -> None:
    assert 0 < len(blocks) <= most, "number of blocks"
    parsed = Block.parse_all(blocks)
    assert len(parsed) == len(blocks) and None not in parsed, "unknown block"
    for block in parsed:
        block.validate_json()


async def _arguments(request: web.Request) -> dict[str, Any]:
    given: dict[str, Any] = dict(request.query)
    if request.headers.get("Authorization", "").startswith("Basic "):  # the client's own name and secret
        basic = BasicAuth.decode(request.headers["Authorization"])
        given |= {"client_id": basic.login, "client_secret": basic.password}
    if request.content_type == "application/json":
        return given | dict(await request.json())
    form = await request.post()
    return given | {name: str(value) for name, value in form.items()}

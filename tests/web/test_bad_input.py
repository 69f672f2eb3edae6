"""Whatever is sent, the answer is a 4xx or a reply, nothing is stored half, and everybody else is answered."""

import json
import string
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.asker import Asker, open_asker
from tests.support.fake_engine import FakeEngine

TEXTS = {
    "empty": "",
    "white space": " \t\n",
    "lone surrogate": "\ud800",
    "surrogates the wrong way round": "\udc00\ud800 hello",
    "NUL": "what\0is this",
    "NUL alone": "\0",
    "control characters": "".join(map(chr, range(32))),
    "escape sequences": "\x1b[31mred\x1b[0m",
    "right to left": "\u202egnp.exe",
    "hidden": "\u200b\u2060\ufeff",
    "tags": "hello \U000e0041\U000e0042",
    "zalgo": "h" + "\u0336" * 900,
    "only accents": "\u0301" * 500,
    "slash": '/choose{"slug": "lfhii"}',
    "slash in full width": '／take_step{"step": "consent", "state": "yes"}',
    "restart": "/restart",
    "session start": "/session_start",
    "external": "EXTERNAL: x",
    "template": "{{7*7}} {general_email} %s ${x}",
    "markup": "<script>alert(1)</script>",
    "SQL": "'; DROP TABLE messages; --",
    "YAML": "!!python/object/apply:os.system ['true']",
    "noncharacters": "\uffff\ufffe\U0010ffff",
    "emoji": "👨‍👩‍👧‍👦" * 40,
    "one long word": "x" * 1000,
    "too long": "x" * 1001,
}
JSON_BODIES: dict[str, object] = {
    "null": None,
    "number": 1,
    "true": True,
    "text": "hello",
    "array": [],
    "array of a message": [{"text": "hello"}],
    "empty object": {},
    "text of a number": {"text": 1},
    "text of true": {"text": True},
    "text of null": {"text": None},
    "text of an array": {"text": ["hello"]},
    "text of an object": {"text": {"text": "hello"}},
    "choice of a number": {"choice": 1},
    "long choice": {"choice": "x" * 101},
    "choice with a surrogate": {"choice": "\ud800"},
    "choice with NUL": {"choice": "a\0b"},
    "form of a text": {"form": "x"},
    "form of an array": {"form": []},
    "form with surrogates": {
        "form": {"question": "\ud800", "name": "\ud800", "email": "\ud800@nhs.net", "consent": True}
    },
    "form with NUL": {"form": {"question": "a\0", "name": "\0", "email": "a\0@nhs.net", "consent": True}},
    "unknown field": {"text": "hello", "sender": "x"},
    "unknown field named by a surrogate": {"text": "hello", "\ud800": 1},
    "unknown field named by NUL": {"text": "hello", "\0": 1},
    "unknown field named by a secret": {"Zanzibar": "Zanzibar"},
    "many unknown fields": {f"field {number}": number for number in range(500)},
    "prototype": {"__proto__": {"text": "hello"}, "constructor": 1},
}
RAW_BODIES = {
    "nothing": b"",
    "no JSON": b"hello",
    "half of it": b'{"text": "hel',
    "single quotes": b"{'text': 'hello'}",
    "comma at the end": b'{"text": "hello",}',
    "NaN": b'{"text": NaN}',
    "bare NaN": b"NaN",
    "infinity": b'{"text": -Infinity}',
    "huge number": b'{"text": ' + b"9" * 10_000 + b"}",
    "huge exponent": b'{"text": 1e999999}',
    "deep arrays": b"[" * 8000 + b"]" * 8000,
    "deep arrays left open": b"[" * 16_000,
    "deep objects": b'{"text":' * 1500 + b"1" + b"}" * 1500,
    "invalid UTF-8": b'{"text": "\xff\xfe"}',
    "overlong UTF-8": b'{"text": "\xc0\xaf"}',
    "UTF-8 of a surrogate": b'{"text": "\xed\xa0\x80"}',
    "UTF-16": '{"text": "hello"}'.encode("utf-16"),
    "UTF-32": '{"text": "hello"}'.encode("utf-32"),
    "Latin 1": '{"text": "Zoë"}'.encode("latin-1"),
    "byte order mark": b'\xef\xbb\xbf{"text": "hello"}',
    "the same field twice": b'{"text": "first", "text": "hello"}',
    "the same field twice, once wrong": b'{"text": "hello", "text": 1}',
    "escaped surrogate": b'{"text": "\\ud800"}',
    "escaped half pair": b'{"text": "\\ud83d hello"}',
    "escaped NUL": b'{"text": "a\\u0000b"}',
    "raw NUL": b'{"text": "a\x00b"}',
    "raw newline in a text": b'{"text": "a\nb"}',
    "two messages": b'{"text": "hello"}{"text": "hello"}',
    "random bytes": bytes(range(256)),
}
CONTENT_TYPES = [
    "",
    "text/plain",
    "text/plain; charset=utf-16",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/xml",
    "application/json; charset=utf-16",
    "application/json; charset=nonsense",
    "application/problem+json",
    "application/json, text/plain",
    "/",
    ";",
    "x" * 5000,
    "\xff",
]
ODD_HEADERS = [
    "",
    " ",
    "\xff\xfe",
    "a\tb",
    "'; DROP TABLE messages; --",
    "x" * 100,
    "x" * 101,
    "x" * 50_000,
    "\x00",
    "👍",
]
ODD_IDS = [
    "%00",
    "a%00b",
    "%ff%fe",
    "%ed%a0%80",
    "..",
    "%2e%2e%2f%2e%2e",
    "%2f",
    "a%2fb",
    "%25",
    "%",
    "%zz",
    "'%20OR%201=1%20--",
    "%F0%9F%91%8D",
    "x" * 5000,
    "%0d%0aSet-Cookie:%20a=b",
    "null",
    "-1",
    "{conversation}",
]


@pytest.fixture(autouse=True)
async def others_are_unaffected(client: httpx.AsyncClient) -> AsyncIterator[None]:
    """After every test, a conversation that was open before it and a new one are answered."""
    before = await open_asker(client)
    await before.asks("hello")
    yield
    for asker in (before, await open_asker(client)):
        reply = await asker.asks("What does the observatory do?")
        assert reply["outcome"] == "offer"
    assert [entry.get("text") for entry in await before.reads_back() if entry["from"] == "asker"][0] == "hello"


def check(response: httpx.Response) -> None:
    """A reply, or a problem of the asker's own making that does not repeat what was sent."""
    assert response.status_code == 200 or 400 <= response.status_code < 500, response.text[:500]
    assert len(response.content) < 20_000
    if response.status_code != 200:
        assert response.headers["content-type"] == "application/problem+json"
        assert set(response.json()) == {"type", "title", "status", "detail"}
        assert "Zanzibar" not in response.text


def as_json(body: object) -> bytes:
    """JSON with everything escaped, so that lone surrogates can be sent at all."""
    return json.dumps(body).encode("ascii")


class TestTexts:
    @pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
    async def test_any_text(self, asker: Asker, text: str) -> None:
        check(await asker.sends_raw(as_json({"text": text})))

    @pytest.mark.parametrize("step", range(4))
    async def test_any_text_at_any_step(self, client: httpx.AsyncClient, step: int) -> None:
        for text in TEXTS.values():
            asker = await open_asker(client)
            for said in ["leave a question", "Is there parking?", "Ade Okafor", "ade@nhs.net"][: step + 1]:
                await asker.asks(said)
            check(await asker.sends_raw(as_json({"text": text})))

    @pytest.mark.parametrize("name", ["slash", "slash in full width", "restart", "session start"])
    async def test_no_typed_text_is_a_payload(self, asker: Asker, engine: FakeEngine, name: str) -> None:
        await asker.asks(TEXTS[name])
        assert [request.payload for request in engine.requests if request.conversation == asker.conversation] == [None]

    async def test_a_hundred_kilobytes(self, asker: Asker) -> None:
        assert (await asker.sends({"text": "x" * 100_000})).status_code == 413

    @given(text=st.text(st.characters(), max_size=1200))
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    async def test_arbitrary_text(self, asker: Asker, text: str) -> None:
        check(await asker.sends_raw(as_json({"text": text})))


class TestBodies:
    @pytest.mark.parametrize("body", JSON_BODIES.values(), ids=JSON_BODIES)
    async def test_any_json(self, asker: Asker, body: object) -> None:
        check(await asker.sends_raw(as_json(body)))

    async def test_any_json_as_feedback(self, asker: Asker) -> None:
        reference = (await asker.asks("question"))["enquiry"]
        path, headers = f"{asker.path}/enquiries/{reference}/feedback", {"Content-Type": "application/json"}
        for body in JSON_BODIES.values():
            check(await asker.client.post(path, content=as_json(body), headers={**asker.headers, **headers}))

    @pytest.mark.parametrize("body", RAW_BODIES.values(), ids=RAW_BODIES)
    async def test_any_bytes(self, asker: Asker, body: bytes) -> None:
        check(await asker.sends_raw(body))

    @pytest.mark.parametrize("content_type", CONTENT_TYPES, ids=lambda value: repr(value[:40]))
    async def test_any_content_type(self, asker: Asker, content_type: str) -> None:
        headers: dict[str, Any] = {**asker.headers, "Content-Type": content_type.encode("latin-1")}
        path = f"{asker.path}/messages"
        check(await asker.client.post(path, content=b'{"text": "hello"}', headers=headers))

    async def test_the_last_of_the_same_field_is_taken(self, asker: Asker) -> None:
        await asker.sends_raw(RAW_BODIES["the same field twice"])
        assert (await asker.reads_back())[0]["text"] == "hello"

    async def test_a_body_where_none_belongs(self, asker: Asker) -> None:
        assert (await asker.client.post("/api/conversations", content=b"\xff")).status_code == 201
        path = f"{asker.path}/messages"
        response = await asker.client.request("GET", path, content=b"\xff", headers=asker.headers)
        assert response.status_code == 200

    @given(
        body=st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=50),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["text", "choice", "form", "question", "name", "email", "consent"])
                    | st.text(max_size=5),
                    inner,
                    max_size=4,
                )
            ),
            max_leaves=8,
        )
    )
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    async def test_arbitrary_json(self, asker: Asker, body: object) -> None:
        check(await asker.sends_raw(as_json(body)))

    @given(body=st.binary(max_size=200))
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    async def test_arbitrary_bytes(self, asker: Asker, body: bytes) -> None:
        check(await asker.sends_raw(body))


class TestHeaders:
    @pytest.mark.parametrize("value", ODD_HEADERS, ids=lambda value: repr(value[:40]))
    async def test_odd_keys(self, asker: Asker, value: str) -> None:
        headers: dict[str, Any] = {**asker.headers, "Idempotency-Key": value.encode()}
        path = f"{asker.path}/messages"
        for _ in range(2):
            check(await asker.client.post(path, json={"text": "hello"}, headers=headers))

    async def test_two_keys(self, asker: Asker) -> None:
        headers = [*asker.headers.items(), ("Idempotency-Key", "a"), ("Idempotency-Key", "b")]
        check(await asker.client.post(f"{asker.path}/messages", json={"text": "hello"}, headers=headers))

    @pytest.mark.parametrize("scheme", ["", "Bearer ", "bearer ", "Bearer\t", "Basic "])
    async def test_odd_tokens(self, asker: Asker, scheme: str) -> None:
        for value in ODD_HEADERS:
            headers: dict[str, Any] = {"Authorization": scheme.encode() + value.encode()}
            response = await asker.client.post(f"{asker.path}/messages", json={"text": "hello"}, headers=headers)
            assert response.status_code in (401, 404)
            check(response)

    async def test_two_tokens(self, asker: Asker, other: Asker) -> None:
        headers = [*other.headers.items(), *asker.headers.items()]
        response = await asker.client.post(f"{asker.path}/messages", json={"text": "hello"}, headers=headers)
        assert response.status_code in (401, 404)


class TestPaths:
    @pytest.mark.parametrize("odd", ODD_IDS, ids=lambda value: value[:40])
    async def test_odd_ids(self, asker: Asker, odd: str) -> None:
        reference = (await asker.asks("question"))["enquiry"]
        for method, path, body in (
            ("POST", f"/api/conversations/{odd}/messages", {"text": "hello"}),
            ("GET", f"/api/conversations/{odd}/messages", None),
            ("DELETE", f"/api/conversations/{odd}", None),
            ("POST", f"/api/conversations/{odd}/enquiries/{reference}/feedback", {"useful": True}),
            ("POST", f"{asker.path}/enquiries/{odd}/feedback", {"useful": True}),
            ("DELETE", f"{asker.path}/enquiries/{odd}/follow-up", None),
            ("GET", f"/api/offers/{odd}", None),
            ("GET", f"/static/{odd}", None),
            ("GET", f"/docs/assets/{odd}", None),
            ("GET", f"/{odd}", None),
        ):
            response = await asker.client.request(method, path, json=body, headers=asker.headers)
            assert response.status_code in (307, 401, 404, 405) or (odd == ".." and response.status_code == 200), path
            assert "set-cookie" not in response.headers

    @given(odd=st.text(st.characters(codec="utf-8") | st.sampled_from(string.punctuation), min_size=1, max_size=60))
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    async def test_arbitrary_ids(self, asker: Asker, odd: str) -> None:
        url = httpx.URL("http://assistant.test").copy_with(
            raw_path=b"/api/conversations/" + percent(odd) + b"/messages"
        )
        response = await asker.client.get(url, headers=asker.headers)
        assert response.status_code in (404, 405)

    @pytest.mark.parametrize("query", ["stream=true", "%00", "a=%ff", "&&&===", "text=hello", "x" * 5000])
    async def test_odd_queries(self, asker: Asker, query: str) -> None:
        path = f"{asker.path}/messages?{query}"
        assert (await asker.client.post(path, json={"text": "hello"}, headers=asker.headers)).status_code == 200


def percent(text: str) -> bytes:
    """Every byte of the text, escaped."""
    return "".join(f"%{byte:02x}" for byte in text.encode()).encode()

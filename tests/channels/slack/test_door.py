"""C1 and C9 of the security reference: forged, stale and altered requests are refused, and keys rotate."""

import json
import secrets
from urllib.parse import urlencode

import httpx
from pydantic import SecretStr

from assistant.db.engine import Database
from assistant.settings import Settings
from tests.channels.slack.conftest import Assistant
from tests.support.slack_caller import FORM, JSON, PATH, SECRET, SlackCaller, direct, signed, stamp
from tests.support.slack_stand_in import SlackStandIn

BODY = json.dumps(direct("hello"))
GOOD = signed(BODY, "1700000000")["X-Slack-Signature"]
SIGNATURE, TIMESTAMP = "X-Slack-Signature", "X-Slack-Request-Timestamp"

STAMPS = (
    "", " ", "abc", "1.5", "1e9", "-1", f"-{stamp()}", f"+{stamp()}", "0", "9" * 12, "9" * 13, "9" * 5000, "nan", "inf",
    "0x10", "1_7", "٣٤٥", "１７", "None", "true", f"{stamp()} ", f"{stamp()}\t1", f"{stamp()},{stamp()}",
)  # fmt: skip
SIGNATURES = (
    "", "v0=", "v0", "v1=" + GOOD[3:], "V0=" + GOOD[3:], GOOD[3:], GOOD[:-1], GOOD + "0", GOOD.upper(),
    "v0=" + "0" * 64,
    "v0=" + "é" * 64, "v0=" + "g" * 64, "v0=" + "０" * 64, GOOD + "," + GOOD, "v0=" + "0" * 5000, "sha256=" + GOOD[3:],
)  # fmt: skip
OFFSETS_GOOD, OFFSETS_BAD = (-299, -10, 0, 299), (-301, -86_400, 302, 86_400)


def raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers.items()]


async def post(caller: SlackCaller, body: bytes | str, headers: dict[str, str]) -> httpx.Response:
    return await caller.client.post(PATH, content=body, headers=raw({"Content-Type": JSON, **headers}))


async def test_a_strange_time_is_refused(caller: SlackCaller) -> None:
    for when in STAMPS:
        headers = {SIGNATURE: signed(BODY, when)[SIGNATURE], TIMESTAMP: when}
        assert (await post(caller, BODY, headers)).status_code == 401, when


async def test_a_strange_signature_is_refused(caller: SlackCaller) -> None:
    for signature in SIGNATURES:
        assert (await post(caller, BODY, {TIMESTAMP: stamp(), SIGNATURE: signature})).status_code == 401, signature


async def test_what_is_older_or_newer_than_five_minutes_is_refused(caller: SlackCaller) -> None:
    for offsets, status in ((OFFSETS_BAD, 401), (OFFSETS_GOOD, 200)):
        for offset in offsets:
            assert (await post(caller, BODY, signed(BODY, stamp(offset)))).status_code == status, offset


async def test_without_its_headers_it_is_refused(caller: SlackCaller) -> None:
    for missing in ((SIGNATURE,), (TIMESTAMP,), (SIGNATURE, TIMESTAMP)):
        headers = {name: value for name, value in signed(BODY).items() if name not in missing}
        assert (await post(caller, BODY, headers)).status_code == 401, missing


async def test_a_header_that_stands_twice_is_refused(caller: SlackCaller) -> None:
    for twice in (SIGNATURE, TIMESTAMP):
        headers = signed(BODY)
        given = [*raw(headers), *raw({twice: headers[twice]})]
        assert (await caller.client.post(PATH, content=BODY, headers=given)).status_code == 401, twice


async def test_another_secret_is_refused(caller: SlackCaller) -> None:
    for secret in ("x", SECRET[:-1], SECRET + " ", SECRET.upper(), secrets.token_hex(16)):
        assert (await post(caller, BODY, signed(BODY, secret=secret))).status_code == 401, secret


async def test_one_changed_byte_anywhere_is_refused(caller: SlackCaller) -> None:
    headers, body = signed(BODY), BODY.encode()
    places = range(0, len(body), max(1, len(body) // 40))
    changed = [body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :] for at in places]
    changed += [body + b" ", b" " + body, body[:-1], b"", b"\xff" + body]
    assert {(await post(caller, each, headers)).status_code for each in changed} == {401}


UNSIGNED = [(b"ssl_check=1&token=x", FORM), (b"{", JSON), (b'{"type":"url_verification"}', JSON), (b"", JSON)]


async def test_what_nobody_signed_is_refused_unread(caller: SlackCaller) -> None:
    for method in ("GET", "POST"):
        for body, kind in UNSIGNED:
            response = await caller.client.request(method, PATH, content=body, headers={"Content-Type": kind})
            assert (response.status_code, response.text) == (401, ""), (method, body)


async def test_a_signed_get_is_refused(caller: SlackCaller) -> None:
    assert (await caller.client.get(PATH, headers=signed(""))).status_code == 401


NO_PAYLOADS = [
    (b"{", JSON), (b"[1]", JSON), (b'"x"', JSON), (b"null", JSON), (b"1", JSON), (b"", JSON), (b"[" * 10_000, JSON),
    (b'{"n":' + b"9" * 5000 + b"}", JSON), (b'{"event":1}', JSON), (b'{"event":[]}', JSON), (b'{"team":5}', JSON),
    (b"payload=%7B", FORM), (b"payload=%5B1%5D", FORM), (b"payload=", FORM), (b"payload=%FF", FORM),
    (b"{}", "text/plain"), (b"{}", ""), (b"{}", "multipart/form-data"),
]  # fmt: skip


async def test_what_is_no_payload_is_a_bad_request_even_signed(caller: SlackCaller) -> None:
    for body, kind in NO_PAYLOADS:
        assert (await caller.sends(body, kind)).status_code == 400, (body[:50], kind)


async def test_what_is_not_utf_8_nobody_at_slack_signed(caller: SlackCaller) -> None:
    headers = signed(b"{}")
    assert (await post(caller, b"\xff\xfe", headers)).status_code == 401


STRANGE = [
    {}, {"type": "x"}, {"type": "event_callback"}, {"type": "event_callback", "event": {}},
    {"type": "event_callback", "event": {"type": "message"}}, {"type": "event_callback", "event": {"type": 5}},
    {"type": "event_callback", "event": {"type": "message", "channel": 1, "user": [], "text": {}}},
    {"type": "event_callback", "event": {"type": "app_home_opened"}}, {"type": "event_callback", "event": None},
    {"type": "event_callback", "event": {"type": "tokens_revoked", "tokens": 1}},
    {"type": "block_actions"}, {"type": "block_actions", "actions": []}, {"type": "block_actions", "actions": [1]},
    {"type": "block_actions", "actions": [{"action_id": 5}]}, {"type": "view_submission"},
    {"type": "block_actions", "actions": [{"action_id": "decide:take:0", "value": "{"}], "user": {"id": "U1"}},
    {"type": "block_actions", "actions": [{"action_id": "decide:take:0", "value": "[]"}], "user": {"id": "U1"}},
    {"type": "block_actions", "actions": [{"action_id": "decide:shout:0", "value": "{}"}], "user": {"id": "U1"}},
    {"type": "view_submission", "view": {}}, {"type": "view_submission", "view": None}, {"type": "view_closed"},
    {"type": "view_submission", "view": {"callback_id": "question_form", "state": {"values": {}}}},
    {"type": "view_submission", "view": 1},
    {"type": "view_submission", "view": {"callback_id": "question_form", "state": 1}},
    {"authorizations": 5}, {"authorizations": [5]}, {"authorizations": []}, {"enterprise": 5}, {"user": 5},
]  # fmt: skip


async def test_a_strange_payload_is_never_an_error_of_ours(caller: SlackCaller) -> None:
    for payload in STRANGE:
        body = json.dumps(payload)
        for sent, kind in ((body, JSON), (urlencode({"payload": body}), FORM)):
            assert (await caller.sends(sent, kind)).status_code in (200, 400), payload


async def test_slack_is_told_its_challenge(caller: SlackCaller) -> None:
    response = await caller.sends('{"type":"url_verification","challenge":"abc"}', "application/json; charset=utf-8")
    assert (response.status_code, response.json()) == (200, {"challenge": "abc"})


async def test_either_secret_is_good_while_one_replaces_another(
    assistant: Assistant, slack_settings: Settings, slack: SlackStandIn
) -> None:
    rotating = slack_settings.model_copy(update={"slack_signing_secret": SecretStr(f"{SECRET}, the new one")})
    async with assistant(rotating) as caller:
        for secret in (SECRET, "the new one"):
            caller.secret = secret
            assert (await caller.delivers(direct("hello"))).status_code == 200
        caller.secret = f"{SECRET}, the new one"
        assert (await caller.delivers(direct("hello"))).status_code == 401
        assert len(await slack.has_posted(2)) == 2


async def test_what_cannot_be_written_down_is_not_acknowledged(caller: SlackCaller, database: Database) -> None:
    message = direct("hello")
    with database.write() as session:  # whoever writes now finds it locked
        session.connection()
        assert (await caller.delivers(message)).status_code == 503
    assert (await caller.delivers(message)).status_code == 200

"""Requests that do not prove to be from Teams, each wrong in one thing."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import RSAAlgorithm

from tests.support.teams_messages import private_key
from tests.support.teams_stand_in import APP, ISSUER, TENANT, TeamsStandIn

Made = Callable[[TeamsStandIn], str]
HOUR = 3600


def claiming(**claims: Any) -> Made:
    """A token that claims otherwise; None takes a claim out."""
    return lambda teams: teams.token(**claims)


def signed(header: dict[str, Any], key: str = "first", **claims: Any) -> Made:
    """A token that no library would make, signed by hand."""

    def make(teams: TeamsStandIn) -> str:
        parts = f"{_b64(json.dumps(header).encode())}.{_b64(json.dumps(teams.claims(**claims)).encode())}"
        return f"{parts}.{_b64(RSAAlgorithm(RSAAlgorithm.SHA256).sign(parts.encode(), private_key(key)))}"

    return make


def in_time(**seconds: int) -> Made:
    """A token whose times are so many seconds from now."""
    return lambda teams: teams.token(**{name: int(time.time()) + each for name, each in seconds.items()})


def headed(algorithm: str = "RS256", key: str = "first", **header: Any) -> Made:
    """A token with another header; None takes an entry out."""

    def make(teams: TeamsStandIn) -> str:
        given = {name: each for name, each in {"kid": "first", **header}.items() if each is not None}
        return jwt.encode(teams.claims(), private_key(key), algorithm, given)

    return make


def _b64(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def raw(header: Any, payload: Any = None, signature: str = "c2ln") -> Made:
    """A token put together by hand."""

    def make(teams: TeamsStandIn) -> str:
        claims = teams.claims() if payload is None else payload
        parts = [part if isinstance(part, bytes) else json.dumps(part).encode() for part in (header, claims)]
        return ".".join([*map(_b64, parts), signature])

    return make


def _public_pem() -> bytes:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return private_key("first").public_key().public_bytes(serialization.Encoding.PEM, form)


def _with_public_key_as_secret(teams: TeamsStandIn) -> str:
    """The oldest trick: what everybody knows, taken for a shared secret."""
    head, payload = _b64(b'{"alg":"HS256","typ":"JWT","kid":"first"}'), _b64(json.dumps(teams.claims()).encode())
    digest = hmac.new(_public_pem(), f"{head}.{payload}".encode(), hashlib.sha256).digest()
    return f"{head}.{payload}.{_b64(digest)}"


def _by_ellipse(teams: TeamsStandIn) -> str:
    return jwt.encode(teams.claims(), ec.generate_private_key(ec.SECP256R1()), "ES256", {"kid": "first"})


def _altered(part: int) -> Made:
    def make(teams: TeamsStandIn) -> str:
        parts = teams.token().split(".")
        middle = len(parts[part]) // 2
        letter = "A" if parts[part][middle] != "A" else "B"
        parts[part] = parts[part][:middle] + letter + parts[part][middle + 1 :]
        return ".".join(parts)

    return make


def _signed_bytes(payload: bytes) -> Made:
    """What is no claims at all, signed all the same."""
    return lambda teams: jwt.api_jws.encode(payload, private_key("first"), "RS256", {"kid": "first"})


def _spliced(teams: TeamsStandIn) -> str:
    """The payload of one token with the signature of another."""
    head, _, signature = teams.token().split(".")
    return f"{head}.{_b64(json.dumps(teams.claims(aud=APP, extra='1')).encode())}.{signature}"


BAD_TOKENS: dict[str, Made] = {
    "another issuer": claiming(iss="https://evil.example"),
    "the issuer with a slash": claiming(iss=ISSUER + "/"),
    "the issuer in capitals": claiming(iss=ISSUER.upper()),
    "the issuer of the tenant": claiming(iss=f"https://sts.windows.net/{TENANT}/"),
    "the issuer of the emulator": claiming(iss=f"https://login.microsoftonline.com/{TENANT}/v2.0"),
    "several issuers": signed({"alg": "RS256", "kid": "first"}, iss=[ISSUER]),
    "no issuer": claiming(iss=None),
    "another audience": claiming(aud="99999999-2222-3333-4444-555555555555"),
    "the audience as an address": claiming(aud=f"api://{APP}"),
    "several audiences": claiming(aud=[APP, "another"]),
    "the audience in capitals": claiming(aud="A" + APP[1:]),
    "an empty audience": claiming(aud=""),
    "no audience": claiming(aud=None),
    "no expiry": claiming(exp=None),
    "no issuer and no expiry": claiming(iss=None, exp=None),
    "expired six minutes ago": in_time(nbf=-HOUR, exp=-360),
    "expired last year": in_time(nbf=-9000 * HOUR, exp=-8800 * HOUR),
    "expiry that is no number": claiming(exp="tomorrow"),
    "expiry without end": claiming(exp=float("inf")),
    "expiry in a list": claiming(exp=[1]),
    "not yet good": in_time(nbf=360),
    "not before that is no number": claiming(nbf="yesterday"),
    "issued in an hour": in_time(iat=HOUR),
    "no service URL": claiming(serviceurl=None),
    "another service URL": claiming(serviceurl="https://smba.trafficmanager.net/uk/"),
    "service URL without its slash": lambda teams: teams.token(serviceurl=teams.service_url.rstrip("/")),
    "service URL in a list": lambda teams: teams.token(serviceurl=[teams.service_url]),
    "no key named": headed(kid=None),
    "an empty key name": headed(kid=""),
    "an unknown key": headed(kid="second"),
    "a key name that leads elsewhere": headed(kid="../../first"),
    "a key name that is a query": headed(kid="first' or '1'='1"),
    "a key name of a number": raw({"alg": "RS256", "kid": 1}),
    "a key of somebody else's": headed(key="somebody else's"),
    "a key for another channel": lambda teams: teams.token("skype only"),
    "a key for no channel": lambda teams: teams.token("for nobody"),
    "a key that is too short": signed({"alg": "RS256", "kid": "short"}, "short"),
    "signed with RS384": headed("RS384"),
    "signed with RS512": headed("RS512"),
    "signed with PS256": headed("PS256"),
    "signed with HS256 and the public key": _with_public_key_as_secret,
    "signed with ES256": _by_ellipse,
    "signed with nothing": raw({"alg": "none", "kid": "first"}, signature=""),
    "signed with nothing, yet signed": raw({"alg": "none", "kid": "first"}),
    "signed with NONE": raw({"alg": "NONE", "kid": "first"}),
    "no algorithm": raw({"kid": "first"}),
    "several algorithms": raw({"alg": ["RS256"], "kid": "first"}),
    "an address of keys in the header": headed(key="somebody else's", jku="https://evil.example/keys"),
    "a key in the header": headed(key="somebody else's", jwk={"kty": "RSA", "n": "AQAB", "e": "AQAB"}),
    "an extension that must be known": headed(crit=["exp"], exp=1),
    "a header that is no JSON": raw(b"{"),
    "a header that is a list": raw([]),
    "a header without end": raw(b"[" * 5000),
    "a header altered": _altered(0),
    "claims altered": _altered(1),
    "the signature altered": _altered(2),
    "no signature": lambda teams: teams.token().rpartition(".")[0] + ".",
    "another token's signature": _spliced,
    "claims that are no JSON": _signed_bytes(b"{"),
    "claims that are a list": _signed_bytes(b"[]"),
    "claims without end": _signed_bytes(b"[" * 4000),
    "claims that are no text": _signed_bytes(b"\xff\xfe"),
    "two parts": lambda teams: teams.token().rpartition(".")[0],
    "four parts": lambda teams: teams.token() + ".AAAA",
    "five parts, as if encrypted": lambda teams: teams.token() + ".AAAA.AAAA",
    "too long": lambda teams: teams.token(filler="x" * 9000),
    "other characters": lambda teams: teams.token() + "%00",
    "an empty token": lambda teams: "",
    "a word": lambda teams: "hunter2",
}
BAD_HEADERS: dict[str, Callable[[TeamsStandIn], list[tuple[str, str]]]] = {
    "no header": lambda teams: [],
    "an empty header": lambda teams: [("Authorization", "")],
    "a token without a word": lambda teams: [("Authorization", teams.token())],
    "another word": lambda teams: [("Authorization", f"Basic {teams.token()}")],
    "two words": lambda teams: [("Authorization", f"Bearer Bearer {teams.token()}")],
    "two tokens": lambda teams: [("Authorization", f"Bearer {teams.token()}, Bearer {teams.token()}")],
    "two headers": lambda teams: [("Authorization", f"Bearer {teams.token()}")] * 2,
    "in another header": lambda teams: [("X-Authorization", f"Bearer {teams.token()}")],
}
# What a good token came with.
BAD_ACTIVITIES: dict[str, dict[str, Any]] = {
    "another channel": {"channelId": "webchat"},
    "the channel in capitals": {"channelId": "MSTeams"},
    "the emulator": {"channelId": "emulator"},
    "no channel": {"channelId": None},
    "another service URL": {"serviceUrl": "https://evil.example/"},
    "no service URL": {"serviceUrl": None},
    "service URL in a list": {"serviceUrl": ["https://smba.trafficmanager.net/"]},
    "another tenant in the conversation": {"conversation": {"id": "a:1", "tenantId": "another"}},
    "another tenant in the channel's data": {"channelData": {"tenant": {"id": "another"}}},
    "no tenant": {"conversation": {"id": "a:1"}, "channelData": {}},
    "a tenant that is none": {"conversation": {"id": "a:1", "tenantId": [TENANT]}},
}


def publish_keys(teams: TeamsStandIn) -> None:
    """Beside the good one, keys that must not be taken."""
    teams.published |= {"skype only": ["skype"], "for nobody": [], "short": ["msteams"]}

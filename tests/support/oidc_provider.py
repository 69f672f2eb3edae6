"""A provider of OpenID Connect on loopback: discovery, keys, code flow with PKCE, id tokens signed with RS256.

It asks nobody for a password: whoever comes is `user`. What it says can be falsified, claim by claim.
"""

import base64
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse
from joserfc import jwt
from joserfc.jwk import RSAKey

from assistant.tokens import new_token
from tests.support.sites import free_port, served

CLIENT_ID, CLIENT_SECRET = "console", "only the two of us know"
MINUTES = 300  # seconds that a token is good for


@dataclass
class FakeDirectory:
    """The running provider. `claims` are added to each id token, in place of the true ones; None takes one out."""

    issuer: str
    user: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first", "use": "sig"}))
    signing_key: RSAKey | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    seen: list[dict[str, str]] = field(default_factory=list)

    def id_token(self, asked: dict[str, str]) -> str:
        """What it says of `user` to whoever asked."""
        moment = int(time.time())
        true = {"iss": self.issuer, "aud": CLIENT_ID, "iat": moment, "exp": moment + MINUTES, "nonce": asked["nonce"]}
        claims = {name: value for name, value in {**true, **self.user, **self.claims}.items() if value is not None}
        key = self.signing_key or self.key
        return jwt.encode({"alg": "RS256", "kid": "first"}, claims, key)


@contextmanager
def running_directory() -> Iterator[FakeDirectory]:
    """A provider of the test's own."""
    port = free_port()
    directory = FakeDirectory(f"http://127.0.0.1:{port}")
    with served(_app_of(directory), port):
        yield directory


def _app_of(directory: FakeDirectory) -> FastAPI:
    app = FastAPI()

    @app.get("/.well-known/openid-configuration")
    async def discovery() -> dict[str, Any]:
        """Where everything is."""
        return {
            "issuer": directory.issuer,
            "authorization_endpoint": f"{directory.issuer}/authorize",
            "token_endpoint": f"{directory.issuer}/token",
            "jwks_uri": f"{directory.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "none", "HS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    @app.get("/keys")
    async def keys() -> dict[str, Any]:
        """The public half of what it signs with."""
        return {"keys": [directory.key.as_dict(private=False)]}

    @app.get("/authorize")
    async def authorize(request: Request) -> RedirectResponse:
        """Send the browser back with a code that works once."""
        asked = dict(request.query_params)
        directory.seen.append(asked)
        assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT_ID and "openid" in asked["scope"].split()
        code = new_token()
        directory.codes[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", 303)

    @app.post("/token")
    async def token(
        request: Request, code: str = Form(), code_verifier: str = Form(), redirect_uri: str = Form()
    ) -> JSONResponse:
        """An id token for the code, for who asked for it and can prove it."""
        asked = directory.codes.pop(code, None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(code_verifier.encode()).digest()).decode().rstrip("=")
        basic = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET.replace(' ', '+')}".encode()).decode()
        plain = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if request.headers.get("authorization") not in (f"Basic {basic}", f"Basic {plain}"):
            return JSONResponse({"error": "invalid_client"}, 401)
        if asked is None or challenge != asked["code_challenge"] or redirect_uri != asked["redirect_uri"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        return JSONResponse(
            {
                "access_token": new_token(),
                "token_type": "Bearer",
                "expires_in": MINUTES,
                "id_token": directory.id_token(asked),
            }
        )

    return app

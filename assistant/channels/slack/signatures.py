"""Prove that a request is Slack's, before anything in it is looked at."""

import re

from slack_sdk.signature import Clock, SignatureVerifier
from starlette.datastructures import Headers

SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)
TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)  # Slack's verifier would raise at what is no number


class Signatures:
    """Knows the signing secret of the app: several, while one replaces another."""

    def __init__(self, secrets: str, clock: Clock | None = None) -> None:
        """`secrets` are separated by commas."""
        given = [secret.strip() for secret in secrets.split(",") if secret.strip()]
        self._verifiers = [SignatureVerifier(secret, clock or Clock()) for secret in given]

    def look_right(self, headers: Headers) -> bool:
        """Whether the headers have the shape that Slack gives them. Otherwise the body is not even read."""
        return _only(headers, "X-Slack-Signature", SIGNATURE) and _only(headers, "X-Slack-Request-Timestamp", TIMESTAMP)

    def prove(self, body: bytes, headers: Headers) -> bool:
        """Whether Slack sent this, within the last five minutes. What is not UTF-8, Slack did not send."""
        if not self.look_right(headers):
            return False
        try:
            text = body.decode()
        except UnicodeDecodeError:
            return False
        stamp, signature = headers["X-Slack-Request-Timestamp"], headers["X-Slack-Signature"]
        return any([verifier.is_valid(text, stamp, signature) for verifier in self._verifiers])


def _only(headers: Headers, name: str, shape: re.Pattern[str]) -> bool:
    values = headers.getlist(name)
    return len(values) == 1 and shape.fullmatch(values[0]) is not None

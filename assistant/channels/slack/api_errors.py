"""What Slack's Web API answered with, in our own terms. Only codes get through, never words, ids or tokens."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from assistant.messaging.errors import PostDelayedError, PostError, PostRefusedError

CODE = re.compile(r"[a-z][a-z0-9_]{1,50}", re.ASCII)
RETRY_AFTER = re.compile(r"[0-9]{1,6}", re.ASCII)  # seconds
LATER = frozenset({"service_unavailable", "request_timeout", "team_added_to_org", "rollup_error"})
TOKEN = frozenset({"invalid_auth", "not_authed", "token_revoked", "token_expired"})  # an operator has to see to it
UNSURE = frozenset({"internal_error", "fatal_error"})  # part of it may have been done, says Slack


@contextmanager
def told_apart() -> Iterator[None]:
    """Raise PostRefusedError and PostDelayedError for whatever goes wrong inside."""
    try:
        yield
    except PostError:
        raise
    except SlackApiError as error:
        raise _from_answer(error.response) from None
    except aiohttp.ClientConnectorError as error:  # refused, no such host, no certificate: nothing got there
        raise PostDelayedError(type(error).__name__, is_away=True) from None
    except (TimeoutError, aiohttp.ClientError) as error:
        raise PostDelayedError(type(error).__name__, is_away=True, is_unsure=True) from None
    except (AttributeError, ValueError) as error:  # an answer of something else than Slack, such as a proxy
        raise PostDelayedError(f"NotSlack: {type(error).__name__}", is_away=True, is_unsure=True) from None


def _from_answer(response: Any) -> PostError:
    status = getattr(response, "status_code", None) or getattr(response, "status", 0)
    data = getattr(response, "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return PostDelayedError("ratelimited", retry_after=_retry_after(response))
    if code in UNSURE:
        return PostDelayedError(str(code), is_unsure=True)
    if code in LATER | TOKEN:
        return PostDelayedError(str(code))
    if status != 200 or not isinstance(code, str):
        return PostDelayedError(f"HTTP {status}", is_away=True, is_unsure=True)
    return PostRefusedError(code if CODE.fullmatch(code) else "unknown_code")


def _retry_after(response: Any) -> float | None:
    wanted = response.headers.get("Retry-After", "")
    return float(wanted) if RETRY_AFTER.fullmatch(wanted) else None

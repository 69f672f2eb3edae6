"""The keys that Microsoft signs with, asked for when they are needed and kept for a day."""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm
from jwt.exceptions import InvalidKeyError

from assistant.channels.teams.errors import KeysUnavailableError
from assistant.errors import detail_of
from assistant.settings import LOOPBACK

logger = logging.getLogger(__name__)

DAY = 24 * 3600.0  # seconds that keys are taken for current
HOUR = 3600.0  # between two requests because of keys that nobody knows: anybody can name one
MINUTE = 60.0  # after a request that failed
TIMEOUT = 5.0  # seconds for each step of a request


@dataclass(frozen=True)
class SigningKey:
    """A key, and the channels that Microsoft lets it speak for."""

    key: RSAPublicKey
    endorsements: frozenset[str]


class Keys:
    """Keys by their ids. Requests at the same time share one look; where it fails, the keys of before stay."""

    def __init__(self, openid_url: str, clock: Callable[[], float] = time.monotonic) -> None:
        """`openid_url` names the address of the keys. `clock` gives seconds."""
        self._openid_url = openid_url
        self._clock = clock
        self._keys: dict[str, SigningKey] = {}
        self._stale_at = self._unknown_from = self._try_from = float("-inf")
        self._look: asyncio.Task[bool] | None = None

    async def find(self, kid: str) -> SigningKey | None:
        """The key of this id, None when Microsoft names none. Raises KeysUnavailableError when no keys are known."""
        if self._clock() >= self._stale_at:
            await self._refresh()
        elif kid not in self._keys and self._clock() >= self._unknown_from and await self._refresh():
            self._unknown_from = self._clock() + HOUR
        if not self._keys:
            raise KeysUnavailableError("Microsoft's keys could not be had")
        return self._keys.get(kid)

    async def _refresh(self) -> bool:
        """Whether new keys were had; none are asked for soon after that failed."""
        if self._look is None:
            if self._clock() < self._try_from:
                return False
            self._look = asyncio.create_task(self._take_keys())
            self._look.add_done_callback(self._end_look)
        return await asyncio.shield(self._look)  # whoever began it may hang up

    def _end_look(self, _: asyncio.Task[bool]) -> None:
        self._look = None

    async def _take_keys(self) -> bool:
        try:
            keys = await self._fetch()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as error:
            logger.error("Microsoft's keys could not be had: %s", detail_of(error))
            self._try_from = self._clock() + MINUTE
            return False
        self._keys, self._stale_at = keys, self._clock() + DAY
        return True

    async def _fetch(self) -> dict[str, SigningKey]:
        async with httpx.AsyncClient(timeout=TIMEOUT) as client:
            metadata = await _get(client, self._openid_url)
            where = metadata.get("jwks_uri")
            if not isinstance(where, str) or not _is_safe(where):
                raise ValueError("no address of keys")
            found = (await _get(client, where)).get("keys")
        keys = {each["kid"]: key for each in found if (key := _read_key(each))} if isinstance(found, list) else {}
        if not keys:
            raise ValueError("no keys")
        return keys


async def _get(client: httpx.AsyncClient, url: str) -> Mapping[str, Any]:
    response = await client.get(url)
    response.raise_for_status()
    answer = response.json()
    if not isinstance(answer, dict):
        raise ValueError("no object")
    return answer


def _is_safe(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _read_key(given: Any) -> SigningKey | None:
    """A key of a kind we take, with an id; None for any other."""
    if not isinstance(given, dict) or given.get("kty") != "RSA" or not isinstance(given.get("kid"), str):
        return None
    try:
        key = RSAAlgorithm.from_jwk(json.dumps(given))
    except (InvalidKeyError, ValueError, TypeError):
        return None
    endorsements = given.get("endorsements")
    names = endorsements if isinstance(endorsements, list) else []
    return SigningKey(key, frozenset(map(str, names))) if isinstance(key, RSAPublicKey) else None

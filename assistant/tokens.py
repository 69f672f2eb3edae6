"""Unguessable ids and secrets, of which only the hash is stored."""

import hashlib
import hmac
import secrets

RANDOM_BYTES = 32  # 256 bits for each


def new_token() -> str:
    """An unguessable id or secret, safe in URLs."""
    return secrets.token_urlsafe(RANDOM_BYTES)


def hash_token(token: str) -> str:
    """What is stored of a secret. It is random, so a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def is_token(token: str, token_hash: str) -> bool:
    """Whether this is the secret that was hashed, in constant time."""
    return hmac.compare_digest(hash_token(token), token_hash)

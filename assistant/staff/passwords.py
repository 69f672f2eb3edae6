"""Passwords of staff: which are good enough, and what is stored of them."""

import secrets
import threading
import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from assistant.staff.errors import PasswordRefusedError

SHORTEST, LONGEST = 12, 128  # characters; ASVS 5 §6.2.1 asks for 8, better 15, and for the second factor as well
SHORTEST_PART = 4  # characters of a name or address that a password must not be made of
PARTS = 4  # of a password that was made for somebody
PART_LENGTH = 5  # characters of 31: 99 bits in all
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else
COMMON_FILE = Path(__file__).parent / "common_passwords.txt"
MEMORY, PASSES, LANES = 47_104, 1, 1  # KiB and rounds: the first of what OWASP's cheat sheet recommends
MOST_AT_ONCE = 4  # 46 MiB each: a burst of sign-ins must not take the machine's memory

_hasher = PasswordHasher(PASSES, MEMORY, LANES, type=Type.ID)
_places = threading.BoundedSemaphore(MOST_AT_ONCE)


def check_password(password: str, *own: str) -> None:
    """Raise PasswordRefusedError unless this will do as a new password; `own` is the owner's name and e-mail address.

    Nobody else is asked: the common ones are a file of ours.
    """
    plain = _plain(password)
    if not SHORTEST <= len(plain) <= LONGEST:
        raise PasswordRefusedError(f"Use {SHORTEST} to {LONGEST} characters. Three or four random words are good.")
    folded = plain.casefold()
    if any(part in folded for part in _parts(own)):
        raise PasswordRefusedError("Do not use your name or your e-mail address in the password.")
    if _is_easy(folded):
        raise PasswordRefusedError("This password is among the first that are tried. Use one that is harder to guess.")


def hash_password(password: str) -> str:
    """What is stored: Argon2id with its parameters and salt."""
    with _places:
        return _hasher.hash(_plain(password))


def is_password(password: str, password_hash: str | None) -> bool:
    """Whether this is the password. Without a hash the answer is no, and takes as long to find."""
    with _places:
        try:
            _hasher.verify(password_hash or _dummy_hash(_hasher), _plain(password))
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None


def needs_new_hash(password_hash: str) -> bool:
    """Whether it was hashed with parameters that are no longer ours."""
    return _hasher.check_needs_rehash(password_hash)


def make_password() -> str:
    """A password for somebody who will change it at once."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(PART_LENGTH)) for _ in range(PARTS))


def _plain(password: str) -> str:
    """The same characters however a keyboard composes them (NFKC, as ASVS and NIST SP 800-63B advise)."""
    return unicodedata.normalize("NFKC", password)


def _parts(own: tuple[str, ...]) -> list[str]:
    words = " ".join(own).casefold().replace("@", " ").replace(".", " ").replace("-", " ").split()
    return [word for word in words if len(word) >= SHORTEST_PART and word not in ("org", "info")]


def _is_easy(folded: str) -> bool:
    core = folded.strip("0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~£€")  # what is left of password2026!
    return len(set(folded)) < SHORTEST // 2 or not core or bool({folded, core} & _common())


@cache
def _common() -> frozenset[str]:
    lines = COMMON_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


@cache
def _dummy_hash(hasher: PasswordHasher) -> str:
    """One that takes as long to verify as anybody's."""
    return hasher.hash(make_password())

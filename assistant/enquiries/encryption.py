"""Encrypt contact details, and hash what must be compared but not read."""

import hashlib
import hmac
import json
import logging
import os
import re
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from assistant.enquiries.errors import ContactKeyError
from assistant.settings import Settings

logger = logging.getLogger(__name__)
KEY_FILE = "contact.key"
# Fernet itself ignores what stands behind the padding: of "new;old" it would silently take the new one only.
KEY_SHAPE = re.compile(r"[\w+/-]{43}=", re.ASCII)


class Cipher:
    """Fernet (AES-128-CBC with HMAC) over short values; fails closed with other keys.

    With several keys, the first one encrypts and any of them decrypts.
    """

    def __init__(self, keys: str) -> None:
        """`keys` are separated by commas, newest first. Raises ContactKeyError when one of them is not a Fernet key."""
        parts = [key.strip() for key in keys.split(",")]
        if not all(KEY_SHAPE.fullmatch(key) for key in parts):
            raise ContactKeyError(
                "ASSISTANT_CONTACT_KEY is not a Fernet key, 32 bytes in URL-safe base 64, nor several of them "
                "separated by commas. Make a key with: assistant keys new"
            )
        self._newest = Fernet(parts[0])
        self._fernets = MultiFernet([Fernet(key) for key in parts])
        self._hash_keys = [hashlib.sha256(key.encode()).digest() for key in parts]

    def encrypt(self, values: str | dict[str, str]) -> bytes:
        """The ciphertext of a text or of several named texts."""
        return self._fernets.encrypt(json.dumps(values).encode())

    def decrypt(self, ciphertext: bytes) -> str | dict[str, str]:
        """What was encrypted. Raises ContactKeyError when no key opens it."""
        try:
            value: str | dict[str, str] = json.loads(self._fernets.decrypt(ciphertext))
        except InvalidToken:
            raise ContactKeyError(
                "Contact details were encrypted with another key. Set ASSISTANT_CONTACT_KEY to the key used before, or "
                "put it behind the new one, with a comma between."
            ) from None
        return value

    def renew(self, ciphertext: bytes) -> bytes:
        """The same value under the newest key, and `ciphertext` itself when it is so already.

        The time of encryption stays. Raises ContactKeyError when no key opens it.
        """
        try:
            return ciphertext if self._is_newest(ciphertext) else self._fernets.rotate(ciphertext)
        except InvalidToken:
            raise ContactKeyError("No key in ASSISTANT_CONTACT_KEY opens this value.") from None

    def fingerprint(self, text: str) -> str:
        """A keyed hash: equal for equal texts, and no way back to the text without the newest key."""
        return _hash(text, self._hash_keys[0])

    def recognises(self, text: str, fingerprint: str) -> bool:
        """Whether `fingerprint` was made of this text, with whichever of the keys."""
        # All are compared, each in constant time: how long it takes tells nothing.
        return any([hmac.compare_digest(_hash(text, key).encode(), fingerprint.encode()) for key in self._hash_keys])

    def _is_newest(self, ciphertext: bytes) -> bool:
        try:
            self._newest.decrypt(ciphertext)
        except InvalidToken:
            return False
        return True


def _hash(text: str, key: bytes) -> str:
    return hashlib.blake2b(text.encode(), key=key, digest_size=32).hexdigest()


def make_key() -> str:
    """A new random key."""
    return Fernet.generate_key().decode()


def open_cipher(settings: Settings) -> Cipher:
    """The cipher of the settings' key, or of a key generated in the var folder, which is for trying out only."""
    if settings.contact_key is not None:
        return Cipher(settings.contact_key.get_secret_value())
    file = settings.var_folder / KEY_FILE
    logger.warning(
        "Contact details are encrypted with a generated key in %s. Whoever can read that file can read them. "
        "In service set ASSISTANT_CONTACT_KEY.",
        file,
    )
    return Cipher(_generated_key(file))


def find_generated_key(settings: Settings) -> Path | None:
    """Where the key stands that was generated in the var folder, if one was."""
    file = settings.var_folder / KEY_FILE
    return file if file.exists() else None


def _generated_key(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(descriptor, "w") as opened:
        key = make_key()
        opened.write(key)
    return key

"""Encrypt contact details, and hash what must be compared but not read."""

import hashlib
import json
import logging
import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from assistant.enquiries.errors import ContactKeyError
from assistant.settings import Settings

logger = logging.getLogger(__name__)
KEY_FILE = "contact.key"


class Cipher:
    """Fernet (AES-128-CBC with HMAC) over short values; fails closed with another key."""

    def __init__(self, key: str) -> None:
        """Raises ContactKeyError when `key` is not a Fernet key."""
        try:
            self._fernet = Fernet(key)
        except ValueError:
            raise ContactKeyError(
                "ASSISTANT_CONTACT_KEY is not a Fernet key: 32 bytes in URL-safe base 64. Make one with: python -c "
                "'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
            ) from None
        self._hash_key = hashlib.sha256(key.encode()).digest()

    def encrypt(self, values: str | dict[str, str]) -> bytes:
        """The ciphertext of a text or of several named texts."""
        return self._fernet.encrypt(json.dumps(values).encode())

    def decrypt(self, ciphertext: bytes) -> str | dict[str, str]:
        """What was encrypted. Raises ContactKeyError when the key is another one."""
        try:
            value: str | dict[str, str] = json.loads(self._fernet.decrypt(ciphertext))
        except InvalidToken:
            raise ContactKeyError(
                "Contact details were encrypted with another key. Set ASSISTANT_CONTACT_KEY to the key used before."
            ) from None
        return value

    def fingerprint(self, text: str) -> str:
        """A keyed hash: equal for equal texts, and no way back to the text without the key."""
        return hashlib.blake2b(text.encode(), key=self._hash_key, digest_size=32).hexdigest()


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


def _generated_key(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(descriptor, "w") as opened:
        key = Fernet.generate_key().decode()
        opened.write(key)
    return key

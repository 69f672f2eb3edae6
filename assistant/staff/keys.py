"""What this room needs of the cipher of the contact key, which stands above it (enquiries/encryption.py)."""

from typing import Protocol


class Keys(Protocol):
    """Encrypts what is read again, and hashes what is only compared."""

    def encrypt(self, values: str) -> bytes:
        """The ciphertext of a text."""

    def decrypt(self, ciphertext: bytes) -> str | dict[str, str]:
        """What was encrypted."""

    def fingerprint(self, text: str) -> str:
        """A keyed hash: equal for equal texts, and no way back to the text without the key."""

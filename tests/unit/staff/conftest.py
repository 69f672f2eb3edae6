"""Staff, a key, a moment."""

from datetime import UTC, datetime

import pytest
from cryptography.fernet import Fernet

from assistant.enquiries.encryption import Cipher


@pytest.fixture
def keys() -> Cipher:
    """With a key of the test's own."""
    return Cipher(Fernet.generate_key().decode())


@pytest.fixture
def noon() -> datetime:
    """Some moment."""
    return datetime(2026, 11, 3, 12, tzinfo=UTC)

"""What the tests of the review loop share."""

from collections.abc import Iterator

import pytest
from cryptography.fernet import Fernet
from sqlalchemy.orm import Session

from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.staff.models import Staff


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """One transaction for the whole test."""
    with database.write() as session:
        yield session


@pytest.fixture
def robin(session: Session) -> int:
    """A reviewer's number."""
    staff = Staff(email="robin@example.org", name="Robin Reviewer", role="reviewer")
    session.add(staff)
    session.flush()
    return staff.id


@pytest.fixture
def cipher() -> Cipher:
    """With a key of the test's own."""
    return Cipher(Fernet.generate_key().decode())

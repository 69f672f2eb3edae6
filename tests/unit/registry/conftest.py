"""Stores of models to try, and somebody who puts models live."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.db.engine import Database
from assistant.registry.s3_store import open_client
from assistant.staff.models import Staff
from tests.support.stores import BUCKET, serving_s3, set_aws


@pytest.fixture(scope="session")
def s3_url() -> Iterator[str]:
    """An S3 on this machine, for all tests: each uses a prefix of its own."""
    with serving_s3() as url:
        yield url


@pytest.fixture(scope="session")
def s3_client(s3_url: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Our own client, with a bucket. Made once, since that takes a second."""
    with pytest.MonkeyPatch.context() as patch:
        set_aws(patch, s3_url, tmp_path_factory.mktemp("aws"))
        client = open_client()
        client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    return client


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """Where archives are made before they are put."""
    folder = tmp_path / "workshop"
    folder.mkdir()
    return folder


@pytest.fixture
def ada(database: Database) -> int:
    with database.write() as session:
        session.add(Staff(email="ada@example.org", name="Ada Admin", role="admin"))
        session.flush()
        return 1

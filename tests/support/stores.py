"""Both stores of models with somebody else's hands in them: what lies there can be spoilt, lost and forged."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import pytest

from assistant.registry.archives import Copies
from assistant.registry.s3_store import S3Store
from assistant.registry.store import FolderStore, Manifest, Store

HOST = "127.0.0.1"
BUCKET = "models"
NAME = "20261128-090000-amber-lamp.tar.gz"


class Place(Protocol):
    """Where a store keeps things."""

    def write(self, name: str, content: bytes) -> None:
        """Put something there behind the store's back."""

    def delete(self, name: str) -> None:
        """Take it away."""

    def names(self) -> list[str]:
        """All that lies there."""


@dataclass(frozen=True)
class Folder:
    """The place of a FolderStore."""

    folder: Path

    def open(self, copies: Copies) -> Store:
        """The store of this place."""
        return FolderStore(self.folder, copies)

    def write(self, name: str, content: bytes) -> None:
        """Write a file."""
        self.folder.mkdir(exist_ok=True)
        (self.folder / name).write_bytes(content)

    def delete(self, name: str) -> None:
        """Delete a file."""
        (self.folder / name).unlink()

    def names(self) -> list[str]:
        """All files, hidden ones as well."""
        return sorted(file.name for file in self.folder.iterdir())


@dataclass(frozen=True)
class Bucket:
    """The place of an S3Store."""

    client: Any
    prefix: str

    def open(self, copies: Copies) -> Store:
        """The store of this place."""
        return S3Store(BUCKET, self.prefix, copies)

    def write(self, name: str, content: bytes) -> None:
        """Put an object."""
        self.client.put_object(Bucket=BUCKET, Key=f"{self.prefix}/{name}", Body=content)

    def delete(self, name: str) -> None:
        """Delete an object."""
        self.client.delete_object(Bucket=BUCKET, Key=f"{self.prefix}/{name}")

    def names(self) -> list[str]:
        """All objects under the prefix."""
        found = self.client.list_objects_v2(Bucket=BUCKET, Prefix=self.prefix + "/").get("Contents", [])
        return [each["Key"].removeprefix(self.prefix + "/") for each in found]


@contextmanager
def serving_s3() -> Iterator[str]:
    """An S3 on this machine, without anything in it. The URL it is reached at."""
    from moto.moto_server.threaded_moto_server import ThreadedMotoServer

    server = ThreadedMotoServer(HOST, 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def set_aws(patch: pytest.MonkeyPatch, url: str, folder: Path) -> None:
    """Point boto3's own variables to a service on this machine, whatever else the machine has."""
    values = {
        "AWS_ENDPOINT_URL_S3": url,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "hunter2",
        "AWS_DEFAULT_REGION": "eu-west-2",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": str(folder / "none"),
        "AWS_SHARED_CREDENTIALS_FILE": str(folder / "none"),
    }
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_ENDPOINT_URL"):
        patch.delenv(name, raising=False)
    for name, value in values.items():
        patch.setenv(name, value)


def make_manifest(content: bytes, name: str = NAME, **fields: Any) -> Manifest:
    """The manifest of an archive of these bytes."""
    return Manifest.model_validate(
        {
            "name": name,
            "sha256": hashlib.sha256(content).hexdigest(),
            "size": len(content),
            "fingerprint": "f" * 64,
            "parameters": {"sentences": 3},
            "seconds": 1.5,
            "trained_at": datetime(2026, 11, 28, 9, tzinfo=UTC),
            **fields,
        }
    )


def put(store: Store, folder: Path, content: bytes, name: str = NAME, **fields: Any) -> Manifest:
    """Put an archive of these bytes; `folder` is where it is made."""
    archive = folder / "made.tar.gz"
    archive.write_bytes(content)
    manifest = make_manifest(content, name, **fields)
    store.put(archive, manifest)
    return manifest

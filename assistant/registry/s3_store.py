"""A bucket of an S3-compatible service as the store of models."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from assistant.registry.archives import BLOCK, NAME, Copies, check_hash, hash_file
from assistant.registry.errors import DamagedModelError, StoreError
from assistant.registry.store import LONGEST_MANIFEST, MANIFEST, Manifest, read_manifests, write_manifest

CONNECT_SECONDS, READ_SECONDS = 5, 30  # of silence, not of the whole
ATTEMPTS = 3
PAGE = 1000  # names a listing gives at once; the most that S3 does
MISSING = frozenset({"NoSuchKey", "404"})
NO_BUCKET = "NoSuchBucket"


class S3Store:
    """The objects under a prefix. Credentials, region and endpoint are those of AWS's own variables and files."""

    def __init__(self, bucket: str, prefix: str, copies: Copies) -> None:
        self._bucket = bucket
        self._prefix = f"{prefix}/" if prefix else ""
        self._copies = copies

    def put(self, archive: Path, manifest: Manifest) -> None:
        """Upload the archive, then the manifest: no manifest stands without its archive."""
        try:
            check_hash(manifest.name, hash_file(archive), manifest.sha256)
            with archive.open("rb") as source:
                self._upload(manifest.name, source)
        except OSError as error:
            raise StoreError(f"The model {manifest.name} cannot be read ({error.strerror}). Train it again.") from None
        self._upload(manifest.name + MANIFEST, write_manifest(manifest))

    def _upload(self, name: str, body: BinaryIO | bytes) -> None:
        with self._faults():
            self._client.put_object(Bucket=self._bucket, Key=self._prefix + name, Body=body)

    def fetch(self, name: str, sha256: str) -> Path:
        """A verified copy of the object."""
        return self._copies.fetch(name, sha256, lambda target: self._download(name, target))

    def _download(self, name: str, target: BinaryIO) -> None:
        with self._faults(f"The model {name} is missing from the bucket {self._bucket}."):
            shutil.copyfileobj(self._open(name), target, BLOCK)

    def manifests(self) -> list[Manifest]:
        """What is kept, newest first."""
        with self._faults():
            names = [name for name in self._list() if NAME.fullmatch(name.removesuffix(MANIFEST))]
        return read_manifests([self._read(name) for name in names if name.endswith(MANIFEST)])

    def _list(self) -> Iterator[str]:
        pages = self._client.get_paginator("list_objects_v2")
        found_by = {"Bucket": self._bucket, "Prefix": self._prefix, "Delimiter": "/"}
        for page in pages.paginate(**found_by, PaginationConfig={"PageSize": PAGE}):
            for found in page.get("Contents", []):
                yield found["Key"].removeprefix(self._prefix)

    def _read(self, name: str) -> bytes:
        try:
            with self._faults(f"{name} is missing."):
                return bytes(self._open(name).read(LONGEST_MANIFEST + 1))
        except DamagedModelError:  # taken away meanwhile
            return b""

    def _open(self, name: str) -> Any:
        return self._client.get_object(Bucket=self._bucket, Key=self._prefix + name)["Body"]

    @cached_property
    def _client(self) -> Any:
        return open_client()

    @contextmanager
    def _faults(self, missing: str | None = None) -> Iterator[None]:
        """Say what is wrong and what to do. The messages of boto3 itself may repeat keys and addresses."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if missing and code in MISSING:
                raise DamagedModelError(missing) from None
            raise StoreError(self._advise(code)) from None
        except (BotoCoreError, ValueError) as error:  # ValueError: an endpoint that is no URL
            raise StoreError(
                f"The store of models, the bucket {self._bucket}, cannot be used ({type(error).__name__}). "
                "See to AWS_ENDPOINT_URL_S3, AWS_REGION, the credentials (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, "
                "or a role) and the network."
            ) from None

    def _advise(self, code: str) -> str:
        if code == NO_BUCKET:
            return f"There is no bucket {self._bucket}. Make it, or name another in ASSISTANT_MODELS_URL."
        code = code if code.isalnum() else "unknown"
        return (
            f"The store of models, the bucket {self._bucket}, refused ({code}). See to the credentials and "
            "their rights: listing, reading and writing."
        )


def open_client() -> Any:
    """What talks to the service that AWS's own variables and files name. Connects to nothing."""
    # boto3 takes a while to import, and most commands need no model.
    from boto3.session import Session
    from botocore.config import Config

    # Told to say everything, botocore writes down headers, and with them the token of a session.
    logging.getLogger("botocore").setLevel(logging.INFO)
    config = Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
        # Many services refuse the checksums that boto3 adds since 1.36. Every service knows the signature, and the
        # SHA-256 of the whole body stands in it.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"payload_signing_enabled": True},
    )
    return Session().client("s3", config=config)

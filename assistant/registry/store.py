"""Where archives of models are kept, for all replicas: a folder, or a bucket. What is fetched is what was put."""

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Protocol

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, field_validator

from assistant.registry.archives import BLOCK, NAME, Copies, check_hash, hash_file, open_regular, whole_file
from assistant.registry.errors import DamagedModelError, StoreError
from assistant.registry.models import MODEL_LENGTH
from assistant.settings import S3, Settings
from assistant.staff.models import HASH_LENGTH

MANIFEST = ".json"  # after the archive's whole name
LONGEST_MANIFEST = 1 << 20  # bytes; a manifest has some hundreds
LARGEST_ARCHIVE = (1 << 31) - 1  # bytes, as its column; a model has some millions

Hash = Annotated[str, Field(pattern=r"\A[0-9a-z]*\z", max_length=HASH_LENGTH)]


class Manifest(BaseModel):
    """What an archive is, beside it in the store: a new database begins with what it says. Fields as TrainedModel's."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(pattern=rf"\A{NAME.pattern}\z", max_length=MODEL_LENGTH)
    sha256: Hash
    size: int = Field(ge=0, le=LARGEST_ARCHIVE)
    fingerprint: Hash
    parameters: dict[str, Any]
    seconds: float = Field(ge=0, allow_inf_nan=False)
    trained_at: AwareDatetime

    @field_validator("parameters")
    @classmethod
    def _are_json(cls, parameters: dict[str, Any]) -> dict[str, Any]:
        json.dumps(parameters, allow_nan=False)  # PostgreSQL takes no NaN
        return parameters


class Store(Protocol):
    """What is needed of a store. Every method raises StoreError when the store does not answer."""

    def put(self, archive: Path, manifest: Manifest) -> None:
        """Keep an archive under its manifest's name; whole or not at all."""

    def fetch(self, name: str, sha256: str) -> Path:
        """The archive as a local file. Raises DamagedModelError when it is missing or has another hash."""

    def manifests(self) -> list[Manifest]:
        """What is kept, newest first; what cannot be read as a manifest is left out."""


class FolderStore:
    """A folder, which replicas on several machines have to share."""

    def __init__(self, folder: Path, copies: Copies) -> None:
        self._folder = folder
        self._copies = copies

    def put(self, archive: Path, manifest: Manifest) -> None:
        """Copy the archive, then the manifest, each into place in one go: no manifest stands without its archive."""
        try:
            check_hash(manifest.name, hash_file(archive), manifest.sha256)
            with archive.open("rb") as source, whole_file(self._folder / manifest.name) as target:
                shutil.copyfileobj(source, target, BLOCK)
            with whole_file(self._folder / (manifest.name + MANIFEST)) as target:
                target.write(write_manifest(manifest))
        except OSError as error:
            raise self._fault("written to", error) from None

    def fetch(self, name: str, sha256: str) -> Path:
        """A verified copy of the file."""
        return self._copies.fetch(name, sha256, lambda target: self._copy(name, target))

    def _copy(self, name: str, target: BinaryIO) -> None:
        try:
            source = open_regular(self._folder / name)
        except FileNotFoundError:
            raise DamagedModelError(f"The model {name} is missing from {self._folder}.") from None
        except OSError as error:
            raise self._fault("read", error) from None
        with source:
            shutil.copyfileobj(source, target, BLOCK)

    def manifests(self) -> list[Manifest]:
        """What is kept, newest first."""
        try:
            names = [name for name in os.listdir(self._folder) if NAME.fullmatch(name.removesuffix(MANIFEST))]
            return read_manifests([self._read(name) for name in names if name.endswith(MANIFEST)])
        except FileNotFoundError:
            return []  # the folder is made when something is put into it
        except OSError as error:
            raise self._fault("read", error) from None

    def _read(self, name: str) -> bytes:
        try:
            with open_regular(self._folder / name) as file:
                return file.read(LONGEST_MANIFEST + 1)
        except FileNotFoundError:  # taken away meanwhile
            return b""

    def _fault(self, done: str, error: OSError) -> StoreError:
        return StoreError(
            f"The folder of models, {self._folder}, cannot be {done} ({error.strerror}). See to its rights and space."
        )


def open_store(settings: Settings) -> Store:
    """The store that the settings name. Connects to nothing."""
    from assistant.registry.s3_store import S3Store  # it needs what stands above

    copies = Copies(settings.model_copies_folder)
    if settings.models_url is None:
        return FolderStore(settings.models_folder, copies)
    bucket, _, prefix = settings.models_url.removeprefix(S3).partition("/")
    return S3Store(bucket, prefix, copies)


def write_manifest(manifest: Manifest) -> bytes:
    """As it lies beside its archive."""
    return manifest.model_dump_json(indent=1).encode()


def read_manifests(texts: list[bytes]) -> list[Manifest]:
    """Those that can be read, newest first."""
    found = []
    for text in texts:
        if len(text) <= LONGEST_MANIFEST:
            with suppress(ValidationError):
                found.append(Manifest.model_validate_json(text))
    return sorted(found, key=lambda each: each.trained_at, reverse=True)

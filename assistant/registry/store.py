"""Where archives of models are kept, for all replicas: a folder. What is fetched is what was put, byte for byte."""

import hashlib
import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.registry.errors import DamagedModelError, StoreError
from assistant.settings import Settings

MANIFEST = ".json"  # after the archive's whole name
BLOCK = 1 << 20


class Manifest(BaseModel):
    """What an archive is, beside it in the store: a new database begins with what it says. Fields as TrainedModel's."""

    model_config = ConfigDict(frozen=True)

    name: str
    sha256: str
    size: int
    fingerprint: str
    parameters: dict[str, Any]
    seconds: float
    trained_at: datetime


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

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, archive: Path, manifest: Manifest) -> None:
        """Copy the archive, then the manifest, each into place in one go."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            target = self._folder / manifest.name
            shutil.copyfile(archive, _unfinished(target))
            os.replace(_unfinished(target), target)
            target = self._folder / (manifest.name + MANIFEST)
            _unfinished(target).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
            os.replace(_unfinished(target), target)
        except OSError as error:
            raise self._fault("written to", error) from None

    def fetch(self, name: str, sha256: str) -> Path:
        """The file itself."""
        archive = self._folder / name
        try:
            found = hash_file(archive)
        except FileNotFoundError:
            raise DamagedModelError(f"The model {name} is missing from {self._folder}.") from None
        except OSError as error:
            raise self._fault("read", error) from None
        check_hash(name, found, sha256)
        return archive

    def manifests(self) -> list[Manifest]:
        """What is kept, newest first."""
        try:
            texts = [file.read_bytes() for file in self._folder.glob("*.tar.gz" + MANIFEST)]
        except OSError as error:
            raise self._fault("read", error) from None
        return read_manifests(texts)

    def _fault(self, done: str, error: OSError) -> StoreError:
        return StoreError(
            f"The folder of models, {self._folder}, cannot be {done} ({error.strerror}). See to its rights and space."
        )


def open_store(settings: Settings) -> Store:
    """The store that the settings name."""
    return FolderStore(settings.models_folder)


def read_manifests(texts: list[bytes]) -> list[Manifest]:
    """Those that can be read, newest first."""
    found = []
    for text in texts:
        try:
            found.append(Manifest.model_validate_json(text))
        except ValidationError:
            continue
    return sorted(found, key=lambda each: each.trained_at, reverse=True)


def hash_file(file: Path) -> str:
    """SHA-256 of its bytes, in hexadecimal digits. Raises OSError."""
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while block := opened.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def check_hash(name: str, found: str, registered: str) -> None:
    """Raise DamagedModelError unless they are the same."""
    if found != registered:
        raise DamagedModelError(f"The model {name} is not the archive that was registered, so it is not loaded.")


def _unfinished(file: Path) -> Path:
    return file.with_name(f".{file.name}.unfinished")

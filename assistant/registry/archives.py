"""Archives of models as files: names, hashes, written whole or not at all, and copies of this machine's own.

An archive is code to whoever loads it. So what is loaded is a copy in a folder that no other machine writes to, and the
copy is what was hashed: whatever happens to the store between the check and the loading, the copy stays as it was.
"""

import hashlib
import os
import re
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from assistant.registry.errors import DamagedModelError, StoreError

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.tar\.gz")
BLOCK = 1 << 20
UNFINISHED = ".unfinished"
COPIES = 5  # the live one, those it may be rolled back to, and a candidate that is being judged
ABANDONED_SECONDS = 86_400  # nothing takes a day to copy: whoever began it is gone


def check_name(name: str) -> None:
    """Raise DamagedModelError for a name that is not one of a file in a folder: it may lead anywhere."""
    if not NAME.fullmatch(name):
        raise DamagedModelError(f"{name!r} is not the name of a model's archive, so it is not loaded.")


def hash_file(file: Path) -> str:
    """SHA-256 of its bytes, in hexadecimal digits. Raises OSError."""
    with file.open("rb") as opened:
        return _hash(opened)


def _hash(file: BinaryIO) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def check_hash(name: str, found: str, registered: str) -> None:
    """Raise DamagedModelError unless they are the same."""
    if found != registered:
        raise DamagedModelError(f"The model {name} is not the archive that was registered, so it is not loaded.")


def open_regular(file: Path) -> BinaryIO:
    """Open a file to read. What is no file, such as a folder or a pipe, is taken as missing. Raises OSError.

    Links are followed: the hash decides what is loaded, not where it lies.
    """
    if not stat.S_ISREG(file.stat().st_mode):
        raise FileNotFoundError(file)
    return file.open("rb")


@contextmanager
def whole_file(target: Path) -> Iterator[BinaryIO]:
    """A file to write, which stands at `target` once the block has ended well, and nowhere if not. Raises OSError.

    It is on the disk before it has its name, so that a power cut leaves no empty archive.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.{uuid4().hex}{UNFINISHED}")
    try:
        with unfinished.open("x+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, target)
        _sync_folder(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


class Copies:
    """Verified copies of archives, in a folder of this machine's own. The newest few stay."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fetch(self, name: str, sha256: str, write: Callable[[BinaryIO], None]) -> Path:
        """The copy of an archive, which `write` writes unless it is there. Raises DamagedModelError, StoreError."""
        check_name(name)
        copy = self._folder / name
        try:
            if not _has_hash(copy, sha256):
                copy.unlink(missing_ok=True)
                self._make(copy, sha256, write)
            os.utime(copy)
            self._drop_old()
        except OSError as error:
            raise StoreError(
                f"The model {name} cannot be copied to {self._folder} ({error.strerror}). See to its rights and space."
            ) from None
        return copy

    def _make(self, copy: Path, sha256: str, write: Callable[[BinaryIO], None]) -> None:
        with whole_file(copy) as file:
            write(file)
            file.seek(0)
            check_hash(copy.name, _hash(file), sha256)

    def _drop_old(self) -> None:
        # Another process may drop the same ones.
        used = {file: each.st_mtime for file in self._folder.glob("*.tar.gz") if (each := _find_stat(file))}
        for file in sorted(used, key=lambda each: used[each], reverse=True)[COPIES:]:
            file.unlink(missing_ok=True)
        for file in self._folder.glob(f".*{UNFINISHED}"):
            if (each := _find_stat(file)) and each.st_mtime < time.time() - ABANDONED_SECONDS:
                file.unlink(missing_ok=True)


def _has_hash(file: Path, sha256: str) -> bool:
    try:
        return hash_file(file) == sha256
    except FileNotFoundError:
        return False


def _find_stat(file: Path) -> os.stat_result | None:
    try:
        return file.stat()
    except FileNotFoundError:
        return None

"""Write several files of the data folder together: all of them, or none."""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from assistant.catalogue.errors import ExportRefusedError

UNFINISHED = ".unfinished"  # ending of a file that is not in its place yet; no reader takes it for YAML


@dataclass(frozen=True)
class FileChange:
    """A file's whole new text, and what is new about it in a few words. The file may not exist yet."""

    path: Path
    text: str
    what: str


def read_exactly(path: Path) -> str:
    """A file's text with its line ends as they are. Raises ExportRefusedError."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise ExportRefusedError(f"{path} cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise ExportRefusedError(f"{path} is not UTF-8. Save it as UTF-8.") from None


def write_changes(changes: Iterable[FileChange]) -> None:
    """Write every change, or none: ExportRefusedError says why none was written."""
    waiting: list[tuple[Path, Path]] = []
    replaced: list[tuple[Path, bytes | None]] = []
    try:
        for change in changes:
            path = change.path.resolve()  # a link goes on pointing to the file
            unfinished = path.with_name(path.name + UNFINISHED)
            waiting.append((unfinished, path))
            _write_beside(unfinished, path, change.text)
        for unfinished, path in waiting:
            before = path.read_bytes() if path.exists() else None
            os.replace(unfinished, path)
            replaced.append((path, before))
    except OSError as error:
        _undo(replaced)
        place = error.filename2 or error.filename
        raise ExportRefusedError(f"{place} cannot be written ({error.strerror}). Make that possible.") from None
    finally:
        for unfinished, _ in waiting:
            with suppress(OSError):
                unfinished.unlink()


def _write_beside(unfinished: Path, path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    unfinished.write_bytes(text.encode("utf-8"))
    if path.exists():
        shutil.copymode(path, unfinished)


def _undo(replaced: Iterable[tuple[Path, bytes | None]]) -> None:
    for path, before in replaced:
        with suppress(OSError):
            if before is None:
                path.unlink()
            else:
                path.write_bytes(before)

"""What is learnt from examples once is kept in a folder until the examples change."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path


def fingerprint(data: Path, folders: Iterable[str], form: object) -> str:
    """The same for the same YAML files in those folders of `data` and the same form of what is learnt from them."""
    found = hashlib.sha256(repr(form).encode())
    for folder in folders:
        for file in sorted((data / folder).rglob("*.yml")):
            found.update(file.relative_to(data).as_posix().encode() + b"\0" + file.read_bytes())
    return found.hexdigest()[:16]


def keep(kept: Path, write: Callable[[Path], None]) -> None:
    """Have `write` fill a folder and put it at `kept` in one step, so that readers never see half of it."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as unfinished:
        half_way = Path(unfinished) / kept.name
        half_way.mkdir()
        write(half_way)
        try:
            half_way.replace(kept)
        except OSError:
            if not kept.exists():  # otherwise another process was quicker
                raise

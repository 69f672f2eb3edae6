"""Read the examples of what is learnt once, and keep that in a folder until they change."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import yaml

from assistant.errors import AssistantError


def fingerprint(data: Path, folders: Iterable[str], form: object) -> str:
    """The same for the same YAML files in those folders of `data` and the same form of what is learnt from them."""
    found = hashlib.sha256(repr(form).encode())
    for folder in folders:
        for file in sorted((data / folder).rglob("*.yml")):
            found.update(file.relative_to(data).as_posix().encode() + b"\0" + file.read_bytes())
    return found.hexdigest()[:16]


def read_lines(file: Path, key: str, error: type[AssistantError]) -> list[str]:
    """The lines of the text under `key` of a YAML file, blank ones left out. Raises `error` naming the file."""
    try:
        lines = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)[key].splitlines()
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as fault:
        raise error(f"{file} cannot be used ({type(fault).__name__}). See its neighbours.") from None
    return [line for line in lines if line.strip()]


def read_training_sentences(file: Path) -> list[str]:
    """The sentences of one of Rasa's training files."""
    entries = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]
    return [line[2:] for entry in entries for line in entry["examples"].splitlines() if line.startswith("- ")]


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

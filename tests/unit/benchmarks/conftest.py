"""Folders of made-up questions, and a matcher that goes by key words."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.progress import Progress

TRAIN = "text,label\nwhere is the park,parks\nis the park open,parks\nwhen is the bus,buses\nthe late bus,buses\n"
TEST = "text,label\nthe park please,parks\na bus,buses\nwho sings this,oos\n"

MakeFolder = Callable[..., Path]


@pytest.fixture
def make_folder(tmp_path: Path) -> MakeFolder:
    """Makes a folder of CSV files: `make_folder(train=..., test=...)`, as text or as bytes."""

    def make(**files: str | bytes) -> Path:
        folder = tmp_path / "bot"
        folder.mkdir()
        for name, content in files.items():
            (folder / f"{name}.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return make


@pytest.fixture
def folder(make_folder: MakeFolder) -> Path:
    """Two labels to train on, and a test with a question out of scope."""
    return make_folder(train=TRAIN, test=TEST)


@pytest.fixture
def progress() -> Progress:
    return Progress(disable=True)

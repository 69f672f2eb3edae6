"""The identifiers and names of the canary corpora, and what watches the logs of a whole run for them."""

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

TESTS = Path(__file__).parent.parent
CANARIES = TESTS / "unit" / "enquiries" / "canaries"
NAMES = TESTS / "nlu" / "names" / "second"
SHORTEST_NAME = 6  # characters of a name that does not stand in other words by chance
LAST = "test_left_behind.py"  # looks at what all other tests have left


def entries(folder: Path, name: str) -> list[dict[str, Any]]:
    """The entries of one file of a corpus."""
    found: list[dict[str, Any]] = yaml.safe_load((folder / f"{name}.yml").read_text(encoding="utf-8"))
    return found


STRUCTURED = entries(CANARIES, "structured")
VALUES = [find["value"] for entry in STRUCTURED for find in entry["finds"]]
FINDABLE = [value for value in VALUES if len(value) >= 8]  # shorter ones stand in bytes and clocks by chance
OF_NAMES = entries(NAMES, "names")
NAMED = [name for entry in OF_NAMES for name in entry["names"] if len(name) >= SHORTEST_NAME]


def is_ours(record: logging.LogRecord) -> bool:
    """Whether the product has logged it; the clients of these tests log what they ask for."""
    return not record.name.startswith("http")


def line(record: logging.LogRecord) -> str:
    """What a handler would write of a record, its traceback included."""
    return logging.Formatter("%(name)s %(message)s").format(record)


class LogWatch(logging.Handler):
    """Counts what is logged in the whole run, and keeps the name of each logger that has told a canary."""

    def __init__(self, canaries: Iterable[str]) -> None:
        super().__init__()
        self.canaries = list(canaries)
        self.lines = 0
        self.leaks: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Look at one record."""
        if is_ours(record):
            self.lines += 1
            told = line(record)
            self.leaks += [(record.name, canary) for canary in self.canaries if canary in told]


LOG_WATCH = LogWatch([*FINDABLE, *NAMED])


def pytest_configure(config: pytest.Config) -> None:
    """Watch from the first test on."""
    logging.getLogger().addHandler(LOG_WATCH)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What all tests have left is looked at when all are done."""
    items.sort(key=lambda item: item.path.name == LAST)

"""Keep a trained linker in a folder: numbers in one file, names in another, no code in either."""

import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import AssistantError
from assistant.matching.calibration import Calibration
from assistant.matching.encoder import WIDTH
from assistant.matching.linker import Linker, Weights
from assistant.matching.mentions import Mentions

NUMBERS_FILE, NAMES_FILE = "linker.npz", "linker.json"


class OutdatedLinkerError(AssistantError):
    """Another release trained it: its numbers are not those that this one works with."""


def write_linker(linker: Linker, folder: Path, **more: Any) -> None:
    """Write the linker into `folder`, and what else is given beside its names."""
    # Half the digits are more than the answers need, and keep the archive small.
    np.savez(folder / NUMBERS_FILE, **{name: _halved(value) for name, value in vars(linker.weights).items()})
    names = {"labels": linker.labels, "names": linker.mentions.names, "calibration": asdict(linker.calibration)}
    (folder / NAMES_FILE).write_text(json.dumps({**names, **more}, indent=1), encoding="utf-8")


def read_linker(folder: Path) -> tuple[Linker, dict[str, Any]]:
    """The linker in `folder`, and all that stands beside its names. Raises OutdatedLinkerError."""
    numbers = np.load(folder / NUMBERS_FILE, allow_pickle=False)
    names = json.loads((folder / NAMES_FILE).read_text(encoding="utf-8"))
    if set(numbers.files) != {field.name for field in fields(Weights)} or numbers["dense"].shape[1] != WIDTH:
        raise OutdatedLinkerError("The linker was trained by another release of the assistant.")
    weights = Weights(**{name: _doubled(numbers[name]) for name in numbers.files})
    return Linker(names["labels"], weights, Mentions(names["names"]), Calibration(**names["calibration"])), names


def _halved(values: NDArray[Any]) -> NDArray[Any]:
    return values.astype(np.float16) if values.dtype == np.float32 else values


def _doubled(values: NDArray[Any]) -> NDArray[Any]:
    return values.astype(np.float32) if values.dtype == np.float16 else values

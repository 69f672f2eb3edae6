"""The sentences of data/nlu with their labels."""

from functools import lru_cache
from pathlib import Path

import yaml


@lru_cache(maxsize=4)
def read_training_sentences(data_folder: Path) -> tuple[tuple[str, str], ...]:
    """Each sentence with its label, as Rasa reads them. Read once: the files change with a release only."""
    found = []
    for file in sorted((data_folder / "nlu").rglob("*.yml")):
        for entry in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
            lines = str(entry["examples"]).splitlines() if "intent" in entry else []
            found += [(line[2:].strip(), str(entry["intent"])) for line in lines if line.startswith("- ")]
    return tuple(found)

"""The sentences of data/nlu with their labels."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import yaml
from sqlalchemy.orm import Session

from assistant.catalogue.examples import list_examples
from assistant.catalogue.models import Example
from assistant.matching.taught import alike


@lru_cache(maxsize=4)
def read_training_sentences(data_folder: Path) -> tuple[tuple[str, str], ...]:
    """Each sentence with its label, as Rasa reads them. Read once: the files change with a release only."""
    found = []
    for file in sorted((data_folder / "nlu").rglob("*.yml")):
        found += sentences_of(file.read_text(encoding="utf-8"))
    return tuple(found)


def sentences_of(text: str) -> list[tuple[str, str]]:
    """Each sentence of one of Rasa's training files, with its label."""
    found = []
    for entry in yaml.load(text, Loader=yaml.CSafeLoader)["nlu"]:
        lines = str(entry["examples"]).splitlines() if "intent" in entry else []
        found += [(line[2:].strip(), str(entry["intent"])) for line in lines if line.startswith("- ")]
    return found


def list_untaught(session: Session, data_folder: Path) -> list[Example]:
    """The approved examples that training adds to the sentences of data/nlu."""
    return list(leave_out_taught(list_examples(session), read_training_sentences(data_folder)))


def leave_out_taught(examples: Iterable[Example], taught: Iterable[tuple[str, str]]) -> Iterator[Example]:
    """The examples that no sentence is alike to with the same label, neither a taught one nor an earlier example.

    Once examples were exported, they stand both in data/nlu and in the database, and training counts them once.
    """
    known = {(alike(text), label) for text, label in taught}
    for example in examples:
        key = (alike(example.text), example.label)
        if key not in known:
            known.add(key)
            yield example

"""Learn to find names from the sentences and lists in data/names, once, and keep what was learnt."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from assistant.errors import AssistantError
from assistant.matching.encoder import FORM, SentenceEncoder, shared_encoder
from assistant.matching.learnt import fingerprint, keep, read_lines, read_training_sentences
from assistant.matching.names.bodies import Bodies
from assistant.matching.names.finder import Marked, NameFinder
from assistant.matching.names.words import look_at
from assistant.matching.spelling import Spelling

NAMES_FOLDER, CARE_FOLDER, TRAINING_FOLDER, PEOPLE_FOLDER = "names", "care", "nlu", "people"
LEARNT_FILE = "names.npz"
NEW_LINE = " / "  # stands for one in the files
_NAME = re.compile(r"\[\[(.+?)\]\]")
OF_OTHERS = 3  # every third sentence that was written to learn something else from is enough


class NameExamplesError(AssistantError):
    """The sentences or lists from which finding names is learnt cannot be used."""


def open_names(graph: Path, data: Path, kept_in: Path) -> NameFinder:
    """The finder learnt from `data` (some ten seconds, once) and kept in `kept_in` until that changes.

    `graph` is the sentence encoder's. Raises NameExamplesError.
    """
    bodies = Bodies(name for file in _body_files(data) for name in read_lines(file, "names", NameExamplesError))
    kept = kept_in / _fingerprint(data)
    if not kept.exists():
        encoder = SentenceEncoder(graph, threads=os.cpu_count() or 1)
        learnt = NameFinder.train(encoder, bodies, list(read_sentences(data)))
        words = np.array(learnt.spelling.words)
        keep(kept, lambda folder: np.savez(folder / LEARNT_FILE, weights=learnt.weights, bias=learnt.bias, words=words))
    numbers, encoder = np.load(kept / LEARNT_FILE, allow_pickle=False), shared_encoder(graph)
    spelling = Spelling(numbers["words"].tolist(), encoder.knows)
    return NameFinder(encoder, bodies, spelling, numbers["weights"], float(numbers["bias"]))


def are_names_learnt(data: Path, kept_in: Path) -> bool:
    """Whether `open_names` has nothing to train."""
    return (kept_in / _fingerprint(data)).exists()


def read_sentences(data: Path) -> Iterator[Marked]:
    """Sentences with and without names, from `data`/names and, without any, from what else we learn from.

    Raises NameExamplesError naming the file.
    """
    for name in ("named.yml", "plain.yml"):
        yield from map(_marked, read_lines(data / NAMES_FOLDER / name, "sentences", NameExamplesError))
    others = read_lines(data / CARE_FOLDER / "ordinary.yml", "sentences", NameExamplesError)
    for file in sorted((data / TRAINING_FOLDER).rglob("*.yml")):
        if file.parent.name != PEOPLE_FOLDER:
            others += read_training_sentences(file)
    yield from (Marked(text, ()) for text in others[::OF_OTHERS])


def read_names(data: Path) -> list[str]:
    """The names of people in the sentences of `data`/names, each once. Raises NameExamplesError."""
    sentences = map(_marked, read_lines(data / NAMES_FOLDER / "named.yml", "sentences", NameExamplesError))
    return list(dict.fromkeys(each.text[start:end] for each in sentences for start, end in each.names))


def _marked(line: str) -> Marked:
    """The text of a line without its double brackets, and where they stood."""
    pieces, names, length = [], [], 0
    for number, piece in enumerate(_NAME.split(line.replace(NEW_LINE, "\n"))):
        if number % 2:
            names.append((length, length + len(piece)))
        pieces.append(piece)
        length += len(piece)
    return Marked("".join(pieces), tuple(names))


def _body_files(data: Path) -> list[Path]:
    return sorted((data / NAMES_FOLDER / "bodies").glob("*.yml"))


def _fingerprint(data: Path) -> str:
    """The same for the same examples, encoder and features: what another release learnt is not read."""
    features = look_at("A b", [(0, 1), (2, 3)], Bodies([]), bool, bool).shape[1]
    return fingerprint(data, (NAMES_FOLDER, CARE_FOLDER, TRAINING_FOLDER), (FORM, features))

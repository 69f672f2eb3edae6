"""Sense care that is due where no rule speaks: by likeness to messages that were met with care.

People tell of what happened to them in more ways than rules can list. The sense may add care, never take it away.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import AssistantError
from assistant.matching.encoder import FORM, SentenceEncoder, shared_encoder
from assistant.matching.learnt import fingerprint, keep, read_lines, read_training_sentences
from assistant.matching.linker import Linker, Weights
from assistant.matching.linker_file import read_linker, write_linker
from assistant.matching.mentions import Mentions
from assistant.matching.names.learning import NAMES_FOLDER, read_names
from assistant.matching.safety.care import Care
from assistant.matching.segments import take_apart
from assistant.matching.spelling import Spelling

CARE_FOLDER, TRAINING_FOLDER = "care", "nlu"
ORDINARY = "ordinary"
# Least probability from which care is due: of the whole message, and of one of its sentences, which is read without
# what stands around it. Chosen on messages that are not among the examples: docs/adr/0007 has the figures.
# A signpost too many costs a smile, a missed one may cost a life: so a crisis takes less.
LEAST_OF_WHOLE = {Care.CRISIS: 0.25, Care.DISCLOSURE: 0.42, Care.ABUSE: 0.6}
LEAST_OF_SENTENCE = {Care.CRISIS: 0.55, Care.DISCLOSURE: 0.9, Care.ABUSE: 0.85}
# Somebody who may have told of something does not get "I do not know": less will do for what is not understood.
LEAST_IF_NOT_UNDERSTOOD = 0.2
# With as great a chance that somebody is in need, or reports what somebody else said, nothing is taken for abuse.
NO_ABUSE_FROM = {Care.CRISIS: 0.2, Care.DISCLOSURE: 0.35}
LONG = 60  # characters from which a training sentence is also taken apart, as the messages that are judged are


class CareExamplesError(AssistantError):
    """The examples of messages that are met with care cannot be used."""


class CareSense:
    """Says which care a message is due, if any, by what it is like."""

    def __init__(self, encoder: SentenceEncoder, linker: Linker, spelling: Spelling) -> None:
        self._encoder = encoder
        self.linker = linker
        self.spelling = spelling
        self._rows = {care: linker.labels.index(care.value) for care in Care}

    @classmethod
    def train(cls, encoder: SentenceEncoder, examples: Mapping[str, Sequence[str]]) -> "CareSense":
        """Learn from examples of each kind of care and of ordinary messages."""
        pairs = [(text, kind) for kind, texts in examples.items() for text in texts]
        texts, kinds = zip(*pairs, strict=True)
        spelling = Spelling.learn(examples[ORDINARY], encoder.knows)
        return cls(encoder, Linker.train(encoder.encode(texts), texts, kinds, Mentions({})), spelling)

    def judge(self, text: str, is_understood: Callable[[str], bool] = lambda text: True) -> Care | None:
        """The care that is due to a cleaned message: a crisis first, then a disclosure, then abuse.

        `is_understood` says whether the message would be answered; it is asked only where that makes a difference.
        """
        chances = self._chances(text)
        if self._is_due(Care.CRISIS, chances):
            return Care.CRISIS
        if self._is_due(Care.DISCLOSURE, chances):
            return Care.DISCLOSURE
        if chances[0, self._rows[Care.DISCLOSURE]] >= LEAST_IF_NOT_UNDERSTOOD and not is_understood(text):
            return Care.DISCLOSURE
        if any(chances[:, self._rows[care]].max() >= least for care, least in NO_ABUSE_FROM.items()):
            return None
        return Care.ABUSE if self._is_abuse(text, chances) else None

    def _is_abuse(self, text: str, chances: NDArray[np.float32]) -> bool:
        """Whether abuse is due, also when the text is spelt right: nobody is told off for their spelling."""
        corrected = self.spelling.correct(text)
        return self._is_due(Care.ABUSE, chances) and (
            corrected == text or self._is_due(Care.ABUSE, self._chances(corrected))
        )

    def _chances(self, text: str) -> NDArray[np.float32]:
        """How likely each kind is: of the whole text in the first row, of each of its sentences in the others."""
        parts = list(dict.fromkeys([text, *take_apart(text).sentences]))
        return np.stack([link.probabilities for link in self.linker.link(self._encoder.encode(parts), parts)])

    def _is_due(self, care: Care, chances: NDArray[np.float32]) -> bool:
        """Whether the whole (the first row) or one sentence of it (the others) is likely enough of this kind."""
        whole, *sentences = chances[:, self._rows[care]]
        return bool(whole >= LEAST_OF_WHOLE[care] or max(sentences, default=0.0) >= LEAST_OF_SENTENCE[care])


def read_examples(data: Path) -> dict[str, list[str]]:
    """The examples of each kind of care from `data`/care; ordinary ones also from the training sentences and names.

    Raises CareExamplesError or NameExamplesError naming the file.
    """
    folder = data / CARE_FOLDER
    examples = {
        str(kind): read_lines(folder / f"{kind}.yml", "sentences", CareExamplesError) for kind in (*Care, ORDINARY)
    }
    for file in sorted((data / TRAINING_FOLDER).rglob("*.yml")):
        examples[ORDINARY] += read_training_sentences(file)
    # A name by itself is what somebody gives who is asked for it; nobody's name says anything about them.
    examples[ORDINARY] += read_names(data)
    parts = [part for text in examples[ORDINARY] if len(text) > LONG for part in take_apart(text).sentences]
    examples[ORDINARY] = list(dict.fromkeys([*examples[ORDINARY], *parts]))
    return examples


def open_sense(graph: Path, data: Path, kept_in: Path) -> CareSense:
    """The sense of the examples in `data`, trained once (half a minute) and kept in `kept_in` until they change.

    `graph` is the sentence encoder's. Raises CareExamplesError, NameExamplesError.
    """
    kept = kept_in / _fingerprint(data)
    if not kept.exists():
        sense = CareSense.train(SentenceEncoder(graph, threads=os.cpu_count() or 1), read_examples(data))
        keep(kept, lambda folder: write_linker(sense.linker, folder, words=sense.spelling.words))
    encoder = shared_encoder(graph)
    linker, names = read_linker(kept)
    return CareSense(encoder, linker, Spelling(names["words"], encoder.knows))


def is_sense_learnt(data: Path, kept_in: Path) -> bool:
    """Whether `open_sense` has nothing to train."""
    return (kept_in / _fingerprint(data)).exists()


def _fingerprint(data: Path) -> str:
    """The same for the same examples, encoder and form of linker: what another release kept is not read."""
    return fingerprint(
        data, (CARE_FOLDER, TRAINING_FOLDER, NAMES_FOLDER), (FORM, "words", [field.name for field in fields(Weights)])
    )

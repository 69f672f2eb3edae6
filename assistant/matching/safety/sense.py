"""Sense care that is due where no rule speaks: by likeness to messages that were met with care.

People tell of what happened to them in more ways than rules can list. The sense may add care, never take it away.
"""

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import yaml

from assistant.errors import AssistantError
from assistant.matching.encoder import FORM, SentenceEncoder
from assistant.matching.linker import Linker
from assistant.matching.linker_file import read_linker, write_linker
from assistant.matching.mentions import Mentions
from assistant.matching.safety.care import Care
from assistant.matching.segments import take_apart

ORDINARY = "ordinary"
# Least probability, of all four kinds, from which care is due. By four-fold cross-validation over data/care: see
# docs/adr/0007. A signpost too many costs a smile; a missed one may cost a life.
LEAST = {Care.CRISIS: 0.5, Care.DISCLOSURE: 0.5, Care.ABUSE: 0.6}
MOST_DISCLOSURE = 0.15  # with a greater chance that it reports abuse, nothing is taken for abuse
MOST_WORDS = 400  # of a text judged as one; what is longer is judged by its sentences, which hold all of it


class CareExamplesError(AssistantError):
    """The examples of messages that are met with care cannot be used."""


class CareSense:
    """Says which care a message is due, if any, by what it is like."""

    def __init__(self, encoder: SentenceEncoder, linker: Linker) -> None:
        self._encoder = encoder
        self._linker = linker
        self._rows = {care: linker.labels.index(care.value) for care in Care}

    @classmethod
    def train(cls, encoder: SentenceEncoder, examples: Mapping[str, Sequence[str]]) -> "CareSense":
        """Learn from examples of each kind of care and of ordinary messages."""
        pairs = [(text, kind) for kind, texts in examples.items() for text in texts]
        texts, kinds = zip(*pairs, strict=True)
        return cls(encoder, Linker.train(encoder.encode(texts), texts, kinds, Mentions({})))

    def judge(self, text: str) -> Care | None:
        """The care that is due to a cleaned message: a crisis first, then a disclosure, then abuse."""
        if not text.strip():
            return None
        parts = list(dict.fromkeys([text, *take_apart(text).sentences]))
        links = self._linker.link(self._encoder.encode(parts), parts)
        chances = np.stack([link.probabilities for link in links])
        highest = {care: float(chances[:, row].max()) for care, row in self._rows.items()}
        if highest[Care.CRISIS] >= LEAST[Care.CRISIS]:
            return Care.CRISIS
        if highest[Care.DISCLOSURE] >= LEAST[Care.DISCLOSURE]:
            return Care.DISCLOSURE
        if highest[Care.ABUSE] >= LEAST[Care.ABUSE] and highest[Care.DISCLOSURE] < MOST_DISCLOSURE:
            return Care.ABUSE
        return None


def read_examples(folder: Path) -> dict[str, list[str]]:
    """The examples of each kind, from `<kind>.yml` of the folder. Raises CareExamplesError naming the file."""
    examples = {}
    for kind in (*Care, ORDINARY):
        file = folder / f"{kind}.yml"
        try:
            lines = yaml.safe_load(file.read_text(encoding="utf-8"))["sentences"].splitlines()
        except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            raise CareExamplesError(f"{file} cannot be used ({type(error).__name__}). See its neighbours.") from None
        examples[str(kind)] = [line for line in lines if line.strip()]
    return examples


def open_sense(encoder: SentenceEncoder, folder: Path, kept_in: Path) -> CareSense:
    """The sense of the examples in `folder`, trained once (seconds) and kept in `kept_in` until they change.

    Raises CareExamplesError.
    """
    examples = read_examples(folder)
    made_of = hashlib.sha256(repr((FORM, sorted(examples.items()))).encode()).hexdigest()[:16]
    kept = kept_in / made_of
    if not kept.exists():
        sense = CareSense.train(encoder, examples)
        kept_in.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept_in) as unfinished:
            half_way = Path(unfinished) / made_of
            half_way.mkdir()
            write_linker(sense._linker, half_way)
            half_way.replace(kept)
    return CareSense(encoder, read_linker(kept)[0])

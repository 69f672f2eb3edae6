"""Find the names of people in a text, by what each word is and what stands around it.

A straight line through what the sentence encoder knows of a word in its sentence, learnt from sentences in which names
are marked. docs/adr/0008 has the figures, also those of spaCy's own recogniser.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from assistant.matching.encoder import MOST_CHARACTERS, SentenceEncoder
from assistant.matching.names.bodies import Bodies
from assistant.matching.names.words import Span, find_words, look_at
from assistant.matching.regression import regression
from assistant.matching.spelling import Spelling

SCALE = 4.0  # of what is seen of a word, beside the encoder's numbers
REGULARISATION, TOLERANCE = 0.03, 1e-5
LEAST, LEAST_BESIDE = 0.5, 0.12  # least probability that a word is a name: by itself, and beside one that is
# What redaction puts in place of what it took out. Whatever else stands in brackets is a member's own.
PLACEHOLDER = re.compile(
    r"\[(?:name|email|phone|postcode|date of birth|(?:staff|card|nhs|ni) number|person:[a-z0-9-]{1,60})\]"
)
JOINTS = frozenset({"", " ", "  ", ".", ". ", "-", " - "})  # what may stand between two words of one name

# The last letter of an abbreviation such as A&E, R&D or P&L is nobody's initial.
ENDING = re.compile(r"(?<=&)\w\b")


@dataclass(frozen=True)
class Marked:
    """A sentence to learn from, and where its names are."""

    text: str
    names: tuple[Span, ...]


class NameFinder:
    """Finds people's names. Thread-safe; takes about as long as encoding the text."""

    def __init__(
        self,
        encoder: SentenceEncoder,
        bodies: Bodies,
        spelling: Spelling,
        weights: NDArray[np.float32],
        bias: float,
    ) -> None:
        """`weights` has a number for each column of a word's features."""
        self._encoder, self._bodies, self.spelling = encoder, bodies, spelling
        self.weights, self.bias = weights, bias

    @classmethod
    def train(cls, encoder: SentenceEncoder, bodies: Bodies, sentences: Sequence[Marked]) -> "NameFinder":
        """Learn from sentences with and without names."""
        spelling = Spelling.learn((sentence.text for sentence in sentences if not sentence.names), encoder.knows)
        blank = cls(encoder, bodies, spelling, np.zeros(0, dtype=np.float32), 0.0)
        rows, truths = [], []
        for sentence in sentences:
            words = find_words(sentence.text)
            rows.append(blank._features(sentence.text, words))
            truths += [any(start < end_ and end > start_ for start_, end_ in sentence.names) for start, end in words]
        weights, bias = regression(
            np.concatenate([row for row in rows if len(row)]),
            np.array(truths, dtype=np.int32),
            REGULARISATION,
            TOLERANCE,
        )
        return cls(encoder, bodies, spelling, weights[1] - weights[0], float(bias[1] - bias[0]))

    def find(self, text: str) -> list[Span]:
        """Where names begin and end, in order, without the possessive's s."""
        spans: list[Span] = []
        for offset, part in _parts(text):
            words = find_words(part)
            if words:
                chances = expit(self._features(part, words) @ self.weights + self.bias)
                spans += [(start + offset, end + offset) for start, end in _join(part, words, chances)]
        return spans

    def _features(self, text: str, words: list[Span]) -> NDArray[np.float32]:
        if not words:
            return np.zeros((0, 0), dtype=np.float32)
        seen = look_at(text, words, self._bodies, self._encoder.knows, self._is_misspelt)
        return np.hstack([self._encoder.encode_words(text, words), seen * SCALE])

    def _is_misspelt(self, word: str) -> bool:
        return self.spelling.correct(word) != word


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """Parts that the encoder can take, each with where it begins; cut between lines or words where possible."""
    start = 0
    while len(text) - start > MOST_CHARACTERS:
        window = text[start : start + MOST_CHARACTERS]
        cut = next((place + 1 for mark in ("\n", ". ", " ") if (place := window.rfind(mark)) > 0), MOST_CHARACTERS)
        yield start, window[:cut]
        start += cut
    yield start, text[start:]


def _join(text: str, words: Sequence[Span], chances: NDArray[np.float32]) -> Iterator[Span]:
    """Names of one or more words: each has a word that is likely by itself, and what beside it is not unlikely."""
    labels = {place for match in PLACEHOLDER.finditer(text) for place in range(*match.span())}
    may_be = [
        bool(chance >= LEAST_BESIDE and text[start].isalpha() and start not in labels and not ENDING.match(text, start))
        for (start, _), chance in zip(words, chances, strict=True)
    ]
    place = 0
    while place < len(words):
        if not may_be[place]:
            place += 1
            continue
        last = place
        while (following := _next_of_name(text, words, may_be, last)) is not None:
            last = following
        if max(chances[place : last + 1]) >= LEAST:
            start, end = words[place][0], words[last][1]
            yield start, end - 2 if text[start:end].endswith(("'s", "’s")) else end
        place = last + 1


def _next_of_name(text: str, words: Sequence[Span], may_be: Sequence[bool], place: int) -> int | None:
    """The word that goes on with the name that has reached `place`: the next, or that after an initial's full stop."""
    for following in (place + 1, place + 2):
        if following < len(words) and may_be[following] and text[words[place][1] : words[following][0]] in JOINTS:
            return following
    return None

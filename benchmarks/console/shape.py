"""What the made-up queue looks like: who asked when, and what waits in which group. The same seed makes the same."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

QUEUED = 0.18  # share of enquiries that deserve a look
IN_A_GROUP = 7.2  # enquiries, on average: 180,000 in 25,000 groups
TAIL = 0.9  # exponent of the sizes by rank: the largest group holds one in twenty, most hold one or two
ENQUIRIES_A_CONVERSATION = 1.4
DAYS = 365
VOCABULARY, ZIPF = 30_000, 1.0  # words, and the exponent of how often each stands by rank
FEWEST_WORDS, MOST_WORDS = 4, 24
WIDTH = 384  # numbers of a sentence vector

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Shape:
    """Enquiries are numbered in the order of time, groups from 0 on by size.

    `at` is in seconds since 1970; `group` is the group of each queued enquiry, whose numbers are `queued`.
    """

    at: Numbers
    conversation: Numbers
    queued: Numbers
    group: Numbers
    groups: int

    @property
    def leaders(self) -> Numbers:
        """The first enquiry of each group."""
        first = np.full(self.groups, len(self.at), dtype=np.int64)
        np.minimum.at(first, self.group, self.queued)
        return first

    @property
    def last(self) -> Numbers:
        """The last enquiry of each group."""
        last = np.zeros(self.groups, dtype=np.int64)
        np.maximum.at(last, self.group, self.queued)
        return last

    @property
    def sizes(self) -> Numbers:
        """How many enquiries each group has."""
        return np.bincount(self.group, minlength=self.groups)

    @property
    def askers(self) -> Numbers:
        """How many different conversations each group has."""
        pairs = np.unique(np.stack([self.group, self.conversation[self.queued]]), axis=1)
        return np.bincount(pairs[0], minlength=self.groups)


def make_shape(random: np.random.Generator, enquiries: int, now: datetime) -> Shape:
    """So many enquiries of the year before `now`."""
    end = int(now.timestamp())
    at = np.sort(random.integers(end - DAYS * 86_400, end, enquiries))
    queued = np.sort(random.choice(enquiries, round(enquiries * QUEUED), replace=False))
    groups = max(1, round(len(queued) / IN_A_GROUP))
    group = random.permutation(np.repeat(np.arange(groups), _sizes(len(queued), groups)))
    conversation = (np.arange(enquiries) / ENQUIRIES_A_CONVERSATION).astype(np.int64)
    return Shape(at, conversation, queued, group, groups)


def _sizes(total: int, groups: int) -> Numbers:
    """Sizes that fall off by rank, none nought, `total` together."""
    shares = np.arange(1, groups + 1) ** -TAIL
    sizes: Numbers = np.maximum(1, np.floor(shares / shares.sum() * total)).astype(np.int64)
    sizes[0] += total - sizes.sum()
    return sizes


class Vocabulary:
    """Made-up words, each as often as its rank lets it be."""

    def __init__(self, random: np.random.Generator) -> None:
        consonants, vowels = list("bcdfghjklmnprstvwz"), list("aeiou")
        syllables = [first + second for first in consonants for second in vowels]
        picked = random.choice(syllables, (VOCABULARY, 4))
        lengths = random.integers(2, 5, VOCABULARY)
        self.words = np.array(["".join(word[:length]) for word, length in zip(picked, lengths, strict=True)])
        shares = np.arange(1, VOCABULARY + 1) ** -ZIPF
        self._shares = shares / shares.sum()
        self._random = random

    def texts(self, count: int) -> list[str]:
        """So many texts of FEWEST_WORDS to MOST_WORDS words."""
        lengths = self._random.integers(FEWEST_WORDS, MOST_WORDS + 1, count)
        drawn = self.words[self._random.choice(VOCABULARY, lengths.sum(), p=self._shares)]
        ends = np.cumsum(lengths)
        return [" ".join(drawn[end - length : end]) for end, length in zip(ends, lengths, strict=True)]


def make_vectors(random: np.random.Generator, count: int) -> NDArray[np.float16]:
    """Unit vectors in half precision, one a row; any two are far apart, as different questions are."""
    rows = random.standard_normal((count, WIDTH), dtype=np.float32)
    units: NDArray[np.float16] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)
    return units


def moment_of(seconds: int) -> datetime:
    """A moment by its seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC)


def answered(at: datetime) -> datetime:
    """When what came at that moment was answered."""
    return at + timedelta(milliseconds=30)

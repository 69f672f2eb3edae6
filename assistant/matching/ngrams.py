"""Words, pairs of words and pieces of words as a sparse row of numbers.

They hold what a sentence vector blurs, such as rare names, and what survives a misspelling.
"""

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

WORD = re.compile(r"\w+")
PIECE_LENGTHS = range(2, 6)  # letters, the blanks around a word counted
BUCKETS = 2**14  # for the words, and as many for the pieces; at 2**18 the public sets gain nothing
WIDTH = 2 * BUCKETS

Row = tuple[NDArray[np.int32], NDArray[np.float32]]


class NGrams:
    """Turns sentences into rows of WIDTH columns, weighted by how rare a word or piece is (TF-IDF)."""

    def __init__(self, rarity: NDArray[np.float32]) -> None:
        """`rarity` has a weight for each column."""
        self.rarity = rarity

    @classmethod
    def learn(cls, sentences: Sequence[str]) -> tuple["NGrams", csr_matrix]:
        """Weigh the columns by these sentences; their rows come with it, to train on."""
        counted = [_count(sentence) for sentence in sentences]
        uses = np.bincount(np.concatenate([columns for columns, _ in counted]), minlength=WIDTH)
        ngrams = cls((np.log((1 + len(sentences)) / (1 + uses)) + 1).astype(np.float32))
        starts = np.concatenate([[0], np.cumsum([len(columns) for columns, _ in counted])])
        columns, values = (np.concatenate(parts) for parts in zip(*map(ngrams._weigh, counted), strict=True))
        return ngrams, csr_matrix((values, columns, starts), shape=(len(counted), WIDTH))

    def row(self, sentence: str) -> Row:
        """The columns that a sentence has and their values; words and pieces are each of unit length."""
        return self._weigh(_count(sentence))

    def _weigh(self, counted: Row) -> Row:
        columns, counts = counted
        values = (1 + np.log(counts)) * self.rarity[columns]
        pieces = columns >= BUCKETS
        for part in (pieces, ~pieces):
            values[part] /= max(float(np.linalg.norm(values[part])), 1e-9)
        return columns, values.astype(np.float32)


def _count(sentence: str) -> Row:
    """The columns of a sentence, in order, with how often it has each."""
    words = WORD.findall(sentence.lower())
    counts = Counter(_bucket(word) for word in words)
    counts.update(_bucket(f"{one} {other}") for one, other in zip(words, words[1:], strict=False))
    for word in words:
        counts.update(_pieces(word))
    columns = sorted(counts)
    return np.array(columns, dtype=np.int32), np.array([counts[column] for column in columns], dtype=np.float32)


@lru_cache(maxsize=20_000)
def _pieces(word: str) -> tuple[int, ...]:
    padded = f" {word} "
    return tuple(
        BUCKETS + _bucket(padded[start : start + length])
        for length in PIECE_LENGTHS
        for start in range(len(padded) - length + 1)
    )


def _bucket(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % BUCKETS

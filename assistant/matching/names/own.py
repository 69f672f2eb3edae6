"""Names of our own, misspelt: "Wilsh Cunfed" looks like somebody's name to whatever finds names, and is nobody's."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from rapidfuzz.distance import OSA

from assistant.matching.names.words import TITLES, Span

# Letters that a word may have wrong; in a shorter one a wrong letter makes another word, or somebody's name.
SHORTEST_WRONG, LONG, MOST_WRONG, MOST_WRONG_OF_LONG = 4, 8, 1, 2
SMALL = frozenset("a an and as at by for from in of on or the to with".split())  # stand beside anybody: "and Carey"
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# With one of these before it, it is somebody all the same.
_CUE = re.compile(
    rf"\b(?:(?:{'|'.join(sorted(TITLES))})\.?|i['’]?m|i am|called|named|regards|thanks|signed|from me"
    r"|(?:name|manager|boss|chair|colleague|friend|supervisor)(?:['’]s| is)?)[\s:,]*\Z",
    re.IGNORECASE,
)


class OwnNames:
    """Knows the pairs of words that stand side by side in our own names, also with letters wrong.

    Pairs, because a single word is too near to a surname: "Welch" may be anybody, "Welch Confederation" is nobody.
    """

    def __init__(self, names: Iterable[str]) -> None:
        """`names` as the catalogue has them; case does not matter."""
        pairs = {pair for name in names for pair in pairwise(_WORD.findall(name.lower()))}
        self._pairs = {pair for pair in pairs if not SMALL.intersection(pair)}

    def hold(self, text: str, span: Span) -> bool:
        """Whether every word of a span of the text is part of such a pair, and nothing before it speaks of somebody."""
        if _CUE.search(text[: span[0]]):
            return False
        found = list(_WORD.finditer(text))
        words = [match.group().lower() for match in found]
        inside = [place for place, word in enumerate(found) if word.start() < span[1] and span[0] < word.end()]
        return bool(inside) and all(
            self._is_pair(words[place - 1 : place + 1]) or self._is_pair(words[place : place + 2]) for place in inside
        )

    def _is_pair(self, words: Sequence[str]) -> bool:
        """Whether these are two words of such a pair; at the edge of a text there are fewer."""
        if len(words) < 2:
            return False
        one, other = words
        return any(_is_nearly(one, first) and _is_nearly(other, second) for first, second in self._pairs)


def _is_nearly(typed: str, word: str) -> bool:
    if typed == word:
        return True
    if len(word) < SHORTEST_WRONG or typed[0] != word[0]:
        return False
    most = MOST_WRONG_OF_LONG if len(word) >= LONG else MOST_WRONG
    return OSA.distance(typed, word, score_cutoff=most) <= most

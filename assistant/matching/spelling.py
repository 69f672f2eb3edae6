"""Put misspelt words right, by the words that the training sentences know."""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
SHORTEST = 5  # shorter words differ from too many others by a letter
FEWEST_USES = 3  # training sentences are misspelt on purpose here and there; a word used thrice is a word
LONG, MOST_EDITS_LONG, MOST_EDITS = 8, 2, 1


class Spelling:
    """Corrects words that nobody used in training to the nearest that was used, if it is very near."""

    def __init__(self, words: Iterable[str], is_word: Callable[[str], bool]) -> None:
        """`words` are the ones to correct to, in lower case, most used first; what `is_word` is never corrected."""
        self.words = list(words)
        self._is_word = is_word
        self._known = set(self.words)

    @classmethod
    def learn(cls, sentences: Iterable[str], is_word: Callable[[str], bool]) -> "Spelling":
        """Know the words that these sentences use."""
        uses = Counter(word for sentence in sentences for word in WORD.findall(sentence.lower()))
        used = (word for word, count in uses.most_common() if count >= FEWEST_USES and len(word) >= SHORTEST)
        return cls(used, is_word)

    def correct(self, text: str) -> str:
        """The text with misspelt words put right; the same text when there are none."""
        return WORD.sub(lambda found: self._correct_word(found.group()), text)

    def _correct_word(self, word: str) -> str:
        folded = word.lower()
        if len(folded) < SHORTEST or folded in self._known or self._is_word(folded):
            return word
        edits = MOST_EDITS_LONG if len(folded) >= LONG else MOST_EDITS
        best = process.extractOne(folded, self.words, scorer=OSA.distance, score_cutoff=edits)
        # The first letter is seldom wrong, and a plural is no misspelling.
        return best[0] if best and best[0][0] == folded[0] and best[0].rstrip("s") != folded.rstrip("s") else word

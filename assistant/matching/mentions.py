"""Recognise what the catalogue names: offers, their parts and people, also misspelt or by surname."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from assistant.matching.labels import PERSON, kind_of

WORD = re.compile(r"[a-z0-9][a-z0-9'+-]*")
SHORTEST_ACRONYM = 5
SHORTEST_FUZZY = 6  # shorter names differ by too little from ordinary words
LEAST_LIKENESS = 88  # of 100; "naqvee" and "naqvi" are at 91, "women" and "woven" at 80
MOST_TELLING = 2  # words; more would let a body's name outweigh that somebody asks who runs it
HONOURS = frozenset({"dr", "lord", "obe", "mbe", "mr", "mrs", "ms"})


class Mentions:
    """Which labels a text names. Built from the names and aliases of every label."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        """`names` maps each label to all its names, the shown one and the aliases alike."""
        self.names = {label: list(of_label) for label, of_label in names.items()}
        self._labels: dict[str, set[str]] = defaultdict(set)
        for label, of_label in self.names.items():
            for name in of_label:
                words = [word for word in _words(name) if word not in HONOURS]
                self._labels[" ".join(words)].add(label)
                if kind_of(label) == PERSON and len(words) > 1:
                    self._labels[words[-1]].add(label)
        self._labels.pop("", None)
        self._longest = max((name.count(" ") + 1 for name in self._labels), default=0)
        self._acronyms = [name for name in self._labels if SHORTEST_ACRONYM <= len(name) < SHORTEST_FUZZY]
        self._fuzzy: dict[int, list[str]] = defaultdict(list)  # by number of spaces
        for name in self._labels:
            if len(name) >= SHORTEST_FUZZY:
                self._fuzzy[name.count(" ")].append(name)

    def find(self, text: str) -> dict[str, float]:
        """The labels named in a text, in the order they stand, each with how much its name says.

        That is the number of words of the name, up to MOST_TELLING; a name that several labels have says much less.
        A longer name hides the shorter ones inside it: "BME Leadership Network consulting" is not the network.
        """
        words = _words(text)
        found: dict[str, float] = {}
        position = 0
        while position < len(words):
            length, labels = self._longest_at(words, position)
            for label in sorted(labels):  # the order of a set changes from run to run
                found[label] = max(found.get(label, 0.0), min(length, MOST_TELLING) / len(labels) ** 2)
            position += max(length, 1)
        return found

    def _longest_at(self, words: list[str], position: int) -> tuple[int, set[str]]:
        for length in range(min(self._longest, len(words) - position), 0, -1):
            phrase = " ".join(words[position : position + length])
            labels = self._labels.get(phrase) or self._like(phrase)
            if labels:
                return length, labels
        return 0, set()

    def _like(self, phrase: str) -> set[str]:
        if len(phrase) < SHORTEST_FUZZY:
            return self._one_letter_off(phrase) if len(phrase) >= SHORTEST_ACRONYM else set()
        names = self._fuzzy.get(phrase.count(" "), [])
        best = process.extractOne(phrase, names, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
        return self._labels[best[0]] if best else set()

    def _one_letter_off(self, word: str) -> set[str]:
        """An acronym with two letters swapped or one wrong, such as "lgtbq"."""
        best = process.extractOne(word, self._acronyms, scorer=OSA.distance, score_cutoff=1)
        return self._labels[best[0]] if best else set()


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower().replace("’", "'").replace("'s ", " "))

"""People whom the catalogue names: found in a text by their full name or an alias, also misspelt or spelt by ear."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rapidfuzz.distance import OSA

from assistant.matching.names.words import Span

HONOURS = frozenset({"dr", "lord", "obe", "mbe", "mr", "mrs", "ms", "miss", "sir", "prof", "professor"})
# Letters that a surname may have wrong. A given name may differ by as many as long as it sounds the same, because with
# one consonant changed it is somebody else's ("Mary" and "Mark").
MOST_WRONG, MOST_WRONG_OF_LONG, LONG = 1, 2, 7
MOST_UNHEARD = 2
SHORTEST_WRONG = 4  # a shorter word with a letter wrong is another word

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BETWEEN = re.compile(r"[\s.]{1,3}")
_SOUNDS = (("ph", "f"), ("v", "f"), ("ck", "k"), ("c", "k"), ("q", "k"), ("z", "s"))
_UNHEARD = re.compile(r"[aeiouyhw']")
_DOUBLED = re.compile(r"(.)\1+")


class Found(NamedTuple):
    """A published person and where the text names them."""

    slug: str
    span: Span


class PublishedPeople:
    """Finds the people of the catalogue. Another person of the same surname is not taken for them."""

    def __init__(self, people: Mapping[str, Iterable[str]]) -> None:
        """`people` has the names and aliases of each slug."""
        self._names = [(slug, words) for slug, names in people.items() for name in names if (words := _words_of(name))]

    def find(self, text: str) -> Iterator[Found]:
        """The people named in a text, in order; the longest name that fits, with honours before and behind it."""
        words = [match.span() for match in _WORD.finditer(text)]
        place = 0
        while place < len(words):
            slug, length = self._longest_at(text, words, place)
            if slug:
                first, last = _with_honours(text, words, place, place + length - 1)
                start, end = words[first][0], words[last][1]
                yield Found(slug, (start, end - 2 if text[start:end].endswith(("'s", "’s")) else end))
            place += max(length, 1)

    def _longest_at(self, text: str, words: list[Span], place: int) -> tuple[str, int]:
        best = ("", 0)
        for slug, name in self._names:
            if len(name) > best[1] and _stands_at(text, words, place, name):
                best = (slug, len(name))
        return best


def _words_of(name: str) -> list[str]:
    words = [_fold(word) for word in _WORD.findall(name)]
    return [word for word in words if word not in HONOURS]


def _stands_at(text: str, words: list[Span], place: int, name: list[str]) -> bool:
    spans = words[place : place + len(name)]
    if len(spans) < len(name):
        return False
    gaps = (text[one[1] : other[0]] for one, other in zip(spans, spans[1:], strict=False))
    typed = [_fold(text[start:end]) for start, end in spans]
    if len(name) == 1:  # a lone surname has nothing beside it that would tell a misspelling from somebody else
        return typed == name
    return (
        all(map(_BETWEEN.fullmatch, gaps))
        and all(map(_is_given_name, typed[:-1], name[:-1]))
        and _is_surname(typed[-1], name[-1])
    )


def _is_given_name(typed: str, name: str) -> bool:
    if typed == name:
        return True
    # "Victoria" sounds nearly like "Victor" and "Johanna" like "John".
    same_ending = typed.rstrip("h").endswith("a") == name.rstrip("h").endswith("a")
    return same_ending and _sound(typed) == _sound(name) and OSA.distance(typed, name) <= MOST_UNHEARD


def _is_surname(typed: str, name: str) -> bool:
    if typed == name:
        return True
    if min(len(typed), len(name)) < SHORTEST_WRONG or typed[0] != name[0]:
        return False
    wrong = OSA.distance(typed, name)
    return wrong <= (MOST_WRONG_OF_LONG if len(name) >= LONG or _sound(typed) == _sound(name) else MOST_WRONG)


def _fold(word: str) -> str:
    return word.lower().replace("’", "'").removesuffix("'s").replace("'", "")


def _sound(word: str) -> str:
    """What is heard of a name, roughly: its first letter and its consonants."""
    heard = word
    for written, spoken in _SOUNDS:
        heard = heard.replace(written, spoken)
    return heard[0] + _DOUBLED.sub(r"\1", _UNHEARD.sub("", heard[1:]))


def _with_honours(text: str, words: list[Span], first: int, last: int) -> tuple[int, int]:
    def is_honour(place: int) -> bool:
        return 0 <= place < len(words) and _fold(text[slice(*words[place])]) in HONOURS

    while is_honour(first - 1) and _BETWEEN.fullmatch(text[words[first - 1][1] : words[first][0]]):
        first -= 1
    while is_honour(last + 1) and _BETWEEN.fullmatch(text[words[last][1] : words[last + 1][0]]):
        last += 1
    return first, last

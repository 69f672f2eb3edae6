"""Bodies, places and titled things, many of them called after people: to be told from people themselves."""

from collections.abc import Iterable, Sequence

SHORTEST_QUIET = 6  # letters of a single word that counts in small letters too: "homerton", but not "victoria's" "ely"


class Bodies:
    """Knows the names of hospitals, places, charities, awards and the like, and finds them in a list of words."""

    def __init__(self, names: Iterable[str]) -> None:
        """`names` as people write them; case and marks do not matter."""
        self._names = {words for name in names if (words := _split(name))}
        self._longest = max(map(len, self._names), default=0)

    def find(self, words: Sequence[str]) -> list[int]:
        """Of how many words the name is that each word is part of; nought where it is part of none."""
        plain = [_plain(word) for word in words]
        found = [0] * len(words)
        place = 0
        while place < len(words):
            length = self._longest_at(words, plain, place)
            found[place : place + length] = [length] * length
            place += max(length, 1)
        return found

    def _longest_at(self, words: Sequence[str], plain: Sequence[str], place: int) -> int:
        for length in range(min(self._longest, len(words) - place), 0, -1):
            if tuple(plain[place : place + length]) in self._names:
                is_single = length == 1
                if not is_single or words[place][0].isupper() or len(plain[place]) >= SHORTEST_QUIET:
                    return length
        return 0


def _split(name: str) -> tuple[str, ...]:
    return tuple(_plain(word) for word in name.split())


def _plain(word: str) -> str:
    return "".join(letter for letter in word.lower() if letter.isalnum()).removesuffix("s")

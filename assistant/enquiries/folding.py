"""Read a text past hidden characters and odd forms of letters, and replace what was found in it as it was typed."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from assistant.matching.cleaning import HIDDEN


def fold(text: str) -> tuple[str, list[int]]:
    """The text as rules read it, and for each of its characters (and its end) the place it came from."""
    if text.isascii():
        return text, list(range(len(text) + 1))
    folded: list[str] = []
    origins: list[int] = []
    for place, character in enumerate(text):
        plain = _fold_character(character)
        folded.append(plain)
        origins.extend([place] * len(plain))
    return "".join(folded), [*origins, len(text)]


# The minus sign, and the full stop of Chinese and Japanese, which browsers accept in addresses.
_OTHER_FORMS = {"\u2212": "-", "\u3002": "."}


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """What a character stands for: "" for hidden ones and accents, a plain digit, dash, space, or its NFKC form."""
    if HIDDEN.match(character) or unicodedata.category(character) in ("Mn", "Me"):
        return ""
    if (digit := unicodedata.digit(character, None)) is not None:
        return str(digit)
    if unicodedata.category(character) == "Pd":
        return "-"
    if character.isspace() and character != "\n":
        return " "
    return _OTHER_FORMS.get(character) or unicodedata.normalize("NFKC", character)


def replace(text: str, origins: Sequence[int], finds: Sequence[tuple[int, int, str]]) -> str:
    """Put labels in place of what was found; characters that folding dropped inside or right after it go with it.

    `origins` are those of `fold`; each find is where it begins and ends in the folded text, and its label, in order.
    """
    pieces, done = [], 0
    for start, end, label in finds:
        pieces += [text[done : origins[start]], label]
        done = max(origins[end], origins[end - 1] + 1)
    return "".join([*pieces, text[done:]])

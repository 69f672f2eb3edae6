"""The words of a text, and what can be seen of each without knowing it: capitals, neighbours, titles, known places."""

import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.matching.names.bodies import Bodies

Span = tuple[int, int]
"""Where a word begins and ends in its text."""

# Words with their inner apostrophes and hyphens; numbers and marks are words too, to be looked at by their neighbours.
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+|[^\w\s]|_+")
TITLES = frozenset("mr mrs ms miss mx dr doctor prof professor sir dame lord lady sister matron rev imam rabbi".split())
CUES = frozenset("name name's names i'm im i am is this it's called regards thanks cheers from signed yours by".split())
# What a name in front of them belongs to: "the Lister room" is no person.
OF_BODIES = frozenset(
    "hospital hospitals infirmary ward wing unit trust trusts board foundation centre house hall court park road "
    "street square site campus university college school academy institute surgery practice clinic hospice charity "
    "fund society network report review inquiry commission act law rule programme program course award awards prize "
    "scholarship fellowship lecture day month week room suite theatre library building gallery".split()
)


def find_words(text: str) -> list[Span]:
    """The words, numbers and marks of a text, in order."""
    return [match.span() for match in WORD.finditer(text)]


def look_at(
    text: str,
    words: Sequence[Span],
    bodies: Bodies,
    knows: Callable[[str], bool],
    is_misspelt: Callable[[str], bool],
) -> NDArray[np.float32]:
    """A row of ones and noughts for each word.

    `knows` tells the words of the encoder's own vocabulary, `is_misspelt` those that are nearly a word we use.
    """
    if not words:
        return np.zeros((0, 0), dtype=np.float32)
    texts = [text[start:end] for start, end in words]
    lower = [word.lower() for word in texts]
    in_bodies = bodies.find(texts)
    quiet, loud = text == text.lower(), text == text.upper()
    rows = []
    for place, word in enumerate(texts):
        before = lower[place - 1] if place else ""
        after = lower[place + 1] if place + 1 < len(words) else ""
        second = lower[place + 2] if place + 2 < len(words) else ""
        opens = place == 0 or before in set(".!?:;") or "\n" in text[words[place - 1][1] : words[place][0]]
        capital = word[0].isupper() and (len(word) == 1 or not word.isupper())
        rows.append(
            [
                capital,
                capital and not opens,
                word.isupper() and len(word) > 1,
                opens,
                not word[0].isalpha(),
                len(word) == 1,
                texts[place + 1][0].isupper() if after else False,
                texts[place - 1][0].isupper() if place else False,
                before in TITLES or (before == "." and place > 1 and lower[place - 2] in TITLES),
                lower[place] in TITLES,
                before in CUES,
                lower[place].endswith(("'s", "’s")),
                after == ",",
                before == ",",
                place == 0,
                place == len(words) - 1,
                not knows(lower[place]),
                is_misspelt(lower[place]),
                quiet,
                loud,
                in_bodies[place] == 1,
                in_bodies[place] > 1,
                after in OF_BODIES,
                second in OF_BODIES and capital,
                before == "the",
            ]
        )
    return np.array(rows, dtype=np.float32)

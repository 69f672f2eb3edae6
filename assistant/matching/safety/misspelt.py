"""Put right the misspelt words of a crisis, so that the rules meet the words they know."""

import re

from rapidfuzz import process
from rapidfuzz.distance import OSA

# The words that tell most, long enough to be known with a letter wrong. They are compared with nothing shorter.
TELLING = ("suicide", "suicidal", "overdose", "overdosed", "swallowed", "paracetamol", "myself", "bleach", "tablets")
SHORTEST = 5
# Words of their own, one letter from those.
WORDS = frozenset("tables tablet breach bleak beach leach bleached overdone overdoes oversee swallows overdue".split())
# Short words differ from too many others by a letter, so their misspellings are listed.
LISTED = {
    "want": "wan wnt wntt wnat watn whant wnta wanr",
    "kill": "kil kll kiil klil kilk",
    "killing": "kiling killin kilin",
    "die": "diee",
    "dying": "dieing diying",
    "cant": "cnt carnt",
    "going": "goin",
    "gonna": "gonnae gona gna gunna",
    "have": "hve hav",
    "hang": "hnag",
    "myself": "masel maself misself mself",
    "hanging": "hangin",
    "live": "liv",
    "living": "livin livng liveing",
    "dont": "dnt dnot donnt",
    "again": "agen agin",
    "life": "lyf lyfe liefe",
}
SPELT = {wrong: right for right, listed in LISTED.items() for wrong in listed.split()}
# Real words, wrong only where they stand.
OUT_OF_PLACE = (
    (re.compile(r"\b(want|wanna|wana|going|gonna) too? (?=die|dye|kill|hang|end )"), r"\1 to "),
    (re.compile(r"\bwanna too? (?=die|dye|kill)"), "wanna "),
    (
        re.compile(r"\b(to|wanna|wana|just|me) dye(?=$| tonight| now| today| soon| so| and| i\b| please| because)"),
        r"\1 die",
    ),
    (re.compile(r"\b(want|wanna|wana) to dei$"), r"\1 to die"),  # elsewhere it stands for diversity and inclusion
    (re.compile(r"\bmy (?:slef|sefl|selv)\b"), "myself"),
)


def put_right(sentence: str) -> str:
    """A folded sentence with the misspelt words of a crisis put right; the same sentence when there are none."""
    words = sentence.split()
    righted = " ".join(SPELT.get(word) or _nearest(word) for word in words)
    for wrong, right in OUT_OF_PLACE:
        righted = wrong.sub(right, righted)
    return righted


def _nearest(word: str) -> str:
    if len(word) < SHORTEST or len(word) > 12 or word in WORDS or word in TELLING:
        return word
    best = process.extractOne(word, TELLING, scorer=OSA.distance, score_cutoff=1)
    return best[0] if best and best[0][0] == word[0] else word

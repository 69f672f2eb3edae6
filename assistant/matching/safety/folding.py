"""Fold a message into plain words, so that the rules meet one spelling of what people type."""

import re
import unicodedata

from assistant.matching.safety.masked import unmask
from assistant.matching.safety.spelled_out import part, pull_together

# Letters of other languages that do not come apart into a plain letter and a mark.
PLAIN = dict(zip("łŁđĐıøØɗƊɓƁƙƘɛƐɔƆəƏ", "lldDioOdDbBkKeEoOeE", strict=True))
# Typed, typographic and mistaken apostrophes and quotation marks. Folded before NFKD, which would split some of them.
QUOTES = str.maketrans({**dict.fromkeys("‘’‚‛`´ʼ′＇", "'"), **dict.fromkeys("“”„‟«»″＂", '"'), **PLAIN})
# Marks that hide inside a word: combining, formatting, control, lone surrogates.
HIDDEN = frozenset({"Mn", "Me", "Cf", "Cc", "Cs"})
# Letters and symbols that show nothing, though Unicode does not call them hidden.
BLANKS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
LOOKALIKES = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "$": "s", "@": "a"}

_LOOKALIKE = re.compile(r"(?<=[a-z])[013457$@](?=[a-z])")
_MASK = re.compile(r"[*#$%&@]{2,}")
_APOSTROPHE = re.compile(r"(?<=[a-z0-9])'(?=[a-z0-9])")
_STRETCHED = re.compile(r"([a-jl-z])\1{2,}")  # not k, for the sake of "kkk"
_SENTENCE_END = re.compile(r"[.!?;]+")
_TRAILING = re.compile(r"(?<!\.)\.{2,}+(?=\s{0,3}[a-z])")  # a pause, where the sentence goes on in small letters
_QUOTE = re.compile(r"[\"']+")
_NO_WORD = re.compile(r"[^a-z0-9*\".]+")


def fold(text: str) -> str:
    """Lower-case words with one space between them: no accents, hidden characters or punctuation.

    A sentence's end stays as the word `.`, a quotation mark as the word `"`; an apostrophe inside a word goes
    (`don't` and `dont` are one). Swear words keep the asterisks that mask them, letters stretched for effect shrink
    to one, and digits or symbols standing in for letters become those letters (`k1ll`). Words spelled letter by letter
    are pulled together, and the most telling sentences written in one word are parted.
    """
    text = _TRAILING.sub(" ", unicodedata.normalize("NFKD", text.translate(QUOTES))).casefold().translate(QUOTES)
    text = "".join(letter for letter in text if _is_seen(letter))
    text = unmask(pull_together(text))
    text = _MASK.sub("**", text).replace("%", " percent ")
    text = _LOOKALIKE.sub(lambda found: LOOKALIKES[found[0]], text)
    text = _STRETCHED.sub(r"\1", _APOSTROPHE.sub("", text))
    text = _QUOTE.sub(' " ', _SENTENCE_END.sub(" . ", text))
    return part(_NO_WORD.sub(" ", text))


def _is_seen(letter: str) -> bool:
    return letter.isspace() or (unicodedata.category(letter) not in HIDDEN and letter not in BLANKS)


def sentences(folded: str) -> list[str]:
    """The sentences of a folded text, without quotation marks."""
    unquoted = " ".join(word for word in folded.split() if word != '"')
    return [part.strip() for part in unquoted.split(".") if part.strip()]


def without_quotations(folded: str) -> str:
    """A folded text without what stands between quotation marks; nothing at all where one is not closed."""
    pieces = folded.split('"')
    return " ".join(pieces[::2]) if len(pieces) % 2 else ""

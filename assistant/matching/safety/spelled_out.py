"""Read words that are spelled letter by letter (`k.i.l.l m.y.s.e.l.f`) or written together (`iwanttodie`)."""

import re

# One sign between the letters of a word, more between words. Three letters and fewer are initials or an acronym.
_LETTERS = re.compile(r"(?<![^\W_])(?:[^\W\d_](?:[ \t]{1,4}|[.\-_*,/|~]{1,2} ?)){3,60}[^\W\d_](?![^\W_])")
_SIGN = re.compile(r"[ \t]{1,4}|[.\-_*,/|~]{1,2} ?")

_TOGETHER = """
    i want to die|i wanna die|want to die|wanna die|wants to die|i want to kill myself|want to kill myself|kill myself
    killing myself|hang myself|hurt myself|cut myself|harm myself|end my life|end it all|take my own life
    wish i was dead
    i wish i was dead|dont want to live|i dont want to live|dont want to be here anymore|better off dead
    i want to end it all|dont want to be alive|let me die|going to kill myself|gonna kill myself
    fuck you|fuck off|piss off|go fuck yourself|fuck yourself|kill yourself|drop dead|go to hell|shut up|suck my dick
    you idiot|you moron|you bastard|you cunt|you twat|you wanker|stupid bot|stupid bitch|you are an idiot|you suck
"""
_PARTED = {
    phrase.replace(" ", ""): phrase for line in _TOGETHER.split("\n") for phrase in map(str.strip, line.split("|"))
}
_PARTED.pop("", None)
_JOINED = re.compile("|".join(sorted(_PARTED, key=len, reverse=True)))


def pull_together(text: str) -> str:
    """The text with words that are spelled letter by letter written as words."""
    return _LETTERS.sub(_pulled, text)


def _pulled(found: re.Match[str]) -> str:
    spelled = found[0]
    dotted = not all(letter.isalpha() or letter.isspace() for letter in spelled)
    # Among dots a blank parts words, among blanks only a wider one does.
    return _SIGN.sub(lambda sign: "" if len(sign[0]) == 1 and not (dotted and sign[0].isspace()) else " ", spelled)


def part(folded: str) -> str:
    """The folded text with the blanks that are missing from sentences written in one word."""
    return " ".join(_parted(word) for word in folded.split())


def _parted(word: str) -> str:
    return _JOINED.sub(lambda found: f" {_PARTED[found[0]]} ", word).strip() if len(word) > 5 else word

"""Read swear words whose letters are replaced by digits or signs (`1d10t`, `sh!t`, `c*nt`)."""

import re

SIGNS = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "$": "s", "@": "a", "!": "i"}
_TABLE = str.maketrans(SIGNS)
WORDS = frozenset(
    """
    idiot idiots stupid stoopid shit shite shithead bitch bitches cunt cunts wanker wankers twat twats bastard bastards
    arsehole arseholes asshole assholes dickhead dickheads fuck fucker fucking fuckers moron morons dumb dumbass loser
    losers retard retards bloody cretin cretins prick pricks dick tit slut whore scum nigger niggers paki pakis crap
    bollocks die kill suicide piss
    """.split()
)
_WITH_SIGNS = re.compile(r"(?<![^\s\"'(])[a-z0-9$@!*]{3,12}(?![^\s\"'),.?;:!])")
_BANGS = re.compile(r"!+$")
_MASKED = {
    re.compile(rf"(?<![a-z*]){pattern}(?![a-z*])"): word
    for pattern, word in {
        r"c\*+nt(?=s?\b)s?": "cunt",
        r"sh\*t": "shit",
        r"b\*t?ch": "bitch",
        r"tw\*t": "twat",
        r"d\*ck": "dick",
        r"b\*+stard": "bastard",
        r"id\*+t": "idiot",
        r"w\*+nker": "wanker",
    }.items()
}


def unmask(text: str) -> str:
    """Lower-case text with the listed words spelled out; nothing else changes."""
    text = _WITH_SIGNS.sub(_read, text)
    if "*" in text:
        for masked, word in _MASKED.items():
            text = masked.sub(word, text)
    return text


def _read(found: re.Match[str]) -> str:
    typed = found[0]
    bare = _BANGS.sub("", typed)
    read = bare.translate(_TABLE)
    return read + typed[len(bare) :] if read != bare and not bare.isdigit() and read in WORDS else typed

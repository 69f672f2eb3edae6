"""Let staff see what is not drawn: hidden and turning characters stand as marks that can be read out and copied."""

import re

from assistant.matching.cleaning import EMOJI, HIDDEN

# Scripts that join letters, or write from right to left: there a joiner between letters is spelling, not hiding.
_JOINING_LETTER = (
    "[\u0620-\u074f\u0750-\u077f\u07ca-\u07ea\u08a0-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17d3\u1820-\u18aa]"
)
_JOINERS = "[\u200c\u200d]"
# Controls but for tab and newline, line separators, halves of a character, and what Unicode keeps for no character.
_UNPRINTABLE = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17)
)
_TAG, _LAST_TAG = "[\U000e0020-\U000e007e]", "\U000e007f"


def _as_tags(text: str) -> str:
    """ASCII as the tag characters that nobody sees."""
    return "".join(chr(0xE0000 + ord(character)) for character in text)


_FLAGS = "|".join(map(_as_tags, ("gbeng", "gbsct", "gbwls")))  # England, Scotland and Wales
_DRAWN = "|".join(
    [
        rf"\U0001f3f4(?:{_FLAGS}){_LAST_TAG}",
        EMOJI,
        rf"(?!{HIDDEN.pattern})[^\w\s{_UNPRINTABLE}][\ufe0e\ufe0f]",
        r"[0-9#*]\ufe0f?\u20e3",
        rf"(?<={_JOINING_LETTER}){_JOINERS}(?!{_JOINERS})",
        r"\r\n",
    ]
)
_PATTERN = re.compile(rf"(?P<drawn>{_DRAWN})|(?P<tags>{_TAG}+{_LAST_TAG}?)|{HIDDEN.pattern}|[{_UNPRINTABLE}]")


def mark_unseen(text: str) -> str:
    """The text with a mark for each character that is not drawn, such as [U+202E]; words in tag characters are spelt.

    So that nothing is hidden from staff, and no line is turned round. Emoji, flags, and the joiners of scripts that
    spell with them stay as they are.
    """
    return text if text.isascii() and text.isprintable() else _PATTERN.sub(_mark, text)


def _mark(found: re.Match[str]) -> str:
    if found["drawn"]:
        return found["drawn"]
    if tags := found["tags"]:
        spelt = "".join(chr(ord(tag) - 0xE0000) for tag in tags.removesuffix(_LAST_TAG))
        return f"[hidden: {spelt}]"
    return f"[U+{ord(found[0]):04X}]"

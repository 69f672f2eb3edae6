"""Make what a member typed safe to keep, search and show, without changing what they see."""

import re
import unicodedata

# Unicode's default-ignorable characters: drawn as nothing, they can split a word, reverse a line or carry hidden text.
_NEVER_DRAWN = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f"
    r"\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# The zero-width joiner and two variation selectors mean something inside an emoji, and are hidden anywhere else.
_JOINER, _SELECTORS = r"\u200d", r"\ufe0e\ufe0f"
_EMOJI = r"[\u231a\u231b\u23cf-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
_EMOJI_UNIT = rf"{_EMOJI}[\U0001f3fb-\U0001f3ff]?[{_SELECTORS}]?"

EMOJI = rf"{_EMOJI_UNIT}(?:{_JOINER}{_EMOJI_UNIT})*"
"""The pattern of one emoji, with what joins its parts."""

HIDDEN = re.compile(rf"[{_NEVER_DRAWN}{_JOINER}{_SELECTORS}]")
"""One character that is not drawn, joiners of emoji included."""

_REMOVED = re.compile(rf"[{_NEVER_DRAWN}\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE_END = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_EMOJI_OR_STRAY = re.compile(rf"({EMOJI})|[{_JOINER}{_SELECTORS}]")


def clean(text: str) -> str:
    """What was typed, in composed form (NFC), without control and hidden characters, and stripped.

    Lone surrogates become U+FFFD, every kind of line end becomes a newline, tabs stay, emoji keep the joiners that hold
    them together. Cleaning twice changes nothing more, and no string makes it raise.
    """
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = _LINE_END.sub("\n", _REMOVED.sub("", text))
    # Strays go before composing: between a letter and its accent they would keep the two apart.
    text = _EMOJI_OR_STRAY.sub(lambda match: match[1] or "", text)
    return unicodedata.normalize("NFC", text).strip()


def count_characters(text: str) -> int:
    """How many characters a person would count after cleaning: an accent or a skin tone is part of what it sits on."""
    count, joined, half_flag = 0, False, False
    for character in clean(text):
        if character == "\u200d":
            joined = True
            continue
        is_flag_letter = "\U0001f1e6" <= character <= "\U0001f1ff"
        is_attached = unicodedata.category(character)[0] == "M" or "\U0001f3fb" <= character <= "\U0001f3ff"
        if count == 0 or not (is_attached or joined or (is_flag_letter and half_flag)):
            count += 1
        half_flag = is_flag_letter and not half_flag
        joined = False
    return count

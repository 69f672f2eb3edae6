"""Text of anybody, made fit for a vendor's message: nothing hidden in it, and never longer than allowed."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import urlsplit

from assistant.showing.unseen import mark_unseen

LINE_END = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
LONGEST_LINK = 2000  # characters

T = TypeVar("T")


def readable(text: str) -> str:
    """The text with a mark for each character that is not drawn, half characters and NUL included."""
    return mark_unseen(LINE_END.sub("\n", text))


def in_one_line(text: str) -> str:
    """The same without line ends and repeated spaces, as a name or the text of a button is."""
    return " ".join(readable(text).split())


def units(text: str) -> int:
    """The length of readable text as the vendors count it: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def cut(text: str, most: int) -> str:
    """Readable text of at most so many units, with an ellipsis where it was cut."""
    if units(text) <= most:
        return text
    return text.encode("utf-16-le")[: 2 * (most - 1)].decode("utf-16-le", "ignore").rstrip() + "…"


def split(text: str, is_short: Callable[[str], bool]) -> list[str]:
    """The text in pieces that are short enough, parted at white space where there is some; blank ones are left out."""
    if not text.strip():
        return []
    if is_short(text) or len(text) < 2:
        return [text]
    middle = len(text) // 2
    at = max(text.rfind("\n", 0, middle), text.rfind(" ", 0, middle)) + 1 or middle
    return split(text[:at], is_short) + split(text[at:], is_short)


def is_web_link(link: str) -> bool:
    """Whether a link leads to a page, and shows where."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    is_plain = link.isascii() and link.isprintable() and not re.search(r"[\s<>|\\\"]", link)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc and is_plain


def in_groups(things: Sequence[T], most: int) -> list[list[T]]:
    """All of them, in order, in groups of at most so many."""
    return [list(things[start : start + most]) for start in range(0, len(things), most)]

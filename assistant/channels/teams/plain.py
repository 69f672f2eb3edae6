"""The words of a card without the card, for when Teams does not take it."""

from collections.abc import Iterator
from typing import Any

from assistant.channels import wording
from assistant.channels.readable import cut, units
from assistant.channels.teams.elements import Element

LONGEST_PLAIN = 6000  # UTF-16 units: less than half of what Teams takes
# What somebody's Teams may take for markup, in letters that look the same.
LOOK_ALIKES = str.maketrans("<>[]&*`\\", "＜＞［］＆＊｀＼")


def plain_text(card: Element) -> str:
    """All that the card says, with its choices, as far as it fits; what is left out is said, and that buttons are."""
    paragraphs = [each for element in card["body"] for each in _say(element)]
    kept: list[str] = []
    room = LONGEST_PLAIN
    for paragraph in paragraphs:
        room -= units(paragraph) + 2
        if room < 0:
            break
        kept.append(paragraph)
    left = len(paragraphs) - len(kept)
    said = [wording.LEFT_OUT.format(count=left)] if left else []
    if any(element["type"] == "ActionSet" for element in card["body"]):
        said.append(wording.WITHOUT_BUTTONS)
    return "\n\n".join([*kept, *said]).translate(LOOK_ALIKES)


def _say(element: Element) -> Iterator[str]:
    """What stands in one element of a card's body."""
    if element["type"] == "RichTextBlock":
        yield _words(element)
    elif element["type"] == "Container":
        yield "\n".join(map(_words, element["items"]))
    elif choices := "\n".join(f"• {each['title']}" for each in element["actions"] if _is_choice(each)):
        yield choices


def _words(block: Element) -> str:
    return cut("".join(run["text"] for run in block["inlines"]), LONGEST_PLAIN // 2)


def _is_choice(action: dict[str, Any]) -> bool:
    return bool(action.get("data", {}).get("act") == "choice")

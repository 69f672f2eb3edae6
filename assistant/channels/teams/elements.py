"""Elements of Adaptive Cards 1.5. Text stands in runs only, which know no markdown and so no links and no mentions."""

import json
import re
from collections.abc import Sequence
from typing import Any

from assistant.channels import wording
from assistant.channels.readable import LONGEST_LINK, cut, in_groups, in_one_line, is_web_link, readable, split
from assistant.channels.shown import Entry

VERSION = "1.5"
# Teams refuses an activity of 28 KB and more; the rest of it, and the text beside the card, need room too.
MOST_BYTES = 22_000
MOST_ACTIONS = 6  # shown of one set
LONGEST_BUTTON = 75
LONGEST_PARAGRAPH = 1000  # characters
# What a host of cards may take for a template or a date to be put in.
TEMPLATE = re.compile(r"([{$])(?=\{)")

Element = dict[str, Any]


def run(text: str, **style: Any) -> Element:
    """One run of text, shown as it is."""
    return {"type": "TextRun", "text": defuse(readable(text)), **style}


def defuse(text: str) -> str:
    """Readable text without the beginning of a template or a date function: a space parts it."""
    return TEMPLATE.sub(r"\1 ", text)


def paragraph(text: str, **style: Any) -> list[Element]:
    """A paragraph; none where there is nothing to read."""
    return [{"type": "RichTextBlock", "inlines": [run(text, **style)]}] if readable(text).strip() else []


def paragraphs(texts: Sequence[str], **style: Any) -> list[Element]:
    """One for each, several for a very long one."""
    pieces = [piece for text in texts for piece in split(readable(text), lambda piece: len(piece) <= LONGEST_PARAGRAPH)]
    return [element for piece in pieces for element in paragraph(piece, **style)]


def heading(text: str) -> list[Element]:
    """A title, in one line."""
    return paragraph(cut(in_one_line(text), LONGEST_PARAGRAPH), weight="Bolder", size="Medium")


def entry_element(entry: Entry) -> Element:
    """A name in bold with its lines."""
    lines = [line for text in entry.lines for line in paragraph(text)]
    for line in lines:
        line["spacing"] = "None"
    return {
        "type": "Container",
        "separator": True,
        "items": [*paragraph(in_one_line(entry.name), weight="Bolder"), *lines],
    }


def submit(title: str, data: dict[str, Any]) -> Element:
    """A button that sends its data back; its title is cut where it is too long."""
    return {"type": "Action.Submit", "title": title_of(title), "data": data}


def title_of(text: str) -> str:
    """The text of a button."""
    return cut(defuse(in_one_line(text)), LONGEST_BUTTON) or "…"


def action_sets(actions: Sequence[Element]) -> list[Element]:
    """The buttons, in as many sets as they need: Teams shows six of each."""
    return [{"type": "ActionSet", "actions": some} for some in in_groups(actions, MOST_ACTIONS)]


def link_elements(link: str | None) -> list[Element]:
    """A button that opens the console, or its address as text where that is no link."""
    if not link:
        return []
    if is_web_link(link) and len(link) <= LONGEST_LINK:
        return action_sets([{"type": "Action.OpenUrl", "title": wording.OPEN_CONSOLE, "url": link}])
    return paragraph(cut(readable(wording.CONSOLE_ADDRESS.format(link=link)), 1000))


def size_of(part: Any) -> int:
    """Bytes of it as JSON, in the longest of the ways in which it may be written."""
    return len(json.dumps(part))


def fit(body: Sequence[Element], tail: Sequence[Element]) -> Element:
    """A card with as much of the body as fits before the tail, which always stands; what is left out is said."""
    room = MOST_BYTES - size_of(list(tail))
    kept: list[Element] = []
    for element in body:
        room -= size_of(element) + 2
        if room < 0:
            break
        kept.append(element)
    left = len(body) - len(kept)
    said = paragraph(wording.LEFT_OUT.format(count=left)) if left else []
    return {"type": "AdaptiveCard", "version": VERSION, "body": [*kept, *said, *tail] or paragraph(wording.NOTHING)}

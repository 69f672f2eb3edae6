"""Blocks of Slack's Block Kit within its limits."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from assistant.channels import wording
from assistant.channels.readable import LONGEST_LINK, in_groups, is_web_link, readable, split, units
from assistant.channels.shown import Entry
from assistant.channels.slack.escaping import bold, escape, link_addresses, plain

MOST_BLOCKS = 50
MOST_BLOCKS_OF_PAGE = 100
# Slack refuses a message whose blocks hold some 13,000 characters in all, and does not say how it counts.
MOST_UNITS = 11_000
MOST_UNITS_OF_PAGE = 60_000
LONGEST_SECTION = 3000
LONGEST_BUTTON = 75
MOST_BUTTONS = 25  # in one block

Block = dict[str, Any]


def sections(text: str, escaped: Callable[[str], str] = link_addresses) -> list[Block]:
    """The text, in as many sections as it needs."""
    pieces = split(readable(text), lambda piece: units(escaped(piece)) <= LONGEST_SECTION)
    return [_section({"type": "mrkdwn", "text": escaped(piece), "verbatim": True}) for piece in pieces]


def quoted(text: str) -> list[Block]:
    """Words of others, shown as they are: nothing in them is markup."""
    pieces = split(readable(text), lambda piece: units(piece) <= LONGEST_SECTION)
    return [_section({"type": "plain_text", "text": piece, "emoji": False}) for piece in pieces]


def entry_sections(entry: Entry) -> list[Block]:
    """A name in bold with its lines, in one section if they fit."""
    name, lines = bold(entry.name), link_addresses("\n".join(entry.lines))
    if name and lines.strip() and units(name) + units(lines) < LONGEST_SECTION:
        return [_section({"type": "mrkdwn", "text": f"{name}\n{lines}", "verbatim": True})]
    return [*sections(entry.name, escape), *sections("\n".join(entry.lines))]


def header(text: str) -> Block:
    """A heading of our own words."""
    return {"type": "header", "text": plain(text, 150)}


def button(action: str, text: str, value: str = "", **more: Any) -> Block:
    """A button; its text is cut where it is too long."""
    has_value = {"value": readable(value)} if value else {}
    return {"type": "button", "action_id": action, "text": plain(text, LONGEST_BUTTON), **has_value, **more}


def actions(buttons: Sequence[Block]) -> list[Block]:
    """The buttons, in as many blocks as they need."""
    return [{"type": "actions", "elements": some} for some in in_groups(buttons, MOST_BUTTONS)]


def link_blocks(link: str | None) -> list[Block]:
    """A button that opens the console, or its address as text where that is no link."""
    if not link:
        return []
    if is_web_link(link) and len(link) <= LONGEST_LINK:
        return actions([button("link:0", wording.OPEN_CONSOLE, url=link)])
    return quoted(wording.CONSOLE_ADDRESS.format(link=link))


def erase_button() -> Block:
    """Has what was asked erased, once that is confirmed."""
    confirm = _confirm(wording.ERASE_TITLE, wording.ERASE_CONFIRM, wording.ERASE_YES, wording.ERASE_NO)
    return button("erase", wording.ERASE, confirm=confirm)


def withdraw_button(reference: str) -> Block:
    """Withdraws a question that was left, once that is confirmed."""
    confirm = _confirm(wording.WITHDRAW_TITLE, wording.WITHDRAW_CONFIRM, wording.WITHDRAW_YES, wording.WITHDRAW_NO)
    return button("withdraw", wording.WITHDRAW, reference, confirm=confirm)


def fit(body: Sequence[Block], tail: Sequence[Block], is_page: bool = False) -> list[Block]:
    """As much of the body as fits before the tail, which always stands; what is left out is counted and said."""
    most_blocks, most_units = (MOST_BLOCKS_OF_PAGE, MOST_UNITS_OF_PAGE) if is_page else (MOST_BLOCKS, MOST_UNITS)
    room, blocks = most_units - sum(map(weigh, tail)), most_blocks - len(tail)
    if len(body) <= blocks and sum(map(weigh, body)) <= room:
        return [*body, *tail]
    kept: list[Block] = []
    room -= 2 * len(wording.LEFT_OUT)
    for block in body:
        room -= weigh(block)
        if room < 0 or len(kept) + 1 >= blocks:
            break
        kept.append(block)
    return [*kept, *sections(wording.LEFT_OUT.format(count=len(body) - len(kept))), *tail]


def weigh(block: Block) -> int:
    """How much of Slack's limit for a whole message a block uses, generously counted."""
    return sum(units(text) + 10 for text in _strings(block))


def _confirm(title: str, text: str, yes: str, no: str) -> Block:
    return {
        "title": plain(title, 100),
        "text": plain(text, 300),
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
    }


def _section(text: dict[str, Any]) -> Block:
    return {"type": "section", "text": text}


def _strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from _strings(value)
    elif isinstance(part, list):
        for value in part:
            yield from _strings(value)

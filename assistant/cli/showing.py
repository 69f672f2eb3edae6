"""Show a reply of the desk in a terminal."""

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

MOST_CARDS = 4  # a longer list is in the reply's own text already


def show_reply(reply: dict[str, Any], terminal: Console) -> None:
    """Print texts, offers, people, choices and the reference."""
    for each in reply["replies"]:
        terminal.print(Text(each["text"]))
    if len(reply["offers"]) <= MOST_CARDS:
        for offer in reply["offers"]:
            terminal.print(_card(offer))
    for person in reply["people"]:
        terminal.print(Text(f"  {person['name']}, {person['role']}"))
    for number, choice in enumerate(reply["choices"], start=1):
        terminal.print(Text(f"  {number}  {choice['label']}", style="bold"))
    if reply["enquiry"]:
        terminal.print(Text(f"Reference {reply['enquiry']}", style="dim"))


def _card(offer: dict[str, Any]) -> Panel:
    return Panel(Text("\n".join(_lines(offer))), title=Text(offer["name"]), title_align="left", width=80)


def _lines(offer: dict[str, Any]) -> Iterator[str]:
    contact = offer["contact"]
    reached = " or ".join(way for way in (contact["email"], contact["phone"]) if way)
    yield offer["summary"]
    yield f"Stage: {' and '.join(offer['stages'])}. {offer['tier'].capitalize()} support."
    yield f"Contact: {reached}" if contact["published"] else f"No contact is published for it. General contact: {reached}"
    yield f"Source: {offer['source']['title']} ({offer['source']['published']})"

"""A conversation with a desk in this process, and its replies as they are shown in a terminal."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from rich.panel import Panel
from rich.text import Text

from assistant.cli.console import console, output
from assistant.cli.setup import prepare_database, prepare_model
from assistant.enquiries.texts import check_text
from assistant.settings import Settings
from assistant.showing.words import standing_of

if TYPE_CHECKING:
    from assistant.enquiries.intake import Incoming

CHANNEL = "terminal"
MOST_PANELS = 5  # a panel takes six lines; more of them would push the answer out of sight

Reply = dict[str, Any]
"""A reply in the shape of the public API."""


class Desk(Protocol):
    """What the commands need of the enquiry desk."""

    async def open(self, channel: str) -> tuple[str, str]:
        """Start a conversation; returns its id and secret."""

    async def handle(self, conversation: str, token: str, incoming: "Incoming") -> Reply:
        """Answer a message. Raises AssistantError when it cannot be taken."""


@contextmanager
def opened_desk(settings: Settings) -> Iterator[Desk]:
    """A desk in this process, trained first when there is no model; takes seconds.

    It has no limit a minute: that protects a server from strangers, and here the asker owns the machine.
    """
    # That a key was generated matters to who runs a server; here it would stand above each answer.
    logging.getLogger("assistant").setLevel(logging.ERROR)
    database = prepare_database(settings)
    try:
        prepare_model(settings, database)
        # Recorded and dropped rather than filtered: importing Sanic puts a filter of its own before any of ours.
        with console.status("Starting …"), warnings.catch_warnings(record=True):
            from assistant.engine.opening import open_desk  # imports Rasa

            desk = open_desk(settings.model_copy(update={"messages_per_minute": 0}), database)
        yield desk
    finally:
        database.close()


class TerminalConversation:
    """One conversation with a desk. It is opened with its first message, so that none is left without any."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._own: tuple[str, str] | None = None  # id and secret

    async def say(self, text: str) -> Reply:
        """Send a text. Raises AssistantError when it cannot be answered."""
        from assistant.enquiries.intake import Incoming

        return await self._send(Incoming(text=check_text(text)))

    async def choose(self, choice: str) -> Reply:
        """Send a choice that was offered, by its id. Raises AssistantError when it cannot be answered."""
        from assistant.enquiries.intake import Incoming

        return await self._send(Incoming(choice=choice))

    async def _send(self, incoming: "Incoming") -> Reply:
        if self._own is None:
            self._own = await self._desk.open(CHANNEL)
        return await self._desk.handle(*self._own, incoming)


def show_reply(reply: Reply) -> None:
    """Print a reply for a person to read."""
    said = [paragraph["text"] for paragraph in reply["replies"]]
    for text in said:
        _print(f"{text}\n")
    # What is asked is said by the choices; contacts of what may not be meant would only be in the way.
    if reply["outcome"] != "clarify":
        _show_offers(reply["offers"])
    _show_people(reply, "\n".join(said))
    for number, choice in enumerate(reply["choices"], 1):
        _print(f"  {number}. {choice['label']}", style="bold")
    if reply["enquiry"]:
        _print(f"Reference: {reply['enquiry']}", style="dim")


def _print(text: str, style: str = "") -> None:
    # Lines are left whole when they go to a file or another program.
    output.print(Text(text, style=style), soft_wrap=not output.is_terminal)


def _show_offers(offers: list[dict[str, Any]]) -> None:
    for offer in offers:
        name, stage_and_tier, contact = offer["name"], _stage_and_tier(offer), _contact(offer["contact"])
        if len(offers) > MOST_PANELS:
            _print(f"• {name}. {stage_and_tier}. {contact}")
        else:
            # The name is not the panel's title: a title is cut where it is longer than the line.
            lines = Text(f"{name}\n", style="bold").append(
                f"{stage_and_tier}\n{contact}\n{_source(offer['source'])}", style="not bold"
            )
            output.print(Panel(lines))


def _stage_and_tier(offer: dict[str, Any]) -> str:
    stages = " and ".join(offer["stages"])
    return f"{stages.capitalize()} {'stage' if len(offer['stages']) == 1 else 'stages'}, {offer['tier']} tier"


def _contact(contact: dict[str, Any]) -> str:
    kind = "Contact" if contact["published"] else "General contact"
    return f"{kind}: " + ", ".join(way for way in (contact["email"], contact["phone"]) if way)


def _source(source: dict[str, Any]) -> str:
    return f"Source: {source['title']}, {standing_of(source)}"


def _show_people(reply: Reply, said: str) -> None:
    """The people a reply is about, but those that its text names already."""
    people = reply["people"] or ([reply["person"]] if reply["person"] else [])
    for person in people:
        if person["name"] not in said:
            _print(f"• {person['name']}, {person['role']}")

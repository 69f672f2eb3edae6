"""`assistant chat`: a conversation in the terminal."""

import asyncio
import re
import sys
from collections.abc import Awaitable, Callable

import click

from assistant.cli.console import console, output
from assistant.cli.session import Desk, Reply, TerminalConversation, opened_desk, show_reply
from assistant.cli.setup import pass_settings
from assistant.errors import AssistantError
from assistant.matching.cleaning import clean
from assistant.settings import Settings

GREETING = (
    "Hello. I am a computer program that answers questions about the NHS\n"
    "Confederation's support against racism. What I tell you is as published in\n"
    "November 2022. Type /help to see what else you can type."
)
HELP = (
    "Type a question in your own words, or the number of a choice that is shown.\n"
    "  /new   start a new conversation\n"
    "  /help  show this\n"
    "  /quit  leave; Ctrl-D and Ctrl-C do too"
)
NEW = "This is a new conversation. What would you like to know?"
GOODBYE = "Goodbye, and all the best with your work."
PROMPT = "You: "

NUMBER = re.compile(r"(\d{1,2})[.)]?")
COMMAND = re.compile(r"/[a-z]+")

Reader = Callable[[], Awaitable[str]]
"""Gives the next line that is typed. Raises EOFError after the last and KeyboardInterrupt on Ctrl-C."""


@click.command()
@pass_settings
def chat(settings: Settings) -> None:
    """Talk with the assistant here, without a server.

    Type /help in it to see its commands. Lines from a pipe are answered one after another.
    """
    try:
        with opened_desk(settings) as desk:
            asyncio.run(Chat(desk, pick_reader()).run())
    except KeyboardInterrupt:  # while an answer was on its way
        output.print()
    output.print(GOODBYE)


class Chat:
    """Reads what is typed until the asker leaves, and shows what comes of it."""

    def __init__(self, desk: Desk, read: Reader) -> None:
        self._desk = desk
        self._read = read
        self._conversation = TerminalConversation(desk)
        self._choices: list[dict[str, str]] = []  # those that are open, in the order of their numbers

    async def run(self) -> None:
        """Talk until "/quit", Ctrl-D, Ctrl-C or the end of the input."""
        output.print(GREETING, end="\n\n")
        while True:
            try:
                typed = clean(await self._read())
            except (EOFError, KeyboardInterrupt):
                return
            if typed == "/quit":
                return
            if typed:
                await self._take(typed)
                output.print()

    async def _take(self, typed: str) -> None:
        """Do what was typed; what cannot be done is told in a sentence, and the conversation goes on."""
        if typed == "/help":
            output.print(HELP)
        elif typed == "/new":
            self._conversation, self._choices = TerminalConversation(self._desk), []
            output.print(NEW)
        elif COMMAND.fullmatch(typed):
            output.print(f"There is no {typed}. Type /help to see what there is.")
        else:
            try:
                await self._send(typed)
            except AssistantError as error:
                output.print(str(error), style="red", markup=False)

    async def _send(self, typed: str) -> None:
        number = NUMBER.fullmatch(typed) if self._choices else None
        if number and not 1 <= int(number[1]) <= len(self._choices):
            output.print(f"There is no choice {number[1]}. Type the number of one that is shown, or your question.")
            return
        with console.status("One moment …"):
            reply = await self._ask(typed, int(number[1]) if number else None)
        self._choices = reply["choices"]
        show_reply(reply)

    async def _ask(self, typed: str, number: int | None) -> Reply:
        if number is None:
            return await self._conversation.say(typed)
        return await self._conversation.choose(self._choices[number - 1]["id"])


def pick_reader() -> Reader:
    """A prompt with editing and history at a terminal, plain lines otherwise."""
    return _prompt_reader() if sys.stdin.isatty() and sys.stdout.isatty() else read_plain_line


def _prompt_reader() -> Reader:
    # Comes with Rasa. Unlike input(), it takes a pasted text of several lines as one message.
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import InMemoryHistory

    # In memory only: what is typed may be somebody's name and address, which no file of ours should keep.
    session: PromptSession[str] = PromptSession([("bold", PROMPT)], history=InMemoryHistory())
    return session.prompt_async


async def read_plain_line() -> str:
    """The next line of standard input, shown as if it had been typed. Raises EOFError after the last."""
    output.print(PROMPT, end="")
    line = sys.stdin.buffer.readline().decode("utf-8", "replace")
    if not line:
        output.print()
        raise EOFError
    if not sys.stdin.isatty():
        output.print(clean(line), markup=False, soft_wrap=True)
    return line

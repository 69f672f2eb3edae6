"""`assistant ask`: answer one question, or many from standard input."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterable
from typing import Any

import click

from assistant.cli.session import Desk, Reply, TerminalConversation, opened_desk, show_reply
from assistant.cli.setup import pass_settings
from assistant.enquiries.texts import check_text
from assistant.errors import AssistantError
from assistant.settings import Settings


class LineRefusedError(AssistantError):
    """A line of standard input holds no question; the message says what a line may be."""


class LinesNotAnsweredError(AssistantError):
    """Some lines of standard input were not answered."""


@click.command()
@click.argument("words", nargs=-1, metavar="[TEXT]")
@click.option("--json", "as_json", is_flag=True, help="Print the reply of the public API, as one JSON object.")
@pass_settings
def ask(settings: Settings, words: tuple[str, ...], as_json: bool) -> None:
    """Answer TEXT, or without it the questions of standard input, one a line.

    \b
    One question:
      assistant ask "who do I contact about the women leaders network?"
      assistant ask --json "what is the LFHII?" | jq .offers

    \b
    Many questions:
      assistant ask < questions.txt
      assistant ask < questions.jsonl > answers.jsonl

    A line is {"text": "..."}, a JSON string or plain text; empty lines are passed over. Each line is a conversation
    of its own, but lines with the same "conversation" are one:

    \b
      {"text": "what is the LFHII?", "conversation": 1}
      {"text": "who do I contact about that?", "conversation": 1}

    Each answer is a line too: the reply of the public API as JSON, with the "text" and "conversation" that were given.
    A line that cannot be answered gets {"error": "..."}; the others are answered, and the exit code is 1.
    """
    if words:
        text = check_text(" ".join(words))
        with opened_desk(settings) as desk:
            reply = asyncio.run(TerminalConversation(desk).say(text))
        if as_json:
            _print_json(reply)
        else:
            show_reply(reply)
    elif sys.stdin.isatty():
        raise click.UsageError('Give a question: assistant ask "...", or pipe questions in, one a line.')
    else:
        with opened_desk(settings) as desk:
            asyncio.run(_answer_standard_input(desk))


async def _answer_standard_input(desk: Desk) -> None:
    refused = 0
    async for answer in answer_lines(desk, sys.stdin.buffer):
        refused += "error" in answer
        _print_json(answer)
    if refused:
        raise LinesNotAnsweredError(f'Lines that could not be answered: {refused}. Their "error" says why.')


async def answer_lines(desk: Desk, lines: Iterable[bytes]) -> AsyncIterator[Reply]:
    """Answer each line as soon as it is there; what was asked goes before the reply or the error."""
    conversations: dict[str, TerminalConversation] = {}
    for line in lines:
        if not line.strip():
            continue
        asked: dict[str, Any] = {}
        try:
            asked = read_line(line)
            own = TerminalConversation(desk)
            if asked.get("conversation") is not None:
                own = conversations.setdefault(json.dumps(asked["conversation"]), own)
            yield asked | await own.say(asked["text"])
        except AssistantError as error:
            yield asked | {"error": str(error)}


def read_line(line: bytes) -> dict[str, Any]:
    """The "text" of a line and, where it has one, its "conversation". Raises LineRefusedError."""
    try:
        typed = line.decode("utf-8-sig").strip()  # the first line of a file from Windows may start with a signature
    except UnicodeDecodeError:
        raise LineRefusedError("The line is not text in UTF-8. Save the file in UTF-8.") from None
    value = _parse(typed)
    if isinstance(value, str):
        return {"text": value}
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise LineRefusedError('The line holds no text. Give {"text": "..."}, a JSON string or plain text.')
    return {name: value[name] for name in ("text", "conversation") if name in value}


def _parse(typed: str) -> Any:
    """The JSON value of a line; what is no JSON is plain text, unless it starts as an object does."""
    try:
        return json.loads(typed)
    except (ValueError, RecursionError):
        if typed.startswith("{"):
            raise LineRefusedError("The line starts as a JSON object and is not one. Put it all on one line.") from None
        return typed


def _print_json(answer: Reply) -> None:
    # JSON is UTF-8 whatever the terminal is set to; a lone surrogate leaves as the escape it came as.
    click.echo(json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace"))

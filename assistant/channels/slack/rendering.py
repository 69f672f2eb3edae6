"""What a post looks like in Slack: blocks within its limits, and a text for notifications and screen readers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.channels import wording
from assistant.channels.notices import WELCOME
from assistant.channels.readable import cut, in_one_line, readable, units
from assistant.channels.shown import ShownReply, show_reply
from assistant.channels.slack.blocks import (
    LONGEST_BUTTON,
    Block,
    actions,
    button,
    entry_sections,
    erase_button,
    fit,
    header,
    link_blocks,
    quoted,
    sections,
    weigh,
    withdraw_button,
)
from assistant.channels.slack.escaping import escape
from assistant.channels.slack.form_view import form_view
from assistant.channels.slack.home import home_view
from assistant.channels.slack.review import render_review
from assistant.messaging.models import PostKind
from assistant.messaging.outbox import OpenPost
from assistant.settings import Settings

__all__ = ["SlackMessage", "form_view", "home_view", "render"]

LONGEST_TEXT = 4000  # Slack advises no more, and refuses an update that has more
LONGEST_CHOICE = 200  # of its id
LONGEST_REFERENCE = 100
MOST_UNITS_OF_CHOICES = 7000


@dataclass(frozen=True)
class SlackMessage:
    """`text` stands for the blocks where they cannot be shown; it is escaped already."""

    text: str
    blocks: list[Block]


def render(post: OpenPost, settings: Settings) -> SlackMessage:
    """The post as a message. Its text is never parsed for names: nothing in it can ping."""
    blocks = _WAYS[post.kind](post.content) or sections(wording.NOTHING)
    return SlackMessage(_text_of(blocks), blocks)


def _reply(content: Mapping[str, Any]) -> list[Block]:
    shown = show_reply(content)
    body = [block for text in shown.texts for block in sections(text)]
    body += [block for entry in shown.entries for block in entry_sections(entry)]
    body += [block for hint in shown.hints for block in sections(hint)]
    buttons, more = _choice_buttons(shown.choices)
    body += _long_labels(shown.choices[: len(buttons)])
    tail = actions(buttons) + [block for text in more for block in sections(text)]
    return fit(body, tail + _end(shown))


def _end(shown: ShownReply) -> list[Block]:
    """What was said about earlier buttons, the reference, and the buttons of every answer."""
    blocks = [block for text in shown.said for block in sections(cut(readable(text), 1000))]
    reference = cut(in_one_line(shown.reference or ""), LONGEST_REFERENCE)
    if reference:
        told = [wording.REFERENCE.format(reference=reference), *([wording.USEFUL] if shown.asks_useful else [])]
        blocks += sections(". ".join(told))
    buttons = []
    if shown.asks_useful and reference:
        buttons = [
            button("useful", wording.IS_USEFUL, reference),
            button("not_useful", wording.IS_NOT_USEFUL, reference),
        ]
    if shown.withdraws:
        buttons.append(withdraw_button(cut(in_one_line(shown.withdraws), LONGEST_REFERENCE)))
    if shown.has_form:
        buttons.append(button("leave_question", wording.USE_FORM))
    return blocks + actions(buttons)


def _choice_buttons(choices: list[tuple[str, str]]) -> tuple[list[Block], list[str]]:
    """A button for each choice while they fit, and what to say of the others."""
    buttons: list[Block] = []
    room = MOST_UNITS_OF_CHOICES
    for number, (choice, label) in enumerate(choices):
        one = button(f"choice:{number}", label, choice)
        room -= weigh(one)
        if room < 0 or len(choice) > LONGEST_CHOICE:
            break
        buttons.append(one)
    left = len(choices) - len(buttons)
    return buttons, [wording.MORE_CHOICES.format(count=left)] if left else []


def _long_labels(choices: list[tuple[str, str]]) -> list[Block]:
    """The labels that are cut on their buttons, in full."""
    cut_ones = [label for _, label in choices if units(in_one_line(label)) > LONGEST_BUTTON]
    if not cut_ones:
        return []
    return [*sections(wording.LONG_CHOICES), *(block for label in cut_ones for block in quoted(f"• {label}"))]


def _notice(content: Mapping[str, Any]) -> list[Block]:
    is_welcome = content.get("is_welcome") is True
    texts = [*(WELCOME if is_welcome else ()), *content["texts"]]
    tail = actions([button("leave_question", wording.LEAVE_QUESTION), erase_button()]) if is_welcome else []
    return fit([block for text in texts for block in sections(text)], tail)


def _answer(content: Mapping[str, Any]) -> list[Block]:
    reference = cut(in_one_line(content.get("reference") or ""), LONGEST_REFERENCE)
    body = [block for text in content["texts"] for block in sections(text)]
    tail = sections(wording.REFERENCE.format(reference=reference)) if reference else []
    return fit([header(wording.ANSWER_TITLE), *body], tail)


def _digest(content: Mapping[str, Any]) -> list[Block]:
    lines = [block for line in content["lines"] for block in quoted(line)]
    return fit([header(content["title"]), *lines], link_blocks(content.get("link")))


def _home(content: Mapping[str, Any]) -> list[Block]:
    blocks: list[Block] = home_view(content)["blocks"]
    return blocks


_WAYS = {
    PostKind.REPLY: _reply,
    PostKind.UPDATE: _reply,
    PostKind.NOTICE: _notice,
    PostKind.ANSWER: _answer,
    PostKind.DIGEST: _digest,
    PostKind.REVIEW: render_review,
    PostKind.HOME: _home,
}


def _text_of(blocks: list[Block]) -> str:
    """What the blocks say, whole texts as long as they fit: what is cut within markup would no longer be escaped."""
    said = [_escaped(block["text"]) for block in blocks if "text" in block]
    said += [f"[{_escaped(each['text'])}]" for block in blocks for each in block.get("elements", ())]
    text = ""
    for each in said:
        if units(text) + units(each) + 4 > LONGEST_TEXT:
            return f"{text}\n…"
        text = f"{text}\n{each}" if text else each
    return text


def _escaped(text: Mapping[str, Any]) -> str:
    return str(text["text"]) if text["type"] == "mrkdwn" else escape(text["text"])

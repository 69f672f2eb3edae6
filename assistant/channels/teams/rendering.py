"""What a post looks like in Teams: an Adaptive Card within its limits, or a short plain text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.channels import wording
from assistant.channels.notices import WELCOME
from assistant.channels.readable import cut, in_one_line, readable, units
from assistant.channels.shown import ShownReply, show_offer, show_reply
from assistant.channels.teams.elements import (
    LONGEST_BUTTON,
    Element,
    action_sets,
    entry_element,
    fit,
    heading,
    link_elements,
    paragraph,
    paragraphs,
    size_of,
    submit,
)
from assistant.channels.teams.form import erase_action, form_action, withdraw_action
from assistant.channels.teams.review import render_review
from assistant.messaging.models import PostKind
from assistant.messaging.outbox import OpenPost
from assistant.settings import Settings

LONGEST_TEXT = 1500  # of a message without a card
LONGEST_SUMMARY = 200
LONGEST_SEEN = 45  # of a button's text, where a card is narrow
LONGEST_CHOICE = 200  # of its id
LONGEST_REFERENCE = 100
LONGEST_SAID = 300
MOST_BYTES_OF_CHOICES = 14_000
MARKUP = re.compile(r"[<>\[\]{}*_~`\\#|&$]")


@dataclass(frozen=True)
class TeamsMessage:
    """`text` is to be sent as plain: alone, it is the message; with a card, it stands for that in notifications."""

    text: str
    card: Element | None


def render(post: OpenPost, settings: Settings) -> TeamsMessage:
    """The post as a message."""
    return _WAYS[post.kind](post.content)


def _reply(content: Mapping[str, Any]) -> TeamsMessage:
    shown = show_reply(content)
    said = paragraphs([cut(readable(text), LONGEST_SAID) for text in shown.said])
    end = _end(shown)
    if not (shown.entries or shown.choices or shown.has_form or shown.withdraws or said or end):
        return _texts(shown.texts)
    body = [*paragraphs(shown.texts), *map(entry_element, shown.entries), *paragraphs(shown.hints)]
    buttons, more = _choice_buttons(shown.choices)
    body += _long_labels(shown.choices[: len(buttons)])
    buttons += [form_action(wording.USE_FORM)] if shown.has_form else []
    if shown.withdraws:
        buttons.append(withdraw_action(cut(in_one_line(shown.withdraws), LONGEST_REFERENCE)))
    tail = [*said, *action_sets(buttons), *paragraphs(more), *end]
    return TeamsMessage(_summary([*shown.texts, *(entry.name for entry in shown.entries)]), fit(body, tail))


def _end(shown: ShownReply) -> list[Element]:
    """The reference, and whether the answer was useful: apart, so that nobody takes that for part of the answer."""
    reference = cut(in_one_line(shown.reference or ""), LONGEST_REFERENCE)
    if not reference:
        return []
    told = [wording.REFERENCE.format(reference=reference), *([wording.USEFUL] if shown.asks_useful else [])]
    elements = paragraph(". ".join(told), isSubtle=True)
    elements[0]["separator"] = True
    if shown.asks_useful:
        elements += action_sets(
            [
                submit(wording.IS_USEFUL, {"act": "useful", "reference": reference}),
                submit(wording.IS_NOT_USEFUL, {"act": "not_useful", "reference": reference}),
            ]
        )
    return elements


def _choice_buttons(choices: list[tuple[str, str]]) -> tuple[list[Element], list[str]]:
    """A button for each choice while they fit, and what to say of the others."""
    buttons: list[Element] = []
    room = MOST_BYTES_OF_CHOICES
    for choice, label in choices:
        short = cut(in_one_line(label), LONGEST_BUTTON)
        one = submit(label, {"act": "choice", "choice": in_one_line(choice), "label": short})
        room -= size_of(one)
        if room < 0 or len(choice) > LONGEST_CHOICE:
            break
        buttons.append(one)
    left = len(choices) - len(buttons)
    return buttons, [wording.MORE_CHOICES.format(count=left)] if left else []


def _long_labels(choices: list[tuple[str, str]]) -> list[Element]:
    """The labels that may be cut on their buttons, in full."""
    cut_ones = [label for _, label in choices if units(in_one_line(label)) > LONGEST_SEEN]
    return paragraphs([wording.LONG_CHOICES, *(f"• {label}" for label in cut_ones)]) if cut_ones else []


def _notice(content: Mapping[str, Any]) -> TeamsMessage:
    if content.get("is_welcome") is not True:
        return _texts(content["texts"])
    texts = [*WELCOME, *content["texts"]]
    tail = action_sets([form_action(wording.LEAVE_QUESTION), erase_action()])
    return TeamsMessage(_summary(texts), fit(paragraphs(texts), tail))


def _answer(content: Mapping[str, Any]) -> TeamsMessage:
    reference = cut(in_one_line(content.get("reference") or ""), LONGEST_REFERENCE)
    tail = paragraph(wording.REFERENCE.format(reference=reference)) if reference else []
    return TeamsMessage(
        wording.ANSWER_TITLE, fit([*heading(wording.ANSWER_TITLE), *paragraphs(content["texts"])], tail)
    )


def _digest(content: Mapping[str, Any]) -> TeamsMessage:
    body = [*heading(content["title"]), *paragraphs(content["lines"])]
    return TeamsMessage(_summary([content["title"]]), fit(body, link_elements(content.get("link"))))


def _review(content: Mapping[str, Any]) -> TeamsMessage:
    return TeamsMessage(_summary([content["title"]]), render_review(content))


def _home(content: Mapping[str, Any]) -> TeamsMessage:
    """Teams has no such page; where one is asked for all the same, the catalogue is a card."""
    body = heading(wording.HOME_TITLE)
    for stage in content["stages"]:
        body += [*heading(stage["stage"].capitalize()), *(entry_element(show_offer(each)) for each in stage["offers"])]
    return TeamsMessage(wording.HOME_TITLE, fit(body, []))


_WAYS = {
    PostKind.REPLY: _reply,
    PostKind.UPDATE: _reply,
    PostKind.NOTICE: _notice,
    PostKind.ANSWER: _answer,
    PostKind.DIGEST: _digest,
    PostKind.REVIEW: _review,
    PostKind.HOME: _home,
}


def _texts(texts: list[str]) -> TeamsMessage:
    """A message without a card where it is short and nothing in it could be taken for markup."""
    text = readable("\n\n".join(texts))
    if text.strip() and units(text) <= LONGEST_TEXT and not MARKUP.search(text):
        return TeamsMessage(text, None)
    return TeamsMessage(_summary(texts), fit(paragraphs(texts), []))


def _summary(texts: list[str]) -> str:
    """The beginning, without what could be taken for markup: the card has it in full."""
    return cut(MARKUP.sub(" ", in_one_line(" ".join(texts))), LONGEST_SUMMARY).strip() or wording.HOME_TITLE

"""A group of the queue in the staff's channel, with the buttons that decide on it."""

import json
from collections.abc import Mapping
from typing import Any

from assistant.channels import wording
from assistant.channels.readable import cut, in_one_line
from assistant.channels.slack.blocks import Block, actions, button, fit, header, link_blocks, quoted, sections

MOST_SUGGESTIONS = 3
LONGEST_LABEL = 200
LONGEST_SAID = 1000


def render_review(content: Mapping[str, Any]) -> list[Block]:
    """What was asked, why it waits, what may be the answer, and the buttons of whoever may decide."""
    suggestions = content["suggestions"][:MOST_SUGGESTIONS]
    titles = [
        f"{number}. {cut(in_one_line(each['title']), LONGEST_SAID)}" for number, each in enumerate(suggestions, 1)
    ]
    body = [header(content["title"])]
    body += [block for fact in content["facts"] for block in quoted(fact)]
    body += [block for line in content["lines"] or [wording.NO_WORDS] for block in quoted(f"• {line}")]
    tail = quoted("\n".join([wording.SUGGESTIONS, *titles])) if titles else []
    return fit(body, tail + _end(content, suggestions))


def _end(content: Mapping[str, Any], suggestions: list[Mapping[str, Any]]) -> list[Block]:
    decided = content.get("decided")
    if decided:
        return sections(cut(in_one_line(decided), LONGEST_SAID))
    decide = _buttons(content, suggestions) if content["can_decide"] else []
    return actions(decide) + link_blocks(content.get("link"))


def _buttons(content: Mapping[str, Any], suggestions: list[Mapping[str, Any]]) -> list[Block]:
    takes = [
        button(f"decide:take:{number}", wording.TAKE.format(title=each["title"]), _value(content, each["label"]))
        for number, each in enumerate(suggestions)
        if len(each["label"]) <= LONGEST_LABEL
    ]
    value = _value(content)
    return [
        *takes,
        button("decide:out_of_scope", wording.OUT_OF_SCOPE, value),
        button("decide:assign", wording.ASSIGN, value),
    ]


def _value(content: Mapping[str, Any], label: str = "") -> str:
    return json.dumps({"group": content["group"], "version": content["version"], "label": label}, ensure_ascii=False)

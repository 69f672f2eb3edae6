"""A group of the queue in the staff's channel, with the buttons that decide on it."""

from collections.abc import Mapping
from typing import Any

from assistant.channels import wording
from assistant.channels.readable import cut, in_one_line
from assistant.channels.teams.elements import (
    Element,
    action_sets,
    fit,
    heading,
    link_elements,
    paragraph,
    paragraphs,
    submit,
)

MOST_SUGGESTIONS = 3
LONGEST_LABEL = 200
LONGEST_SAID = 300


def render_review(content: Mapping[str, Any]) -> Element:
    """What was asked, why it waits, what may be the answer, and the buttons of whoever may decide; or the decision."""
    body = heading(content["title"])
    body += paragraphs([f"• {line}" for line in content["lines"]] or [wording.NO_WORDS])
    body += paragraphs([" · ".join(map(in_one_line, content["facts"]))], isSubtle=True)
    decided = content.get("decided")
    if decided:
        return fit(body, paragraph(cut(in_one_line(decided), LONGEST_SAID), weight="Bolder"))
    suggestions = content["suggestions"][:MOST_SUGGESTIONS]
    titles = [
        f"{number}. {cut(in_one_line(each['title']), LONGEST_SAID)}" for number, each in enumerate(suggestions, 1)
    ]
    tail = paragraphs([wording.SUGGESTIONS, *titles]) if titles else []
    decide = _buttons(content, suggestions) if content["can_decide"] else []
    return fit(body, [*tail, *action_sets(decide), *link_elements(content.get("link"))])


def _buttons(content: Mapping[str, Any], suggestions: list[Mapping[str, Any]]) -> list[Element]:
    def decide(title: str, do: str, label: str = "") -> Element:
        data = {"act": "decide", "do": do, "group": content["group"], "version": content["version"], "label": label}
        return submit(title, data)

    takes = [
        decide(wording.TAKE_NUMBER.format(number=number), "take", in_one_line(each["label"]))
        for number, each in enumerate(suggestions, 1)
        if len(each["label"]) <= LONGEST_LABEL
    ]
    return [*takes, decide(wording.OUT_OF_SCOPE, "out_of_scope"), decide(wording.ASSIGN, "assign")]

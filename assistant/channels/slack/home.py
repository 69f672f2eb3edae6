"""The assistant's own page in Slack: what it is, what it knows by stage, and the ways to a person."""

from collections.abc import Mapping
from typing import Any

from assistant.channels import wording
from assistant.channels.notices import WELCOME
from assistant.channels.shown import show_offer
from assistant.channels.slack.blocks import Block, actions, button, entry_sections, erase_button, fit, header, sections


def home_view(content: Mapping[str, Any]) -> dict[str, Any]:
    """The view; the buttons come first, so that nobody has to look for them below the catalogue."""
    body = [header(wording.HOME_TITLE), *(block for text in WELCOME for block in sections(text))]
    body += actions([button("leave_question", wording.LEAVE_QUESTION), erase_button()])
    for stage in content["stages"]:
        body += _stage(stage)
    return {"type": "home", "blocks": fit(body, [], is_page=True)}


def _stage(stage: Mapping[str, Any]) -> list[Block]:
    offers = [block for offer in stage["offers"] for block in entry_sections(show_offer(offer))]
    return [{"type": "divider"}, header(stage["stage"].capitalize()), *offers]

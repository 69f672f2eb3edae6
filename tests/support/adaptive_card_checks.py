"""Whether Teams would take this card, and whether anything in it could ping, link or be computed."""

import json
import re
from collections.abc import Iterator
from typing import Any

from microsoft_teams.cards import AdaptiveCard

KNOWN = set(
    "AdaptiveCard RichTextBlock TextRun Container ActionSet Action.Submit Action.ShowCard Action.OpenUrl Input.Text "
    "Input.Toggle".split()
)
MOST_BYTES = 26_000  # of card and text: Teams refuses an activity of 28 KB


def check_message(text: str, card: dict[str, Any] | None) -> None:
    """A message: its text, and its card where it has one."""
    assert text.strip()
    assert not re.search(r"[<>\[\]{}*_~`\\|]", text)
    assert len(json.dumps([text, card])) < MOST_BYTES
    json.dumps([text, card], ensure_ascii=False).encode()
    if card is not None:
        check_card(card)


def check_card(card: dict[str, Any]) -> None:
    """The vendor's own models and limits, and ours: text stands in runs only, which know no markdown."""
    assert AdaptiveCard.model_validate(card).model_dump(by_alias=True, exclude_none=True)
    assert card["version"] == "1.5"
    assert card["body"]
    ids = [part["id"] for part in _parts(card) if "id" in part]
    assert len(ids) == len(set(ids))
    for part in _parts(card):
        _check_part(part)


def _check_part(part: dict[str, Any]) -> None:
    if "type" in part:
        assert part["type"] in KNOWN
        assert not {"text", "title", "label"} & set(part) or not re.search(
            r"\{\{|\$\{|[\x00-\x08\x0b-\x1f\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff]",
            "".join(str(part.get(name, "")) for name in ("text", "title", "label")),
        )
    assert "msteams" not in part
    assert "selectAction" not in part
    if part.get("type") == "ActionSet":
        assert 0 < len(part["actions"]) <= 6
    if str(part.get("type")).startswith("Action."):
        assert part["title"].strip()
        assert len(part["title"].encode("utf-16-le")) / 2 <= 75
    if part.get("type") == "Action.OpenUrl":
        assert re.match(r"https?://[^@\s]+$", part["url"])


def _parts(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from _parts(value)
    elif isinstance(part, list):
        for value in part:
            yield from _parts(value)

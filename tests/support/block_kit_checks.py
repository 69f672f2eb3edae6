"""Whether Slack would take these blocks, and whether anything in them pings or disguises a link."""

import json
import re
from collections.abc import Iterator
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

MARKUP = re.compile(r"<([^<>|]*)(?:\|([^<>|]*))?>")
LIMITS = {"header": 150, "section": 3000, "button": 75, "checkboxes": 75, "input": 2000}
ELEMENTS = {"actions": 25, "context": 10}


def check_blocks(blocks: list[dict[str, Any]], most: int = 50) -> None:
    """The vendor's own models and limits, and ours."""
    assert len(blocks) <= most
    parsed = Block.parse_all(blocks)
    assert len(parsed) == len(blocks)
    for block in parsed:
        block.validate_json()
        assert block.to_dict()
    json.dumps(blocks, ensure_ascii=False).encode()
    parts = list(_parts(blocks))
    identities = [part["action_id"] for part in parts if "action_id" in part and part["type"] == "button"]
    assert len(identities) == len(set(identities))
    for part in parts:
        _check_part(part)


def check_message(text: str, blocks: list[dict[str, Any]]) -> None:
    """A message with its text."""
    check_blocks(blocks)
    assert blocks
    assert len(text) <= 4000
    check_markup(text)
    assert sum(len(part.get("text", "")) for part in _parts(blocks) if isinstance(part.get("text"), str)) < 12_000


def check_view(view: dict[str, Any]) -> None:
    """A page or a window."""
    View(**view).validate_json()
    check_blocks(view["blocks"], 100)


def check_markup(text: str) -> None:
    """Nothing is left of Slack's markup but links that show where they lead."""
    assert not re.search(r"@(channel|here|everyone|group)\b", text, re.IGNORECASE)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
    rest = MARKUP.sub(_check_link, text)
    assert "<" not in rest
    assert ">" not in rest


def _check_link(found: re.Match[str]) -> str:
    target, label = found.groups()
    shown = {f"mailto:{label}", f"tel:{str(label).replace(' ', '')}", label}
    assert target in shown
    assert re.match(r"mailto:|tel:|https://[a-z0-9.-]+([/?#]|$)", target)
    return ""


def _check_part(part: dict[str, Any]) -> None:
    kind = part.get("type")
    if kind == "mrkdwn":
        assert part["verbatim"] is True
        check_markup(part["text"])
    if kind in ("mrkdwn", "plain_text"):
        assert part["text"].strip()
        assert len(part["text"].encode("utf-16-le")) / 2 <= 3000
    if kind in LIMITS and "text" in part:
        assert len(part["text"]["text"].encode("utf-16-le")) / 2 <= LIMITS[kind]
    if kind in ELEMENTS:
        assert 0 < len(part["elements"]) <= ELEMENTS[kind]
    assert len(part.get("value", "")) <= 2000
    assert len(part.get("action_id", "")) <= 255
    assert len(part.get("url", "")) <= 3000


def _parts(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from _parts(value)
    elif isinstance(part, list):
        for value in part:
            yield from _parts(value)

"""Text of anybody in Slack's terms: it pings nobody, and a link leads where it says."""

import re
from typing import Any

from assistant.channels.readable import cut, in_one_line, readable
from assistant.showing.words import ADDRESS, dialled

# Only where the label can be the address itself: no user name in it, no letters that look like others.
WEB = re.compile(r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#][\w/.,?=&%#~+-]*)?(?<![.,])(?=[\s.,;)]|$)", re.ASCII)
LINKED = re.compile(f"{WEB.pattern}|{ADDRESS.pattern}")
HALF_MARK = re.compile(r"(?:&[a-z]*|<[^<>]*)\Z")
EVERYBODY = re.compile(r"@(?=(?:channel|here|everyone|group)\b)", re.IGNORECASE)


def escape(text: str) -> str:
    """The text for `mrkdwn`, in which no markup of Slack's is left that could ping or link."""
    return _escape(readable(text))


def link_addresses(text: str) -> str:
    """The same, with e-mail addresses, telephone numbers and addresses of pages as links to just that."""
    text = readable(text)
    parts, end = [], 0
    for found in LINKED.finditer(text):
        address = found.group()
        parts += [_escape(text[end : found.start()]), f"<{_escape(_target(address))}|{_escape(address)}>"]
        end = found.end()
    return "".join([*parts, _escape(text[end:])])


def cut_escaped(text: str, most: int) -> str:
    """The beginning of a text that is escaped already, so many characters at most, and no half of a mark."""
    return text if len(text) <= most else HALF_MARK.sub("", text[: most - 2]) + "\n…"


def bold(text: str) -> str:
    """A name in bold, in one line."""
    escaped = _escape(in_one_line(text))
    return f"*{escaped}*" if escaped else ""


def plain(text: str, most: int) -> dict[str, Any]:
    """One line that Slack shows as it is, cut to so many units."""
    return {"type": "plain_text", "text": cut(in_one_line(text), most) or "…", "emoji": False}


def _target(address: str) -> str:
    if address.startswith("https://"):
        return address
    return f"mailto:{address}" if "@" in address else f"tel:{dialled(address)}"


def _escape(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return EVERYBODY.sub("@ ", escaped)

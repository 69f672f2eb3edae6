"""What somebody wrote in Slack, as plain text."""

import re

MARK = re.compile(r"<([^<>]*)>")
SOMEBODY, SOME_CHANNEL = "somebody", "a channel"


def plain_text(text: str, own: str = "") -> str:
    """The text without Slack's marks, which stand in angle brackets. `own` is how the assistant itself is mentioned."""
    plain = MARK.sub(lambda found: _say(found.group(1), own), text)
    for escaped, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        plain = plain.replace(escaped, character)
    return plain.strip()


def _say(mark: str, own: str) -> str:
    target, _, label = mark.partition("|")
    if target.startswith("@"):
        return "" if own and target == f"@{own}" else SOMEBODY
    if target.startswith("#"):
        return f"#{label}" if label else SOME_CHANNEL
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    address = target.removeprefix("mailto:").removeprefix("tel:")
    return address if not label or label == address or address.endswith(f"//{label}") else f"{label} ({address})"

"""What a reply says, put for a page: since when it stands in words, addresses as links, and nothing twice."""

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from assistant.catalogue.standing import standing
from assistant.enquiries.outcomes import Outcome

# E-mail addresses and telephone numbers of our own sentences become links: in need nobody wants to type.
ADDRESS = re.compile(
    r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+|(?<![\w,.-])(?:0\d[\d ]{7,11}\d|116 123|999|111)(?!\w|[,.-]\d)"
)
LINE_OF_LIST = re.compile(r"\n• .*")
STANDING = re.compile(r"It belongs to the .{1,60} support\.")


def standing_of(source: Mapping[str, Any]) -> str:
    """Since when an offer stands as it does, in words; replies of earlier versions say nothing of edits."""
    return standing(str(source["published"]), source.get("edited_on"), source.get("checked_on"))


def dialled(phone: str) -> str:
    """A telephone number without spaces, as links have it."""
    return re.sub(r"\s", "", phone)


def linked(text: str) -> Markup:
    """Text for a page, its addresses and numbers as links."""
    parts, end = [], 0
    for found in ADDRESS.finditer(text):
        address = found.group()
        target = f"mailto:{address}" if "@" in address else f"tel:{dialled(address)}"
        parts += [escape(text[end : found.start()]), Markup('<a href="{}">{}</a>').format(target, address)]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def texts_beside_cards(reply: Mapping[str, Any]) -> list[str]:
    """The sentences of a reply, as the widget gives them too (entries.js).

    Where one offer is the answer, its card shows stage, contact and source: what says no more than that is left out.
    So are the lines of a list whose cards follow.
    """
    texts = [str(each["text"]) for each in reply["replies"]]
    if reply["outcome"] == Outcome.LIST and reply["offers"]:
        return [LINE_OF_LIST.sub("", text) for text in texts]
    if reply["outcome"] != Outcome.OFFER or len(reply["offers"]) != 1 or reply.get("topic") or reply.get("person"):
        return texts
    offer = reply["offers"][0]
    on_card = (offer["contact"]["email"], offer["source"]["title"])
    return [text for text in texts if not STANDING.fullmatch(text) and not any(fact in text for fact in on_card)]


def cards(reply: Mapping[str, Any]) -> list[Any]:
    """The offers that are shown as cards: where one of them is to be chosen, the buttons have their names."""
    return [] if reply["outcome"] == Outcome.CLARIFY else list(reply["offers"])

"""The whole conversation as plain text, to keep or to pass on."""

from collections.abc import Iterator, Sequence

from assistant.showing.page_parts import TIERS
from assistant.showing.words import standing_of
from assistant.web.plain_chat.page import Entry

INTRODUCTION = (
    "Support against racism: a conversation with a computer program, not a person.\n"
    "Facts are as published by the NHS Confederation in November 2022."
)


def write_transcript(entries: Sequence[Entry]) -> str:
    """What was said, oldest first, with an empty line between entries."""
    return "\n\n".join([INTRODUCTION, *("\n".join(_lines(entry)) for entry in entries)]) + "\n"


def _lines(entry: Entry) -> Iterator[str]:
    if entry["from"] == "asker":
        yield f"You: {entry['text'] or '(not kept)'}"
        return
    yield "Assistant:"
    yield from (reply["text"] for reply in entry["replies"])
    for offer in entry["offers"]:
        yield from _offer_lines(offer)
    yield from (f"- {person['name']}, {person['role']}" for person in _people(entry))
    yield from (f"- {choice['label']}" for choice in entry["choices"])
    if entry["enquiry"]:
        yield f"Your reference: {entry['enquiry']}"


def _offer_lines(offer: Entry) -> Iterator[str]:
    contact, source = offer["contact"], offer["source"]
    ways = " or ".join(way for way in (contact["email"], contact["phone"]) if way)
    intro = "Contact" if contact["published"] else "No contact is published for this offer. The general contact"
    yield f"* {offer['name']}"
    yield f"  {offer['summary']}"
    yield f"  Stage: {' and '.join(offer['stages'])}. {TIERS.get(offer['tier'], offer['tier'])}."
    yield f"  {intro}: {ways}"
    yield f"  Source: {source['title']}, {standing_of(source)}."


def _people(entry: Entry) -> list[dict[str, str]]:
    return entry["people"] or [person for person in [entry["person"]] if person]

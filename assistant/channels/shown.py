"""What a reply shows in a channel, before it is put into the vendor's form. It follows the widget (entries.js)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.channels import wording
from assistant.enquiries.outcomes import Outcome
from assistant.showing.page_parts import MANY_OFFERS, TIERS
from assistant.showing.words import STANDING, cards, standing_of, texts_beside_cards

# A wrong moment to ask whether the answer was useful.
NOT_JUDGED = frozenset({Outcome.HANDOFF, Outcome.CRISIS, Outcome.DISCLOSURE, Outcome.ABUSE, Outcome.SMALLTALK})
# Here a question may be left, and so in a form too.
WITH_FORM = frozenset({Outcome.UNANSWERED, Outcome.OUT_OF_SCOPE, Outcome.DISCLOSURE})
# Sentences of a reply (domain.yml) that say of an offer what its entry shows.
ON_ENTRY = re.compile(
    f"{STANDING.pattern}|From “.+”, .+"
    r"|To find out more, write to \S+|The strategy prints no contact of its own for this, .+"
)


@dataclass(frozen=True)
class Entry:
    """A name, and what is said of it, line by line."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ShownReply:
    """In the order in which it is shown; `said` is what follows from the buttons that were pressed."""

    texts: list[str]
    entries: list[Entry]
    hints: list[str]
    choices: list[tuple[str, str]]  # id and label
    said: list[str]
    reference: str | None
    asks_useful: bool
    has_form: bool
    withdraws: str | None  # the reference of a question that was left and can be withdrawn


def show_reply(content: Mapping[str, Any]) -> ShownReply:
    """What a post of a reply shows, without the buttons that were pressed."""
    reply, pressed = content["reply"], content.get("pressed") or {}
    offers = cards(reply)
    is_folded = len(offers) > MANY_OFFERS
    texts = texts_beside_cards(reply)
    told = {} if is_folded else _told_of(offers, texts, reply)
    people = reply["people"] or [person for person in [reply.get("person")] if person]
    reference = reply["enquiry"]
    asks_useful = bool(reference) and reply["outcome"] not in NOT_JUDGED and "useful" not in pressed
    is_told = bool(reference) and not asks_useful and any(reference in text for text in texts)
    return ShownReply(
        texts=[text for text in texts if not _is_on_entry(text, told)],
        entries=[
            *(fold_offer(offer) if is_folded else show_offer(offer, told.get(offer["name"])) for offer in offers),
            *(Entry(person["name"], (person["role"],)) for person in people if not _is_told(person, texts)),
        ],
        hints=[wording.ASK_BY_NAME, *dict.fromkeys(map(source_of, offers))] if is_folded else [],
        choices=[] if _is_chosen(reply, pressed) else [(choice["id"], choice["label"]) for choice in reply["choices"]],
        said=_said(pressed),
        reference=None if is_told else reference,
        asks_useful=asks_useful,
        has_form=_has_form(reply, pressed),
        withdraws=reference if content.get("can_withdraw") is True and "withdrawn" not in pressed else None,
    )


def show_offer(offer: Mapping[str, Any], told: str | None = None) -> Entry:
    """An offer with all that is shown of it; what was `told` of it stands in place of its summary."""
    summary = offer["summary"] if told is None else told
    lines = (summary, _stage(offer), _contact(offer["contact"]), source_of(offer))
    return Entry(offer["name"], tuple(line for line in lines if line))


def fold_offer(offer: Mapping[str, Any]) -> Entry:
    """One of many: its summary is told to whoever asks, and sources are said once for all."""
    return Entry(offer["name"], (_stage(offer), _contact(offer["contact"])))


def source_of(offer: Mapping[str, Any]) -> str:
    """Where an offer is from, and since when it stands so."""
    source = offer["source"]
    return wording.SOURCE.format(title=source["title"], standing=standing_of(source))


def _told_of(offers: Sequence[Mapping[str, Any]], texts: Sequence[str], reply: Mapping[str, Any]) -> dict[str, str]:
    """By name, what the reply tells of each offer: it stands on the entry, so that the name is not said twice."""
    told = {}
    for name in (offer["name"] for offer in offers):
        found = [text.removeprefix(f"{name}. ") for text in texts if text.startswith(f"{name}. ")]
        if found or (reply["outcome"] == Outcome.OFFER and len(offers) == 1):
            told[name] = "\n".join(found)
    return told


def _is_on_entry(text: str, told: Mapping[str, str]) -> bool:
    """Whether an entry says this sentence already. Without something told of an offer everything is said."""
    moved = [name for name, words in told.items() if words]
    return bool(moved) and (
        ON_ENTRY.fullmatch(text) is not None or text.startswith(tuple(f"{name}. " for name in moved))
    )


def _is_told(person: Mapping[str, Any], texts: Sequence[str]) -> bool:
    return f"{person['name']} is {person['role']}." in texts


def _stage(offer: Mapping[str, Any]) -> str:
    tier = offer["tier"]
    return wording.STAGE.format(stages=" and ".join(offer["stages"]), tier=TIERS.get(tier, tier))


def _contact(contact: Mapping[str, Any]) -> str:
    ways = " or ".join(way for way in (contact["email"], contact["phone"]) if way)
    return (wording.CONTACT if contact["published"] else wording.GENERAL_CONTACT) + ways


def _is_chosen(reply: Mapping[str, Any], pressed: Mapping[str, Any]) -> bool:
    """Whether there is nothing left to choose: where a question may be left, that is all there was to choose."""
    return "choice" in pressed or ("form" in pressed and reply["outcome"] in WITH_FORM)


def _has_form(reply: Mapping[str, Any], pressed: Mapping[str, Any]) -> bool:
    may_leave = reply["expects"] is not None or reply["outcome"] in WITH_FORM or pressed.get("useful") is False
    return may_leave and "form" not in pressed


def _said(pressed: Mapping[str, Any]) -> list[str]:
    said = []
    if "choice" in pressed:
        said.append(wording.CHOSE.format(label=pressed["choice"]))
    if "form" in pressed:
        said.append(wording.FORM_SENT)
    if "useful" in pressed:
        said.append(wording.THANKS if pressed["useful"] else wording.SORRY)
    if "withdrawn" in pressed:
        said.append(wording.WITHDRAWN)
    return said

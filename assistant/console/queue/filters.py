"""What the list of the queue is asked for, in its address. What cannot be read there counts as not said."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from assistant.enquiries.models import GroupKind, GroupState, Reason
from assistant.matching.cleaning import clean
from assistant.review.queue import CHANNELS, NOBODY, Filters, Place
from assistant.review.searching import LONGEST_SEARCH

# The fields of the form, in its order.
FIELDS = ("words", "state", "reason", "kind", "channel", "assignee", "days", "order")
ANY_STATE = "any"
NEWEST = "newest"
AGES = {"1": "More than a day", "7": "More than a week", "28": "More than 4 weeks"}
URGENT = "urgent"  # a kind that holds several: people in danger and disclosures that wait
PLACE = re.compile(r"(\d{1,9})~([0-9T:.+-]{19,40})~(\d{1,9})(~urgent)?", re.ASCII)
STAFF_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class Asked:
    """What was asked for: as filters, and as the values of the form that say the same."""

    filters: Filters
    values: Mapping[str, str]
    after: Place | None

    def address(self, **changed: str) -> str:
        """The list's address with some values changed; it begins with the first page unless `after` is given."""
        return f"/staff/queue?{urlencode({**self.values, **changed})}" if self.values or changed else "/staff/queue"

    def following(self, place: Place) -> str:
        """The address of the page that begins at a place."""
        urgent = "~urgent" if place.is_urgent else ""
        return self.address(after=f"{place.askers}~{place.at.isoformat()}~{place.number}{urgent}")

    @property
    def has_filters(self) -> bool:
        """Whether anything but words and state narrows the list down."""
        return bool(set(self.values) - {"words", "state", "order"})


def read_address(parameters: Mapping[str, str], own_number: int) -> Asked:
    """Read the parameters of the address; `own_number` is whom "me" means."""
    values = {name: value for name in FIELDS if (value := clean(parameters.get(name, ""))[:LONGEST_SEARCH])}
    words, state = values.get("words", ""), values.get("state")
    filters = Filters(
        # All states only together with words: the whole queue in one list would be of no use.
        state=None if state == ANY_STATE and words else _choice(GroupState, state) or GroupState.OPEN,
        reason=_choice(Reason, values.get("reason")),
        kind=_choice(GroupKind, values.get("kind")),
        channel=values.get("channel", "") if values.get("channel") in CHANNELS else "",
        assignee=_assignee(values.get("assignee", ""), own_number),
        days=int(values["days"]) if values.get("days") in AGES else 0,
        words=words,
        is_newest_first=values.get("order") == NEWEST,
        is_urgent=values.get("kind") == URGENT,
    )
    return Asked(filters, values, _place(parameters.get("after", "")))


def _choice(choices: type[Choice], value: str | None) -> Choice | None:
    return choices(value) if value in set(choices) else None


def _assignee(value: str, own_number: int) -> int | None:
    if value == "me":
        return own_number
    if value == "nobody":
        return NOBODY
    return int(value) if STAFF_NUMBER.fullmatch(value) else None


def _place(value: str) -> Place | None:
    found = PLACE.fullmatch(value)
    if found is None:
        return None
    try:
        at = datetime.fromisoformat(found[2])
    except ValueError:
        return None
    return Place(int(found[1]), at, int(found[3]), bool(found[4])) if at.tzinfo is not None else None

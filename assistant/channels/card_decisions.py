"""What the buttons of a card do, by the same functions as the console's pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from assistant.channels.notices import NOT_UNDERSTOOD
from assistant.enquiries.desk import EnquiryDesk
from assistant.matching.labels import OUT_OF_SCOPE
from assistant.review.assigning import assign
from assistant.review.decisions import Choice, claim_group, decide
from assistant.review.errors import DecisionRefusedError
from assistant.review.examples import find_fault, known_sentences, propose
from assistant.review.matters import read_matter, suggest_examples
from assistant.review.models import DecisionKind
from assistant.staff.models import Staff

LARGEST = 2**31 - 1  # that a column holds


class CardAct(StrEnum):
    """What a button does."""

    TAKE = "take"
    OUT_OF_SCOPE = "out_of_scope"
    ASSIGN = "assign"


@dataclass(frozen=True)
class Pressed:
    """A button of a card, as it was drawn for this version of its group."""

    group: int
    version: int
    act: CardAct
    label: str

    @property
    def taught(self) -> str | None:
        """The label of the examples that come of it."""
        return {CardAct.TAKE: self.label, CardAct.OUT_OF_SCOPE: OUT_OF_SCOPE}.get(self.act)


def read_pressed(content: Mapping[str, Any]) -> Pressed | None:
    """What a channel delivered; None for what is no button of ours."""
    numbers, act, label = [content.get("group"), content.get("version")], content.get("act"), content.get("label", "")
    if not all(type(number) is int and 0 <= number <= LARGEST for number in numbers):
        return None
    if act not in list(CardAct) or not isinstance(label, str):
        return None
    return Pressed(int(numbers[0] or 0), int(numbers[1] or 0), CardAct(act), label)


def find_texts(session: Session, pressed: Pressed, desk: EnquiryDesk) -> list[str]:
    """The examples that the console would suggest, without those that have a fault. Raises GroupNotFoundError."""
    matter = read_matter(session, pressed.group)
    if pressed.taught is None or matter.needs_care:
        return []
    known = known_sentences(session, desk.settings.data_folder)
    texts = suggest_examples(session, matter, None)
    return [text for text in texts if find_fault(text, desk.redactor, known, matter.titles) is None]


def decide_on(session: Session, pressed: Pressed, texts: Sequence[str], staff: Staff, channel: str) -> None:
    """Do what the button says. Undo what was changed where it is refused.

    Raises GroupNotFoundError, ChangedMeanwhileError, DecisionRefusedError, NotAllowedError.
    """
    if pressed.taught is None:
        assign(session, pressed.group, pressed.version, staff.id, staff.id, via=channel)
        return
    # Held before it is read: what was read earlier would not be read again.
    group = claim_group(session, pressed.group, pressed.version)
    matter = read_matter(session, pressed.group)
    is_known = pressed.act is not CardAct.TAKE or (pressed.label in matter.titles and pressed.label != OUT_OF_SCOPE)
    if matter.needs_care or not is_known:
        raise DecisionRefusedError(NOT_UNDERSTOOD)
    examples = propose(session, texts, pressed.taught, staff.id)
    kind = DecisionKind.LABEL if pressed.act is CardAct.TAKE else DecisionKind.OUT_OF_SCOPE
    decide(session, group, staff.id, Choice(kind, label=pressed.taught), examples, via=channel)

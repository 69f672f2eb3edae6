"""What the steps of a decision send. Later steps carry what the first one asked as hidden fields."""

from typing import Annotated

from fastapi import Form
from pydantic import BaseModel, Field

from assistant.review.decisions import Choice
from assistant.review.matters import Matter
from assistant.review.models import DecisionKind

Fault = dict[str, str]  # `text` and `href`, as the error summary has it

LONGEST_NOTE = 500
TEACHING = (DecisionKind.LABEL, DecisionKind.OUT_OF_SCOPE)
# What can be decided in one step, with its radio button and its success note.
ALONE = {
    DecisionKind.DISMISS: "Dismissed. Whoever asks the same later will not bring it back.",
    DecisionKind.WAIT: "Set waiting.",
    DecisionKind.REOPEN: "Opened again.",
}


class DecideForm(BaseModel):
    """All steps together: what is decided, on what, what it teaches, what is answered and to whom."""

    version: int
    scope: str = "group"
    enquiry: list[str] = Field(default_factory=list)
    kind: str = ""
    label: str = ""
    note: str = ""
    example: list[str] = Field(default_factory=list)
    text: str = ""
    asker: list[str] = Field(default_factory=list)
    do: str = ""

    @property
    def references(self) -> set[str] | None:
        """The enquiries it is about; None is the whole group."""
        return None if self.scope == "group" else set(self.enquiry)

    @property
    def choice(self) -> Choice:
        """What is decided. The form was checked before."""
        return Choice(
            kind=DecisionKind(self.kind),
            enquiries=None if self.references is None else tuple(self.enquiry),
            label=self.taught_label if self.kind in TEACHING else None,
            note=self.note.strip() if self.kind == DecisionKind.WAIT else "",
        )

    @property
    def taught_label(self) -> str:
        """The label of the examples that come of it."""
        return self.label if self.kind == DecisionKind.LABEL else DecisionKind.OUT_OF_SCOPE.value

    def find_faults(self, matter: Matter) -> list[Fault]:
        """What is missing or wrong in the first step."""
        faults = []
        if self.references is not None and not self.references & {each.reference for each in matter.enquiries}:
            faults.append(_fault("Tick at least one question, or decide on the whole group", "scope"))
        if self.kind not in kinds_for(matter):
            faults.append(_fault("Choose what to do", "kind"))
        elif self.kind == DecisionKind.LABEL and (self.label not in matter.titles or self.label == "out_of_scope"):
            faults.append(_fault("Choose the offer, topic or person", "label"))
        elif self.kind == DecisionKind.WAIT and not self.note.strip():
            faults.append(_fault("Say what it waits for", "note"))
        elif len(self.note) > LONGEST_NOTE:
            faults.append(_fault(f"Shorten the note to {LONGEST_NOTE} characters", "note"))
        return faults


Sent = Annotated[DecideForm, Form()]


def kinds_for(matter: Matter) -> list[DecisionKind]:
    """What can be decided here. Nothing is taught where care was due; only what is not open can be opened."""
    kinds = [] if matter.needs_care else list(TEACHING)
    kinds += [DecisionKind.ANSWER, DecisionKind.DISMISS, DecisionKind.WAIT]
    return kinds if matter.group.state == "open" else [*kinds, DecisionKind.REOPEN]


def first_form(matter: Matter) -> DecideForm:
    """The form as it first shows: the model's suggestion is chosen."""
    kind = ""
    if matter.suggestion and not matter.needs_care:
        is_ours = matter.suggestion != DecisionKind.OUT_OF_SCOPE
        kind = (DecisionKind.LABEL if is_ours else DecisionKind.OUT_OF_SCOPE).value
    return DecideForm(version=matter.group.version, kind=kind, label=matter.suggestion)


def _fault(text: str, field: str) -> Fault:
    return {"text": text, "href": f"#{field}"}

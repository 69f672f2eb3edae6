"""What a reviewer decides about: a group with its enquiries, as they stand when the page is drawn."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.enquiries.models import Enquiry, FollowUp, FollowUpState, Group, QueuedEnquiry
from assistant.matching.taught import alike
from assistant.review.answers import QUESTION
from assistant.review.decisions import decided_references
from assistant.review.errors import GroupNotFoundError
from assistant.review.examples import suggest_text
from assistant.review.meanings import Meaning, list_meanings, list_titles

MOST_SHOWN = 100  # enquiries that can be ticked one by one, newest first; a decision on the whole group takes in all
MOST_SUGGESTED = 8  # sentences to teach: more of the same teach little


@dataclass(frozen=True)
class Asked:
    """An enquiry of the group. `text` is None where words are not kept."""

    reference: str
    text: str | None
    channel: str
    received_at: datetime
    waits: bool
    is_decided: bool


@dataclass(frozen=True)
class Matter:
    """The group, the newest of its enquiries, and what they may mean: labels under headings, with their titles."""

    group: Group
    enquiries: list[Asked]
    meanings: dict[str, list[Meaning]]
    titles: dict[str, str]

    @property
    def needs_care(self) -> bool:
        """Whether it is a crisis, a disclosure or abuse: no words are kept, and nothing is taught of it."""
        return self.group.kind != QUESTION

    @property
    def suggestion(self) -> str:
        """The label that the model suggests, if it is one that can be chosen."""
        return self.group.label if self.group.label in self.titles else ""


def read_matter(session: Session, group_id: int) -> Matter:
    """What there is to decide. Raises GroupNotFoundError."""
    group = session.get(Group, group_id)
    if group is None:
        raise GroupNotFoundError
    decided = decided_references(session, group_id)
    rows = session.execute(
        select(Enquiry, FollowUp.state)
        .join(QueuedEnquiry, QueuedEnquiry.reference == Enquiry.reference)
        .outerjoin(FollowUp, FollowUp.reference == Enquiry.reference)
        .where(QueuedEnquiry.group_id == group_id)
        .order_by(QueuedEnquiry.received_at.desc(), Enquiry.reference)
        .limit(MOST_SHOWN)
    )
    enquiries = [
        Asked(
            each.reference,
            each.text,
            each.channel,
            each.received_at,
            waits=state == FollowUpState.OPEN,
            is_decided=each.reference in decided,
        )
        for each, state in rows
    ]
    return Matter(group, enquiries, list_meanings(session), list_titles(session))


def suggest_examples(session: Session, matter: Matter, references: set[str] | None) -> list[str]:
    """Different questions of the group, or of those references, to be edited into examples."""
    texts: dict[str, str] = {}
    for asked in matter.enquiries:
        if asked.text and (references is None or asked.reference in references):
            texts.setdefault(alike(asked.text), suggest_text(session, asked.text))
    return list(texts.values())[:MOST_SUGGESTED]

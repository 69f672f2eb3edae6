"""What became of the questions an asker left."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.enquiries.models import Enquiry, FollowUp, FollowUpState
from assistant.enquiries.outcomes import MISSES

IN_WORDS = {
    FollowUpState.OPEN: "your question is with the team and waits for an answer.",
    FollowUpState.ANSWERED: "your question was answered by e-mail.",
    FollowUpState.WITHDRAWN: "you withdrew your consent, so nobody will write to you.",
    FollowUpState.LAPSED: "it waited too long for an answer, so it was closed. You can leave your question again.",
}


@dataclass(frozen=True)
class LeftQuestion:
    """A question left for a person, with its status as a sentence."""

    reference: str
    status: str


ANSWERED_HERE = "it was answered here."
NOT_ANSWERED = "I could not answer it. It is kept, and the team looks at the questions I could not answer."


def find_status(session: Session, conversation: str, reference: str) -> str | None:
    """The status of an enquiry as a sentence, or None when it is not of this conversation."""
    enquiry = session.get(Enquiry, reference)
    if enquiry is None or enquiry.conversation_id != conversation:
        return None
    left = session.get(FollowUp, reference)
    if left is not None:
        return IN_WORDS[FollowUpState(left.state)]
    return NOT_ANSWERED if enquiry.outcome is None or enquiry.outcome in MISSES else ANSWERED_HERE


def left_questions(session: Session, conversation: str) -> list[LeftQuestion]:
    """The questions left in this conversation, oldest first; never those of another."""
    rows = session.execute(
        select(FollowUp.reference, FollowUp.state)
        .join(Enquiry, Enquiry.reference == FollowUp.reference)
        .where(Enquiry.conversation_id == conversation)
        .order_by(FollowUp.consent_at)
    )
    return [LeftQuestion(reference, IN_WORDS[FollowUpState(state)]) for reference, state in rows]

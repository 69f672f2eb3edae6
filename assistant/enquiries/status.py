"""What became of the questions an asker left."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.enquiries.models import Enquiry, FollowUp, FollowUpState

IN_WORDS = {
    FollowUpState.OPEN: "your question is with the team and waits for an answer.",
    FollowUpState.ANSWERED: "your question was answered by e-mail.",
    FollowUpState.WITHDRAWN: "you withdrew your consent, so nobody will write to you.",
}


@dataclass(frozen=True)
class LeftQuestion:
    """A question left for a person, with its status as a sentence."""

    reference: str
    status: str


def left_questions(session: Session, conversation: str) -> list[LeftQuestion]:
    """The questions left in this conversation, oldest first; never those of another."""
    rows = session.execute(
        select(FollowUp.reference, FollowUp.state)
        .join(Enquiry, Enquiry.reference == FollowUp.reference)
        .where(Enquiry.conversation_id == conversation)
        .order_by(FollowUp.consent_at)
    )
    return [LeftQuestion(reference, IN_WORDS[FollowUpState(state)]) for reference, state in rows]

"""Complete an enquiry with its answer, and queue it when a person should look at it."""

from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.enquiries.engine import TurnReply
from assistant.enquiries.models import MODEL_LENGTH, Enquiry, Message
from assistant.enquiries.outcomes import Outcome
from assistant.enquiries.queueing import queue_enquiry, reason_to_queue
from assistant.enquiries.shown_offers import note_offers


def complete_enquiry(session: Session, message: Message, reply: TurnReply, model: str) -> None:
    """Write down what became of the message's enquiry. Courtesies are no enquiries: theirs is removed."""
    enquiry = session.get(Enquiry, message.reference or "")
    if enquiry is None or enquiry.outcome is not None:  # a later step of leaving a question
        return
    if reply.outcome == Outcome.SMALLTALK:
        session.delete(enquiry)
        return
    enquiry.outcome = reply.outcome
    enquiry.offers = list(reply.offers)
    enquiry.confidence = reply.confidence
    enquiry.model = model[:MODEL_LENGTH]
    enquiry.rejects = reply.rejects
    enquiry.answered_at = now()
    note_offers(session, enquiry)
    if reason := reason_to_queue(reply):
        queue_enquiry(session, enquiry, reason)

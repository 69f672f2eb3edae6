"""Which enquiries deserve a person's look, and why. They are queued in the transaction that finds it out."""

from sqlalchemy.orm import Session

from assistant.enquiries.engine import TurnReply
from assistant.enquiries.models import Enquiry, QueuedEnquiry, Reason
from assistant.enquiries.outcomes import Outcome

# Below it one answer in three or more is wrong, as far as confidence can be trusted (`assistant evaluate`).
UNCERTAIN_BELOW = 0.65
ANSWERED = frozenset({Outcome.OFFER, Outcome.LIST, Outcome.PERSON, Outcome.INFO})


def queue_enquiry(session: Session, enquiry: Enquiry, reason: Reason) -> None:
    """Put the enquiry into the queue, or add a reason to one that is there; the sorter then looks at it again."""
    queued = session.get(QueuedEnquiry, enquiry.reference)
    if queued is None:
        queued = QueuedEnquiry(
            reference=enquiry.reference, reasons=[], channel=enquiry.channel, received_at=enquiry.received_at
        )
        session.add(queued)
    if reason not in queued.reasons:
        queued.reasons = [*queued.reasons, reason.value]
        queued.is_sorted = False


def reason_to_queue(reply: TurnReply) -> Reason | None:
    """Why the enquiry that got this reply deserves a look, or None when it does not."""
    if reply.outcome == Outcome.UNANSWERED and not reply.rejects:
        return Reason.UNANSWERED
    if reply.outcome in ANSWERED and reply.confidence < UNCERTAIN_BELOW:
        return Reason.UNCERTAIN
    return None

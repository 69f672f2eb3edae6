"""When an enquiry that joins a closed group opens it again. The whole rule is here."""

from assistant.enquiries.models import Enquiry, Group, GroupState, QueuedEnquiry, Reason
from assistant.enquiries.outcomes import Outcome
from assistant.review.models import DecisionKind

# Somebody said that nothing is to be done, now and whenever it is asked again.
FOR_GOOD = frozenset({DecisionKind.DISMISS, DecisionKind.OUT_OF_SCOPE})

LEFT = "A question of this group was left for a person."
NOT_USEFUL = "An asker found the answer not useful."
STILL_UNANSWERED = "It was asked again after this group was closed, and is still not answered."


def reason_to_reopen(group: Group, queued: QueuedEnquiry, enquiry: Enquiry, *, is_waiting: bool) -> str | None:
    """Why the group should be looked at again because of this enquiry, in a sentence; None when it should not.

    What was dismissed or is not our subject stays closed. Anything else opens again for whoever left it for a person
    and waits, for whoever found the answer not useful, and when it came after the closing and was not understood.
    """
    if group.state != GroupState.CLOSED or group.closed_as in FOR_GOOD:
        return None
    if is_waiting:
        return LEFT
    if Reason.NOT_USEFUL in queued.reasons:
        return NOT_USEFUL
    came_after = group.closed_at is not None and queued.received_at > group.closed_at
    if came_after and enquiry.outcome == Outcome.UNANSWERED:
        return STILL_UNANSWERED
    return None

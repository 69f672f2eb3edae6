"""What staff do in channels: prove who they are, and decide on a group of the queue."""

from sqlalchemy.orm import Session

from assistant.enquiries.desk import EnquiryDesk
from assistant.messaging.arrivals import Arrival
from assistant.messaging.models import InboxMessage


class Acts:
    """Acts of staff, with the permissions and the record of the console."""

    def __init__(self, desk: EnquiryDesk) -> None:
        self._desk = desk

    def is_link(self, text: str) -> bool:
        """Whether this is a code of the console, said to prove who somebody is."""
        return False

    def link(self, arrival: Arrival, text: str) -> str:
        """Take the code; returns what to say."""
        raise NotImplementedError

    def decide(self, session: Session, arrival: Arrival, row: InboxMessage) -> None:
        """Take the decision, inside the caller's transaction, and queue what tells of it."""
        raise NotImplementedError

"""Say something beside the dialogue."""

from sqlalchemy.orm import Session

from assistant.enquiries.encryption import Cipher
from assistant.messaging.arrivals import Arrival
from assistant.messaging.belonging import aside
from assistant.messaging.models import InboxMessage, PostKind
from assistant.messaging.outbox import Letterhead, queue_post
from assistant.messaging.places import find_conversation


def queue_notice(
    session: Session, arrival: Arrival, row: InboxMessage, texts: list[str], cipher: Cipher, *, is_welcome: bool = False
) -> None:
    """Have it said to the person who acted, and to them alone where others read along."""
    address = arrival.address if arrival.is_private else aside(arrival)
    head = Letterhead(arrival.channel, row.lane, address, find_conversation(session, row.lane))
    queue_post(session, head, PostKind.NOTICE, f"{row.key}:notice", {"texts": texts, "is_welcome": is_welcome}, cipher)

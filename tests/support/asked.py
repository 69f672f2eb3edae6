"""Groups of questions for tests, as the sorter leaves them in the queue."""

from datetime import timedelta

from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.models import Conversation, Enquiry, FollowUp, Group, QueuedEnquiry, Reason
from assistant.enquiries.references import new_reference

ADDRESS = "asker{}@nhs.net"


def add_group(
    session: Session,
    *questions: str | None,
    cipher: Cipher | None = None,
    kind: str = "question",
    channel: str = "web",
    label: str | None = None,
) -> tuple[int, list[str]]:
    """A group of these questions, each of an asker of their own, oldest first; returns its number and references.

    With a `cipher` each asker waits for an answer: in a chat without, elsewhere with an address.
    """
    moment = now() - timedelta(hours=len(questions))
    group = Group(
        kind=kind, askers=len(questions), enquiries=len(questions), unanswered=len(questions), first_at=moment,
        last_at=now(), label=label, confidence=0.62 if label else None,
    )  # fmt: skip
    session.add(group)
    session.flush()
    references = []
    for number, text in enumerate(questions):
        reference = new_reference()
        asked_at = moment + timedelta(hours=number)
        session.add(Conversation(id=f"c-{reference}", channel=channel, token_hash="", choices={}))
        session.flush()
        session.add(
            Enquiry(
                reference=reference,
                conversation_id=f"c-{reference}",
                channel=channel,
                text=text,
                offers=[],
                outcome="unanswered" if kind == "question" else kind,
                received_at=asked_at,
            )  # fmt: skip
        )
        session.flush()
        session.add(
            QueuedEnquiry(
                reference=reference,
                group_id=group.id,
                reasons=[Reason.UNANSWERED.value],
                channel=channel,
                received_at=asked_at,
                is_sorted=True,
            )  # fmt: skip
        )
        if cipher is not None:
            left = FollowUp(reference=reference, consent_wording="2026-11", consent_at=asked_at, channel=channel)
            left.name_encrypted = cipher.encrypt(f"Asker {number}")
            left.email_encrypted = cipher.encrypt(ADDRESS.format(number)) if channel == "web" else None
            session.add(left)
        references.append(reference)
    session.flush()
    group.leader = references[0]
    return group.id, references

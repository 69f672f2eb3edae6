"""Keep an asker's address to be answered later, with consent only."""

from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.enquiries.conversations import get_own_enquiry
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.errors import EnquiryNotFoundError
from assistant.enquiries.models import Enquiry, FollowUp, FollowUpState

CONSENT_WORDING = "2026-11"  # utter_ask_consent in domain.yml; raise this when its words change


def leave_question(session: Session, enquiry: Enquiry, draft: dict[str, str], cipher: Cipher) -> None:
    """Keep the question with the enquiry and who asked it, encrypted. Call only after the asker said yes."""
    enquiry.text = draft["question"]
    session.add(
        FollowUp(
            reference=enquiry.reference,
            name_encrypted=cipher.encrypt(draft["name"]),
            email_encrypted=cipher.encrypt(draft["email"]),
            consent_wording=CONSENT_WORDING,
            consent_at=now(),
            channel=enquiry.channel,
        )
    )


def withdraw_consent(session: Session, conversation: str, reference: str) -> None:
    """Forget name, address and words. Raises EnquiryNotFoundError when this conversation left no such question."""
    enquiry = get_own_enquiry(session, conversation, reference)
    follow_up = session.get(FollowUp, enquiry.reference)
    if follow_up is None:
        raise EnquiryNotFoundError
    forget_contact(follow_up)
    follow_up.state = FollowUpState.WITHDRAWN.value
    follow_up.closed_at = follow_up.closed_at or now()


def forget_contact(follow_up: FollowUp) -> None:
    """Forget whoever asked; that and when they consented stays."""
    follow_up.name_encrypted = follow_up.email_encrypted = follow_up.words_encrypted = None

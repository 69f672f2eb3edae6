"""Which offers an enquiry was answered with, kept so that they can be counted."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from assistant.catalogue.slugs import is_slug
from assistant.enquiries.models import Enquiry, EnquiryOffer


def note_offers(session: Session, enquiry: Enquiry) -> None:
    """Keep the offers of an enquiry that was just answered, once."""
    session.add_all(
        EnquiryOffer(
            reference=enquiry.reference,
            slug=slug,
            received_at=enquiry.received_at,
            outcome=enquiry.outcome,
            useful=enquiry.useful,
        )
        for slug in dict.fromkeys(enquiry.offers)
        if is_slug(slug)
    )


def note_useful(session: Session, enquiry: Enquiry) -> None:
    """Keep beside the offers of an enquiry whether its asker found the answer useful."""
    session.execute(
        update(EnquiryOffer).where(EnquiryOffer.reference == enquiry.reference).values(useful=enquiry.useful)
    )

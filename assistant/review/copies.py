"""A person's copy of everything held about them, with what staff wrote to them."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.enquiries import access
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.models import OutboxLetter
from assistant.messaging import erasing
from assistant.messaging.models import Post
from assistant.review.answers import EMAIL, way_of
from assistant.review.models import Delivery, WrittenAnswer


def copy_of(session: Session, name: str, cipher: Cipher) -> dict[str, Any]:
    """Everything held about the asker of a reference or conversation id, ready for JSON; nothing of others.

    Raises NothingHeldError, and ContactKeyError when contact details were encrypted with another key.
    """
    held = access.copy_of(session, name, cipher)
    return {
        **held,
        "channels": erasing.copy_of(session, held["conversation"]["id"], cipher),
        "written_answers": _answers_to(session, [each["reference"] for each in held["enquiries"]]),
    }


def _answers_to(session: Session, references: list[str]) -> list[dict[str, Any]]:
    """What was written to these askers, oldest first: the text, when, by which channel and how far it got."""
    rows = session.execute(
        select(Delivery, WrittenAnswer, OutboxLetter, Post)
        .join(WrittenAnswer, WrittenAnswer.id == Delivery.answer_id)
        .outerjoin(OutboxLetter, OutboxLetter.id == Delivery.letter_id)
        .outerjoin(Post, Post.id == Delivery.post_id)
        .where(Delivery.reference.in_(references))
        .order_by(WrittenAnswer.id, Delivery.reference)
    )
    return [
        _readable(delivery, answer, letter if delivery.channel == EMAIL else post)
        for delivery, answer, letter, post in rows
    ]


def _readable(delivery: Delivery, answer: WrittenAnswer, sent: OutboxLetter | Post | None) -> dict[str, Any]:
    way, at = way_of(sent)
    return {
        "reference": delivery.reference,
        "text": answer.text,
        "written_at": answer.at.isoformat(),
        "channel": delivery.channel,
        "way": way.value,
        "way_at": at.isoformat() if at else None,
    }

"""Answer the askers of a group in writing, each once, and know what became of it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.grouping import recount_groups
from assistant.enquiries.letters import LetterKind
from assistant.enquiries.models import Enquiry, FollowUp, FollowUpState, Group, OutboxLetter, QueuedEnquiry
from assistant.enquiries.outbox import queue_letter
from assistant.matching.cleaning import clean, count_characters
from assistant.messaging.models import Place, Post, PostKind
from assistant.messaging.outbox import queue_post
from assistant.messaging.places import find_private_place
from assistant.messaging.switched_on import channels_on
from assistant.review.errors import AnswerNotFoundError, DecisionRefusedError
from assistant.review.models import Decision, Delivery, WrittenAnswer
from assistant.settings import Settings
from assistant.staff.audit import Act, record

EMAIL = "email"
CHATS = {"slack": "Slack", "teams": "Teams"}
QUESTION = "question"  # the kind of a group without need of care
LONGEST_ANSWER = 5000  # characters: a page and a half


class Way(StrEnum):
    """How far an answer got on its way to one asker."""

    WAITING = "waiting"
    """It is sent within minutes, or tried again."""
    SENT = "sent"
    """A mail server, or their channel, took it."""
    FAILED = "failed"
    """That was refused for good, or it waited too long."""
    WITHDRAWN = "withdrawn"
    """The asker withdrew consent before it was sent."""


@dataclass(frozen=True)
class Recipient:
    """An asker who waits for an answer. `channel` is the way to them; `text` is None where words are not kept."""

    reference: str
    channel: str
    text: str | None
    received_at: datetime


@dataclass(frozen=True)
class Delivered:
    """A written answer on its way to one asker."""

    reference: str
    channel: str
    way: Way
    at: datetime | None


def check_answer(text: str) -> str:
    """The text, cleaned. Raises DecisionRefusedError when there is none, or too much."""
    text = clean(text)
    if not text:
        raise DecisionRefusedError("Write the answer.")
    if count_characters(text) > LONGEST_ANSWER:
        raise DecisionRefusedError(f"Shorten the answer to {LONGEST_ANSWER:,} characters.")
    return text


def list_recipients(
    session: Session, group_id: int, channels: Collection[str], references: Collection[str] | None = None
) -> list[Recipient]:
    """The askers of a group, or of some enquiries of it, who can be answered and have not been, oldest first.

    `channels` are those that are on: who has a place of their own there is answered in it, everybody else by e-mail.
    """
    own_place = (
        select(func.min(Place.channel))
        .where(
            Place.conversation_id == Enquiry.conversation_id, Place.is_private.is_(True), Place.channel.in_(channels)
        )
        .scalar_subquery()
    )
    rows = session.execute(
        select(FollowUp, Enquiry.text, Enquiry.received_at, own_place)
        .join(Enquiry, Enquiry.reference == FollowUp.reference)
        .join(QueuedEnquiry, QueuedEnquiry.reference == FollowUp.reference)
        .where(
            QueuedEnquiry.group_id == group_id,
            FollowUp.state == FollowUpState.OPEN.value,
            ~exists().where(Delivery.reference == FollowUp.reference),
        )
        .order_by(Enquiry.received_at, Enquiry.reference)
    )
    return [
        Recipient(left.reference, channel or EMAIL, text, received_at)
        for left, text, received_at, channel in rows
        if (left.email_encrypted or channel) and (references is None or left.reference in references)
    ]


def write_answer(
    session: Session,
    group: Group,
    decision: Decision,
    text: str,
    references: Collection[str],
    cipher: Cipher,
    settings: Settings,
) -> WrittenAnswer:
    """Send a text to the askers of these references, each once.

    Raises DecisionRefusedError when nobody can be reached or, where care was due, more than one; ContactKeyError.
    """
    recipients = list_recipients(session, group.id, channels_on(settings), references)
    if not recipients:
        raise DecisionRefusedError("Tick at least one asker. None of those ticked waits for an answer any more.")
    if group.kind != QUESTION and len(recipients) > 1:
        raise DecisionRefusedError("Where care is due, each asker is answered alone.")
    answer = WrittenAnswer(decision_id=decision.id, text=text)
    session.add(answer)
    session.flush()
    for recipient in recipients:
        session.add(_deliver(session, answer, recipient, cipher, settings))
    recount_groups(session, [group.id])  # fewer wait now
    details = {"answer": answer.id, "askers": len(recipients)}
    record(session, Act.ANSWERED, decision.staff_id, f"group:{group.id}", {**details})
    return answer


def _deliver(
    session: Session, answer: WrittenAnswer, recipient: Recipient, cipher: Cipher, settings: Settings
) -> Delivery:
    delivery = Delivery(answer_id=answer.id, reference=recipient.reference, channel=recipient.channel)
    # Held, because its asker may withdraw, or a purge close it, at this moment.
    left = session.get(FollowUp, recipient.reference, with_for_update=True, populate_existing=True)
    if left is not None and left.state == FollowUpState.OPEN:
        if recipient.channel == EMAIL:
            letter = queue_letter(session, left, LetterKind.ANSWER, cipher, settings, answer.text)
            session.flush()
            delivery.letter_id = letter.id if letter else None
        else:
            delivery.post_id = _post(session, answer, recipient, cipher)
        left.state, left.closed_at = FollowUpState.ANSWERED.value, now()
    return delivery


def _post(session: Session, answer: WrittenAnswer, recipient: Recipient, cipher: Cipher) -> int | None:
    """Have it said in the asker's own place; the number of its post, None when the place is gone."""
    conversation = session.get_one(Enquiry, recipient.reference).conversation_id
    place = find_private_place(session, conversation, cipher)
    if place is None:
        return None
    content = {"texts": [answer.text], "reference": recipient.reference}
    head = replace(place, reference=recipient.reference)
    post = queue_post(session, head, PostKind.ANSWER, f"answer:{answer.id}:{recipient.reference}", content, cipher)
    session.flush()
    return post.id if post else None


def send_by_letter(session: Session, post_id: int, cipher: Cipher, settings: Settings) -> None:
    """Send by e-mail what a channel did not take, if it was a written answer and there is an address."""
    delivery = session.scalars(select(Delivery).where(Delivery.post_id == post_id)).first()
    left = session.get(FollowUp, delivery.reference, with_for_update=True) if delivery else None
    if delivery is None or left is None:
        return
    answer = session.get_one(WrittenAnswer, delivery.answer_id)
    letter = queue_letter(session, left, LetterKind.ANSWER, cipher, settings, answer.text)
    if letter is not None:
        session.flush()
        delivery.channel, delivery.letter_id = EMAIL, letter.id


def get_answer(session: Session, answer_id: int) -> tuple[WrittenAnswer, Decision]:
    """A written answer with the decision it belongs to. Raises AnswerNotFoundError."""
    answer = session.get(WrittenAnswer, answer_id)
    if answer is None:
        raise AnswerNotFoundError
    return answer, session.get_one(Decision, answer.decision_id)


def list_answers(session: Session, group_id: int) -> dict[int, WrittenAnswer]:
    """The written answers of a group by the decision they belong to."""
    rows = session.scalars(
        select(WrittenAnswer)
        .join(Decision, Decision.id == WrittenAnswer.decision_id)
        .where(Decision.group_id == group_id)
    )
    return {answer.decision_id: answer for answer in rows}


def list_deliveries(session: Session, answer_id: int) -> list[Delivered]:
    """How far a written answer got to each asker; nobody's address."""
    rows = session.execute(
        select(Delivery, OutboxLetter, Post)
        .outerjoin(OutboxLetter, OutboxLetter.id == Delivery.letter_id)
        .outerjoin(Post, Post.id == Delivery.post_id)
        .where(Delivery.answer_id == answer_id)
        .order_by(Delivery.reference)
    )
    return [
        Delivered(each.reference, each.channel, *way_of(letter if each.channel == EMAIL else post))
        for each, letter, post in rows
    ]


def way_of(sent: OutboxLetter | Post | None) -> tuple[Way, datetime | None]:
    """How far an answer got, and when that was or will be, if that is known; `sent` is its letter or its post."""
    if sent is None:  # what waits is dropped with the consent
        return Way.WITHDRAWN, None
    if sent.sent_at is not None:
        return Way.SENT, sent.sent_at
    return (Way.WAITING, sent.next_try_at) if sent.next_try_at is not None else (Way.FAILED, None)

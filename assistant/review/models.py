"""The tables of the review loop: decisions, written answers and their way to each asker, effects, counts by day."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assistant.db.base import Base, UTCDateTime, now
from assistant.enquiries.models import LABEL_LENGTH, MODEL_LENGTH, REFERENCE_LENGTH, Enquiry, Group, OutboxLetter
from assistant.messaging.models import MESSAGE_LENGTH, Post
from assistant.staff.models import HASH_LENGTH, Staff


class DecisionKind(StrEnum):
    """What was decided on a group or some enquiries of it."""

    LABEL = "label"
    """It is this offer, topic or person; `label` says which."""
    OUT_OF_SCOPE = "out_of_scope"
    """It is not our subject."""
    ANSWER = "answer"
    """It was answered in writing."""
    DISMISS = "dismiss"
    """Nothing is to be done, now and whenever it is asked again."""
    WAIT = "wait"
    """It waits for something; `note` says for what."""
    REOPEN = "reopen"
    """It should be looked at again."""
    KNOWN = "known"
    """Nobody decided: the model knows it now. `label` says what it makes of it."""


class Decision(Base):
    """What somebody, or the model, decided. `enquiries` are the references it is about, `examples` what it teaches.

    `before` is how the group stood until then, which undoing brings back.
    """

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey(Group.id, ondelete="CASCADE"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey(Staff.id, ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(String(20))
    label: Mapped[str | None] = mapped_column(String(LABEL_LENGTH))
    note: Mapped[str] = mapped_column(Text, default="")
    enquiries: Mapped[list[str]] = mapped_column(JSON, default=list)
    examples: Mapped[list[int]] = mapped_column(JSON, default=list)
    before: Mapped[dict[str, str | None]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=now, index=True)
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class WrittenAnswer(Base):
    """What staff wrote to the askers of a group, once."""

    __tablename__ = "written_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey(Decision.id, ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class Delivery(Base):
    """A written answer on its way to one asker; how far it got stands with its letter, or its post, in the outbox."""

    __tablename__ = "deliveries"

    answer_id: Mapped[int] = mapped_column(ForeignKey(WrittenAnswer.id, ondelete="CASCADE"), primary_key=True)
    reference: Mapped[str] = mapped_column(
        ForeignKey(Enquiry.reference, ondelete="CASCADE"), primary_key=True, index=True
    )
    channel: Mapped[str] = mapped_column(String(20))
    letter_id: Mapped[int | None] = mapped_column(ForeignKey(OutboxLetter.id, ondelete="SET NULL"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey(Post.id, ondelete="SET NULL"), index=True)


class ReviewChannel(Base):
    """Where in a channel staff review, and since when: what was in the queue before is not shown there."""

    __tablename__ = "review_channels"

    lane: Mapped[str] = mapped_column(String(HASH_LENGTH), primary_key=True)
    since: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class ReviewCard(Base):
    """A group of the queue as it is shown in a channel: one card for each time it was opened.

    `opening` is the number of the decision that opened the group again, 0 before any. `version` and `leader` are those
    of the group when the card was last shown. `message` is what the channel calls it. The card stays on record when its
    group is erased, so that it can be erased in the channel too.
    """

    __tablename__ = "review_cards"
    __table_args__ = (UniqueConstraint("lane", "group_id", "opening"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    lane: Mapped[str] = mapped_column(String(HASH_LENGTH))
    group_id: Mapped[int] = mapped_column(index=True)
    opening: Mapped[int]
    version: Mapped[int]
    leader: Mapped[str | None] = mapped_column(String(REFERENCE_LENGTH))
    post_id: Mapped[int | None] = mapped_column(ForeignKey(Post.id, ondelete="SET NULL"), index=True)
    message: Mapped[str | None] = mapped_column(String(MESSAGE_LENGTH))


class Effect(Base):
    """What proposed examples would change, worked out in the background. `result` or `error` is set at its end.

    `covers` is a hash of the examples as they were, and of those approved by then: of others it says nothing.
    """

    __tablename__ = "effects"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey(Staff.id, ondelete="SET NULL"))
    examples: Mapped[list[int]] = mapped_column(JSON)
    covers: Mapped[str] = mapped_column(String(HASH_LENGTH))
    model: Mapped[str | None] = mapped_column(String(MODEL_LENGTH))
    requested_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    started_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    error: Mapped[str | None] = mapped_column(Text)


class Digest(Base):
    """A summary of the queue that was due, and was sent to where staff work unless nobody was needed."""

    __tablename__ = "digests"

    id: Mapped[int] = mapped_column(primary_key=True)
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now, index=True)
    counts: Mapped[dict[str, int]] = mapped_column(JSON)


class DailyCount(Base):
    """How many enquiries of a day, in London, came by a channel and had this value of what is counted.

    `measure` is outcome, offer or useful; the value is that outcome, a slug, or yes or no. Dashboards add these up, so
    that they are quick however many enquiries there are.
    """

    __tablename__ = "daily_counts"

    day: Mapped[date] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    measure: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(String(60), primary_key=True)
    count: Mapped[int]


class CountedDay(Base):
    """A day whose enquiries were counted, and when that was."""

    __tablename__ = "counted_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    counted_at: Mapped[datetime] = mapped_column(UTCDateTime)

"""The tables of the enquiry log."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from assistant.catalogue.models import SLUG_LENGTH
from assistant.db.base import Base, EncryptedBytes, UTCDateTime, now
from assistant.staff.models import Staff

CONVERSATION_LENGTH = 43  # 32 random bytes in URL-safe base 64
REFERENCE_LENGTH = 13
SENDER_LENGTH = 255
MODEL_LENGTH = 100
ERROR_LENGTH = 60
LABEL_LENGTH = 150


class FollowUpState(StrEnum):
    """Where an asker's question stands."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Conversation(Base):
    """The messages of one asker in one channel. The id is random and says nothing about the asker."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(CONVERSATION_LENGTH), primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    # The open step of leaving a question, the reference it will have, and what was given so far (encrypted).
    expects: Mapped[str | None] = mapped_column(String(20))
    handoff_reference: Mapped[str | None] = mapped_column(String(REFERENCE_LENGTH))
    draft: Mapped[bytes | None] = mapped_column(EncryptedBytes)
    # Choices that were offered: opaque id → label and payload.
    choices: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)


class Message(Base):
    """One message of an asker with its reply. `text` is redacted, None where words are not kept.

    `payload` is what the engine is given in place of the text: a pressed choice, or a step that was taken.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("conversation_id", "key"),
        Index("ix_messages_rate", "conversation_id", "received_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    key: Mapped[str | None] = mapped_column(String(100))
    fingerprint: Mapped[str] = mapped_column(String(64))
    text: Mapped[str | None] = mapped_column(Text)
    payload: Mapped[str | None] = mapped_column(Text)
    reference: Mapped[str | None] = mapped_column(String(REFERENCE_LENGTH))
    reply: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    received_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    replied_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Enquiry(Base):
    """One message that deserved an answer, with its outcome; written before the engine sees it, completed after."""

    __tablename__ = "enquiries"
    __table_args__ = (
        # Staff look for words. Only PostgreSQL has this index; SQLite reads through the rows.
        Index("ix_enquiries_words", text("to_tsvector('english', text)"), postgresql_using="gin").ddl_if(
            dialect="postgresql"
        ),
    )

    reference: Mapped[str] = mapped_column(String(REFERENCE_LENGTH), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    text: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(String(20), index=True)
    offers: Mapped[list[str]] = mapped_column(JSON, default=list)
    confidence: Mapped[float | None]
    model: Mapped[str | None] = mapped_column(String(MODEL_LENGTH))
    useful: Mapped[bool | None]
    # The asker turned the answer before it down, and asked nothing.
    rejects: Mapped[bool] = mapped_column(default=False)
    received_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now, index=True)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class EnquiryOffer(Base):
    """An offer that an enquiry was answered with, and what is counted of it: no list has to be looked into for that."""

    __tablename__ = "enquiry_offers"
    __table_args__ = (Index("ix_enquiry_offers_health", "slug", "received_at", "outcome", "useful"),)

    reference: Mapped[str] = mapped_column(ForeignKey("enquiries.reference", ondelete="CASCADE"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(SLUG_LENGTH), primary_key=True)
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    outcome: Mapped[str] = mapped_column(String(20))
    useful: Mapped[bool | None]


class FollowUp(Base):
    """An asker's consent and address, encrypted, to be answered later."""

    __tablename__ = "follow_ups"

    reference: Mapped[str] = mapped_column(ForeignKey("enquiries.reference", ondelete="CASCADE"), primary_key=True)
    name_encrypted: Mapped[bytes | None] = mapped_column(EncryptedBytes)
    email_encrypted: Mapped[bytes | None] = mapped_column(EncryptedBytes)
    consent_wording: Mapped[str] = mapped_column(String(40))
    consent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    channel: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default=FollowUpState.OPEN.value)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # What happened, kept only where the asker agreed to that as well.
    words_encrypted: Mapped[bytes | None] = mapped_column(EncryptedBytes)
    words_consent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class OutboxLetter(Base):
    """An e-mail to an asker: waiting, sent, or failed (neither sent nor to be tried again).

    The letter itself (recipient, subject, body) is kept only while it waits; the row stays as a record.
    """

    __tablename__ = "outbox"
    # No number is given twice: what is noted about a letter that was dropped meanwhile must not meet another one.
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(ForeignKey("enquiries.reference", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    letter_encrypted: Mapped[bytes | None] = mapped_column(EncryptedBytes)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    next_try_at: Mapped[datetime | None] = mapped_column(UTCDateTime, default=now, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_error: Mapped[str | None] = mapped_column(String(ERROR_LENGTH))


class GroupKind(StrEnum):
    """What the enquiries of a group are: questions, or one message that was met with care."""

    QUESTION = "question"
    DISCLOSURE = "disclosure"
    CRISIS = "crisis"
    ABUSE = "abuse"


class GroupState(StrEnum):
    """Where a group stands in the queue."""

    OPEN = "open"
    """Somebody should look at it."""
    WAITING = "waiting"
    """Somebody looked at it, and waits for something."""
    CLOSED = "closed"
    """Decided. What asks the same later joins it; `Group.closed_as` says whether that opens it again."""


class Group(Base):
    """Enquiries that ask the same thing; one of them leads, and what comes later is compared with it.

    The counts are of enquiries still kept, `askers` of different conversations, `handoffs` of what was left for a
    person and still waits. `version` moves with each act of staff, so that two reviewers never overwrite each other.
    Where care was due each enquiry is a group of its own, whose `kind` is the care and which has no vector.
    """

    __tablename__ = "question_groups"
    __table_args__ = (
        Index("ix_question_groups_queue", "state", "askers", "last_at", "id"),
        Index("ix_question_groups_newest", "state", "last_at", "id"),
        # No number is given twice: the record of acts and whoever sorts know a group by it.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), default=GroupKind.QUESTION.value)
    # The enquiry that leads, and the numbers of its sentence vector, in half precision; None once it is no longer kept.
    leader: Mapped[str | None] = mapped_column(String(REFERENCE_LENGTH))
    vector: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(20), default=GroupState.OPEN.value)
    closed_as: Mapped[str | None] = mapped_column(String(20))
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    note: Mapped[str | None] = mapped_column(Text)
    askers: Mapped[int] = mapped_column(default=0)
    enquiries: Mapped[int] = mapped_column(default=0)
    unanswered: Mapped[int] = mapped_column(default=0)
    uncertain: Mapped[int] = mapped_column(default=0)
    not_useful: Mapped[int] = mapped_column(default=0)
    handoffs: Mapped[int] = mapped_column(default=0)
    first_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_at: Mapped[datetime] = mapped_column(UTCDateTime)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey(Staff.id, ondelete="SET NULL"), index=True)
    version: Mapped[int] = mapped_column(default=0)
    # What the live model makes of it, how sure it is, and what else it may be; `judged_by` is that model.
    label: Mapped[str | None] = mapped_column(String(LABEL_LENGTH))
    confidence: Mapped[float | None]
    others: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    judged_by: Mapped[str | None] = mapped_column(String(MODEL_LENGTH), index=True)


class Reason(StrEnum):
    """Why an enquiry deserves a person's look."""

    UNANSWERED = "unanswered"
    """It was not understood."""
    UNCERTAIN = "uncertain"
    """It was answered with little confidence."""
    NOT_USEFUL = "not_useful"
    """The asker said that the answer was not useful."""
    HANDOFF = "handoff"
    """The asker left it for a person."""


class QueuedEnquiry(Base):
    """An enquiry that deserves a person's look. It waits without a group until it is sorted into one."""

    __tablename__ = "queued_enquiries"
    __table_args__ = (Index("ix_queued_enquiries_group", "group_id", "received_at"),)

    reference: Mapped[str] = mapped_column(ForeignKey("enquiries.reference", ondelete="CASCADE"), primary_key=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey(Group.id, ondelete="SET NULL"))
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    channel: Mapped[str] = mapped_column(String(20))
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # How alike it is to the enquiry that led its group when it joined, from 0 to 1.
    closeness: Mapped[float | None]
    # Set anew whenever a reason is added, so that its group is counted again.
    is_sorted: Mapped[bool] = mapped_column(default=False, index=True)


class DialogueState(Base):
    """The last turns of a conversation, as the engine's events in JSON: throw-away, the enquiry log is the record."""

    __tablename__ = "dialogue_states"

    conversation_id: Mapped[str] = mapped_column(String(SENDER_LENGTH), primary_key=True)
    events: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now, onupdate=now)


class Purge(Base):
    """One purge that ran to its end, with how many of each kind it dealt with."""

    __tablename__ = "purges"

    id: Mapped[int] = mapped_column(primary_key=True)
    finished_at: Mapped[datetime] = mapped_column(UTCDateTime)
    counts: Mapped[dict[str, int]] = mapped_column(JSON)

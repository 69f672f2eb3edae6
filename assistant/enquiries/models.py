"""The tables of the enquiry log."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assistant.db.base import Base, EncryptedBytes, UTCDateTime, now

CONVERSATION_LENGTH = 43  # 32 random bytes in URL-safe base 64
REFERENCE_LENGTH = 13
SENDER_LENGTH = 255
MODEL_LENGTH = 100
ERROR_LENGTH = 60


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

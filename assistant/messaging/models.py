"""The tables of what passes between channels and the desk."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.db.base import Base, EncryptedBytes, UTCDateTime, now
from assistant.enquiries.models import CONVERSATION_LENGTH, REFERENCE_LENGTH, Conversation, Enquiry
from assistant.staff.models import Staff

CHANNEL_LENGTH = 20
HASH_LENGTH = 64  # a SHA-256 in hexadecimal
MESSAGE_LENGTH = 255  # what a channel calls a message of its own
ERROR_LENGTH = 60


def index_undone(name: str) -> Index:
    """An index of the few rows that wait or were given up, among many that are done: for counting them."""
    waits = "next_try_at IS NOT NULL OR is_given_up IS"
    return Index(name, "channel", sqlite_where=text(f"{waits} 1"), postgresql_where=text(f"{waits} true"))


class ChannelName(StrEnum):
    """The ways in beside the website, as tables and metrics name them."""

    SLACK = "slack"
    TEAMS = "teams"


class Waiting:
    """Columns of what waits for its turn in a lane. What is done, or was given up, has no time for a next try.

    Rows of one lane are dealt with one after another, in the order of their numbers. Whoever deals with one claims it
    first by putting its next try off; one that is killed leaves it to whoever comes when the claim is over.

    Arrivals are numbered in the order in which they are committed. Posts of one dialogue are too, since its arrivals
    are dealt with one after another; a post that a reviewer queues in the same lane may pass, or be passed by, others.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(CHANNEL_LENGTH))
    key: Mapped[str] = mapped_column(String(HASH_LENGTH))
    lane: Mapped[str] = mapped_column(String(HASH_LENGTH))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    next_try_at: Mapped[datetime | None] = mapped_column(UTCDateTime, default=now, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(ERROR_LENGTH))
    is_given_up: Mapped[bool] = mapped_column(default=False)


class InboxMessage(Waiting, Base):
    """What a channel delivered, written down before it was acknowledged. Its content is kept until it is dealt with.

    `key` is a hash of what the channel calls the event, `twin` of what two events for one message have in common.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "key"),
        UniqueConstraint("channel", "twin", name="uq_inbox_twin"),
        Index("ix_inbox_lane", "lane", "next_try_at"),
        index_undone("ix_inbox_undone"),
        {"sqlite_autoincrement": True},
    )

    twin: Mapped[str | None] = mapped_column(String(HASH_LENGTH))
    arrival_encrypted: Mapped[bytes | None] = mapped_column(EncryptedBytes)


class PostKind(StrEnum):
    """What a post is; what its content holds is said where it is queued."""

    REPLY = "reply"
    """The answer to a message."""
    UPDATE = "update"
    """A reply that was sent, shown anew because one of its buttons was pressed."""
    NOTICE = "notice"
    """Sentences of ours beside the dialogue."""
    ANSWER = "answer"
    """What a reviewer wrote to somebody who left a question."""
    DIGEST = "digest"
    """Tells staff that the queue needs somebody."""
    REVIEW = "review"
    """A group of the queue, to be decided where staff work."""
    HOME = "home"
    """The page of the assistant inside Slack."""


class Post(Waiting, Base):
    """A message to a channel: waiting, sent, or given up.

    `key` makes that the same is queued once. `is_unsure` says that a try may have got through without our knowing, and
    `progress` how far it got. `sent_as` is what the channel calls the message.
    """

    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("channel", "key"),
        Index("ix_posts_lane", "lane", "next_try_at"),
        Index("ix_posts_sent_as", "sent_as"),
        index_undone("ix_posts_undone"),
        {"sqlite_autoincrement": True},
    )

    kind: Mapped[str] = mapped_column(String(20))
    conversation_id: Mapped[str | None] = mapped_column(
        String(CONVERSATION_LENGTH), ForeignKey(Conversation.id, ondelete="CASCADE"), index=True
    )
    reference: Mapped[str | None] = mapped_column(
        String(REFERENCE_LENGTH), ForeignKey(Enquiry.reference, ondelete="CASCADE"), index=True
    )
    address_encrypted: Mapped[bytes | None] = mapped_column(EncryptedBytes)
    content_encrypted: Mapped[bytes | None] = mapped_column(EncryptedBytes)
    is_unsure: Mapped[bool] = mapped_column(default=False)
    progress: Mapped[str | None] = mapped_column(String(MESSAGE_LENGTH))
    first_try_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sent_as: Mapped[str | None] = mapped_column(String(MESSAGE_LENGTH))


class Place(Base):
    """Where in a channel a conversation goes on: for one person, in one thread or chat.

    `id` is a hash of what the channel calls all that. The address, and the secret of the conversation, are encrypted.
    """

    __tablename__ = "places"

    id: Mapped[str] = mapped_column(String(HASH_LENGTH), primary_key=True)
    channel: Mapped[str] = mapped_column(String(CHANNEL_LENGTH))
    conversation_id: Mapped[str] = mapped_column(ForeignKey(Conversation.id, ondelete="CASCADE"), index=True)
    token_encrypted: Mapped[bytes] = mapped_column(EncryptedBytes)
    address_encrypted: Mapped[bytes] = mapped_column(EncryptedBytes)
    is_private: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class StaffIdentity(Base):
    """Who of the staff somebody in a channel is. They proved it with a code that the console gave them."""

    __tablename__ = "staff_identities"

    id: Mapped[str] = mapped_column(String(HASH_LENGTH), primary_key=True)
    channel: Mapped[str] = mapped_column(String(CHANNEL_LENGTH))
    staff_id: Mapped[int] = mapped_column(ForeignKey(Staff.id, ondelete="CASCADE"), index=True)
    linked_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class LinkCode(Base):
    """A code that the console gave somebody of the staff to say in a channel, once, before it expires."""

    __tablename__ = "staff_link_codes"

    code_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey(Staff.id, ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)


class SlackInstallation(Base):
    """A workspace that installed the assistant, with the tokens it gave, encrypted. `id` is a hash of its ids."""

    __tablename__ = "slack_installations"

    id: Mapped[str] = mapped_column(String(HASH_LENGTH), primary_key=True)
    installation_encrypted: Mapped[bytes] = mapped_column(EncryptedBytes)
    installed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class SlackInstallState(Base):
    """An installation that somebody began in a browser, to be finished there once, before it expires."""

    __tablename__ = "slack_install_states"

    state_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)

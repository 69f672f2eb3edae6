"""The tables of the catalogue: offers and what they refer to, people, topics, approved examples."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypedDict

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assistant.db.base import Base, UTCDateTime, now
from assistant.staff.models import Staff

# The files are checked against the same lengths; PostgreSQL would otherwise refuse a row half-way through a load.
SLUG_LENGTH = 60
NAME_LENGTH = 150
SHORT_NAME_LENGTH = 50  # fits a button of Teams, Slack and the widget in one line
EMAIL_LENGTH = 254  # the longest address that mail can be sent to (RFC 5321)
PHONE_LENGTH = 30


class Stage(StrEnum):
    """Where an offer stands in the strategy. An offer may stand in two stages."""

    COMMIT = "commit"
    """Leaders bind themselves and their organisations to anti-racism."""
    UNDERSTAND = "understand"
    """Members learn how large institutional racism is, from evidence."""
    ACT = "act"
    """Members change structures, as partners of staff and patients."""


class Tier(StrEnum):
    """How far an offer's support goes, as the strategy sorts it."""

    CURRENT = "current"
    """Support that stands beside the stage now."""
    ENHANCED = "enhanced"
    """Further support that goes beyond the current support of the stage."""


class Part(TypedDict):
    """Something inside an offer that members ask for by name; the aliases serve matching and are never shown."""

    name: str
    aliases: list[str]


class FromFiles(Base):
    """A row that comes from a file of data/catalogue. The loader leaves rows with an `edited_at` alone.

    The JSON columns of these tables notice a new value, not a change inside the old one: assign a new list.
    """

    __abstract__ = True

    slug: Mapped[str] = mapped_column(String(SLUG_LENGTH), primary_key=True)
    # When staff last edited the row; sorted to the end of each table.
    edited_at: Mapped[datetime | None] = mapped_column(UTCDateTime, sort_order=1)


class Source(FromFiles):
    """A published document that facts come from. `published` is a month such as 2022-11."""

    __tablename__ = "sources"

    title: Mapped[str] = mapped_column(String(NAME_LENGTH))
    publisher: Mapped[str] = mapped_column(String(NAME_LENGTH))
    published: Mapped[str] = mapped_column(String(7))


class Contact(FromFiles):
    """A mailbox that a source prints for offers. The general contact is a setting and not among these."""

    __tablename__ = "contacts"

    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), unique=True)
    phone: Mapped[str | None] = mapped_column(String(PHONE_LENGTH))
    # When staff last made sure that it is right; None where they never did.
    verified_on: Mapped[date | None]


class Offer(FromFiles):
    """One support programme. `contact` is None where the source prints none for this offer.

    `audiences` and `nations` are as printed; empty means "not stated", never "everyone". `stages` and `tier` hold
    values of Stage and Tier, `related` slugs of other offers.
    """

    __tablename__ = "offers"

    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    short_name: Mapped[str] = mapped_column(String(SHORT_NAME_LENGTH))
    summary: Mapped[str] = mapped_column(Text)
    details: Mapped[str] = mapped_column(Text)
    parts: Mapped[list[Part]] = mapped_column(JSON)
    stages: Mapped[list[str]] = mapped_column(JSON)
    tier: Mapped[str] = mapped_column(String(20))
    contact_slug: Mapped[str | None] = mapped_column(ForeignKey("contacts.slug"))
    audiences: Mapped[list[str]] = mapped_column(JSON)
    nations: Mapped[list[str]] = mapped_column(JSON)
    related: Mapped[list[str]] = mapped_column(JSON)
    aliases: Mapped[list[str]] = mapped_column(JSON)
    source_slug: Mapped[str] = mapped_column(ForeignKey("sources.slug"))
    verified_on: Mapped[date | None]
    active: Mapped[bool] = mapped_column(default=True)

    # Joined, so that one query brings everything an answer shows.
    contact: Mapped[Contact | None] = relationship(lazy="joined")
    source: Mapped[Source] = relationship(lazy="joined", innerjoin=True)


class Person(FromFiles):
    """Someone in the strategy's leadership, named as printed. The aliases hold other spellings."""

    __tablename__ = "people"

    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    role: Mapped[str] = mapped_column(String(NAME_LENGTH))
    note: Mapped[str | None] = mapped_column(Text)
    aliases: Mapped[list[str]] = mapped_column(JSON)


class Topic(FromFiles):
    """Something to know that is neither an offer nor a person.

    `answer` may hold {general_email} and {general_phone}, which the settings fill in. `people` holds slugs in the order
    to show them. `grounding` is "source" where the source says so, "ours" where it is how this assistant works.
    """

    __tablename__ = "topics"

    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(NAME_LENGTH))
    answer: Mapped[str] = mapped_column(Text)
    people: Mapped[list[str]] = mapped_column(JSON)
    grounding: Mapped[str] = mapped_column(String(20))


class SharedPart(FromFiles):
    """What stands in several offers (their slugs), with the question that asks which one is meant."""

    __tablename__ = "shared_parts"

    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    question: Mapped[str] = mapped_column(String(NAME_LENGTH))
    offers: Mapped[list[str]] = mapped_column(JSON)


class ExampleState(StrEnum):
    """What an example is for."""

    PROPOSED = "proposed"
    """A reviewer proposed it; what it would change is still to be seen."""
    APPROVED = "approved"
    """The next training takes it in."""
    GUARD = "guard"
    """No model is trained on it; every candidate is asked it before it may go live."""
    WITHDRAWN = "withdrawn"
    """It was taken back."""


class Example(Base):
    """A sentence that a reviewer gave for training, beside those of data/nlu. `label` is such as offer/lfhii."""

    __tablename__ = "examples"
    __table_args__ = (UniqueConstraint("text", "label"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(String(NAME_LENGTH))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    state: Mapped[str] = mapped_column(String(20), default=ExampleState.APPROVED.value)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey(Staff.id, ondelete="SET NULL"))
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class RevisionState(StrEnum):
    """What became of an edit of the catalogue."""

    DRAFT = "draft"
    """Being written; members do not see it."""
    PUBLISHED = "published"
    """What members see now."""
    REPLACED = "replaced"
    """What members saw before."""
    DISCARDED = "discarded"
    """A draft that was thrown away."""


class Revision(Base):
    """One edit of an entry of the catalogue: all its fields, who made it, when and why.

    `kind` is the table (offers, people, topics, contacts) or signposts. What stood there before the first edit is kept
    as a revision without staff and `published_at`. `version` moves each time a draft is saved.
    """

    __tablename__ = "revisions"
    __table_args__ = (
        Index("ix_revisions_entry", "kind", "slug", "id"),
        # One draft an entry, whoever begins at the same moment.
        Index(
            "ix_revisions_draft",
            "kind",
            "slug",
            unique=True,
            sqlite_where=text("state = 'draft'"),
            postgresql_where=text("state = 'draft'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    slug: Mapped[str] = mapped_column(String(SLUG_LENGTH))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(20), default=RevisionState.DRAFT.value)
    why: Mapped[str] = mapped_column(Text, default="")
    staff_id: Mapped[int | None] = mapped_column(ForeignKey(Staff.id, ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    version: Mapped[int] = mapped_column(default=0)

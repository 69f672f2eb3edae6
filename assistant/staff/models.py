"""The tables of staff: accounts, their sessions and second factors, attempts to sign in, and the record of acts."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assistant.db.base import Base, EncryptedBytes, UTCDateTime, now

EMAIL_LENGTH = 254  # the longest address that mail can be sent to (RFC 5321)
NAME_LENGTH = 100
HASH_LENGTH = 64  # SHA-256 in hexadecimal digits
PASSWORD_HASH_LENGTH = 200
SUBJECT_LENGTH = 255  # of an OpenID Connect provider's `iss` and `sub` together, hashed or not


class Staff(Base):
    """A member of staff. Whoever left is inactive and stays, so that what they decided keeps their name.

    `password_hash` is None for those who sign in with the organisation's provider only; `subject` stands for their
    identity there. A password that was made for them has to be changed, and is good until `password_until`. The second
    factor counts once `second_factor_at` is set; `last_step` is the last one taken, so that no code is taken twice.
    """

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    role: Mapped[str] = mapped_column(String(20))
    is_active: Mapped[bool] = mapped_column(default=True)
    password_hash: Mapped[str | None] = mapped_column(String(PASSWORD_HASH_LENGTH))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    password_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    subject: Mapped[str | None] = mapped_column(String(SUBJECT_LENGTH), unique=True)
    second_factor: Mapped[bytes | None] = mapped_column(EncryptedBytes)
    second_factor_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_step: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    signed_in_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class RecoveryCode(Base):
    """Stands in once for a second factor that was lost."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(HASH_LENGTH))
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class StaffSession(Base):
    """A browser in which somebody signs in, or has. The secret is in the browser only; the key here is its hash.

    Nobody is signed in before `is_complete`: until then the second factor is still to be given.
    """

    __tablename__ = "staff_sessions"

    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    is_complete: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)

    staff: Mapped[Staff] = relationship(lazy="joined", innerjoin=True)


class SignInAttempt(Base):
    """An attempt to sign in that failed, kept for an hour to slow down who guesses; or, when `is_good`, the last that
    went well for an account at an address, kept so that nobody elsewhere can shut its owner out. Both hashes are keyed.
    """

    __tablename__ = "sign_in_attempts"
    __table_args__ = (
        Index("ix_sign_in_attempts_account", "account_hash", "at"),
        Index("ix_sign_in_attempts_address", "address_hash", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_hash: Mapped[str] = mapped_column(String(HASH_LENGTH))
    address_hash: Mapped[str] = mapped_column(String(HASH_LENGTH))
    is_good: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class AuditEntry(Base):
    """One act of a member of staff. Rows are only ever added: triggers of the database refuse to change or delete one.

    `hash` covers the row and the hash before it, so that nothing can be changed, left out or put between unseen.
    `details` holds ids, counts and names of fields, never what a member wrote.
    """

    __tablename__ = "audit_entries"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    # No foreign key: the record outlives what it is about.
    staff_id: Mapped[int | None]
    act: Mapped[str] = mapped_column(String(40), index=True)
    subject: Mapped[str] = mapped_column(String(80), index=True)
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    hash: Mapped[str] = mapped_column(String(HASH_LENGTH))

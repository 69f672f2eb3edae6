"""The record of what staff saw, changed and took out: only added to, each entry bound to the one before it."""

import hashlib
import json
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.db.locks import Lock, wait_for_turn
from assistant.staff.models import AuditEntry

FIRST_HASH = "0" * 64


class Act(StrEnum):
    """What somebody did."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    VIEWED = "viewed"
    SEARCHED = "searched"
    REVEALED = "revealed"
    DECIDED = "decided"
    UNDONE = "undone"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    EDITED = "edited"
    PUBLISHED = "published"
    EXPORTED = "exported"
    ACCOUNT_CHANGED = "account_changed"
    LINKED = "linked"
    UNLINKED = "unlinked"


Details = dict[str, str | int | bool | list[str] | list[int] | None]


def record(session: Session, act: Act, staff_id: int | None, subject: str, details: Details | None = None) -> None:
    """Add an entry, inside the caller's transaction. `subject` names what it is about, such as group:12.

    `details` holds ids, counts and names of fields, never what a member wrote.
    """
    wait_for_turn(session, Lock.RECORD)
    last = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).first()
    entry = AuditEntry(
        number=last.number + 1 if last else 1,
        at=now(),
        staff_id=staff_id,
        act=act.value,
        subject=subject,
        details=dict(details or {}),
        hash="",
    )
    entry.hash = hash_entry(entry, last.hash if last else FIRST_HASH)
    session.add(entry)
    session.flush()  # the next entry of the same transaction hangs on this one


def told_via(channel: str | None) -> Details:
    """The detail that something was done in a channel; none for the console."""
    return {"channel": channel} if channel else {}


def hash_entry(entry: AuditEntry, before: str) -> str:
    """The hash of an entry that follows one whose hash is `before`."""
    fields = [before, entry.number, _written(entry.at), entry.staff_id, entry.act, entry.subject, entry.details]
    return hashlib.sha256(json.dumps(fields, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def find_break(session: Session, number: int = 0, before: str = FIRST_HASH) -> int | None:
    """The number of the first entry that does not follow from the one before it, or None when all do.

    Begins after the entry of that number, whose hash is `before`.
    """
    entries = select(AuditEntry).order_by(AuditEntry.number)
    if number:  # from the beginning there is nothing to leave out, whatever number somebody gave it
        entries = entries.where(AuditEntry.number > number)
    for entry in session.scalars(entries.execution_options(yield_per=1000)):
        number += 1
        if entry.number != number or entry.hash != hash_entry(entry, before):
            return number
        before = entry.hash
    return None


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")

"""The record of what the invented staff did, written at the end and in order: each entry hangs on the one before."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.staff.audit import FIRST_HASH, Act, Details, hash_entry
from assistant.staff.models import AuditEntry


@dataclass(frozen=True)
class Done:
    """One act."""

    at: datetime
    act: Act
    staff_id: int | None
    subject: str
    details: Details


@dataclass
class Acts:
    """Acts, in any order until they are written."""

    done: list[Done] = field(default_factory=list)

    def add(self, at: datetime, act: Act, staff_id: int | None, subject: str, **details: str | int | list[int]) -> None:
        """Remember one."""
        self.done.append(Done(at, act, staff_id, subject, {**details}))

    def write(self, session: Session) -> None:
        """Write all of them, after what was recorded when the first model was trained."""
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).first()
        before, first = (last.hash, last.number + 1) if last else (FIRST_HASH, 1)
        for number, done in enumerate(sorted(self.done, key=lambda each: each.at), start=first):
            entry = AuditEntry(
                number=number,
                at=done.at,
                staff_id=done.staff_id,
                act=done.act.value,
                subject=done.subject,
                details=dict(done.details),
                hash="",
            )
            before = entry.hash = hash_entry(entry, before)
            session.add(entry)
        session.flush()

"""Read the record of acts, newest first, by page and filter."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from assistant.staff.models import AuditEntry, Staff

PAGE = 50


@dataclass(frozen=True)
class Filter:
    """Which entries to show; what is None is not asked for. `since` and `until` are moments, the latter left out."""

    staff_id: int | None = None
    act: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Page:
    """Some entries. `older` is what to give as `before` to see the next page, None on the last one."""

    entries: list[AuditEntry]
    older: int | None


def read_entries(session: Session, wanted: Filter, before: int | None = None) -> Page:
    """A page of the record: of the entries before that number, or of all."""
    query = _narrowed(select(AuditEntry), wanted).order_by(AuditEntry.number.desc()).limit(PAGE + 1)
    if before is not None:
        query = query.where(AuditEntry.number < before)
    entries = list(session.scalars(query))
    return Page(entries[:PAGE], entries[PAGE - 1].number if len(entries) > PAGE else None)


def staff_names(session: Session) -> dict[int, str]:
    """Everybody who is or was a member of staff, by number, in the order of their names."""
    return {number: name for number, name in session.execute(select(Staff.id, Staff.name).order_by(Staff.name))}


def _narrowed(query: Select[tuple[AuditEntry]], wanted: Filter) -> Select[tuple[AuditEntry]]:
    conditions = {
        AuditEntry.staff_id: wanted.staff_id,
        AuditEntry.act: wanted.act,
        AuditEntry.subject: wanted.subject,
    }
    query = query.where(*(column == value for column, value in conditions.items() if value is not None))
    if wanted.since is not None:
        query = query.where(AuditEntry.at >= wanted.since)
    return query if wanted.until is None else query.where(AuditEntry.at < wanted.until)

"""Say who sees to a group."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.enquiries.models import Group
from assistant.review.errors import ChangedMeanwhileError, GroupNotFoundError
from assistant.staff.audit import Act, record, told_via
from assistant.staff.errors import NotAllowedError
from assistant.staff.models import Staff
from assistant.staff.roles import Permission, may


def assign(
    session: Session, number: int, version: int, assignee: int | None, by: int, via: str | None = None
) -> str | None:
    """Give the group to somebody, or to nobody, and record it. Returns the name of who has it now.

    `version` is that of the page on which it was decided, `via` the channel where, if not in the console. Raises
    GroupNotFoundError, ChangedMeanwhileError, and NotAllowedError for somebody who may not review.
    """
    group = session.get(Group, number, with_for_update=True)
    if group is None:
        raise GroupNotFoundError
    if group.version != version:
        raise ChangedMeanwhileError("Somebody else changed this group in the meantime.")
    staff = session.get(Staff, assignee) if assignee is not None else None
    if assignee is not None and (staff is None or not _may_review(staff)):
        raise NotAllowedError
    group.assignee_id = assignee
    group.version += 1
    record(session, Act.ASSIGNED, by, f"group:{number}", {"assignee": assignee, **told_via(via)})
    return staff.name if staff else None


def list_assignees(session: Session) -> list[Staff]:
    """Everybody who a group can be given to, by name."""
    return [
        staff
        for staff in session.scalars(select(Staff).where(Staff.is_active).order_by(Staff.name, Staff.id))
        if _may_review(staff)
    ]


def _may_review(staff: Staff) -> bool:
    return staff.is_active and may(staff.role, Permission.REVIEW)

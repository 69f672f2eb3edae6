"""The question of the queue that a new entry is written for."""

from sqlalchemy.orm import Session

from assistant.enquiries.models import Enquiry, Group
from assistant.staff.audit import Act, record

ORDINARY = "question"  # the kind of a group in which nothing was due to be met with care
LONGEST_NUMBER = 9  # digits


def read_question(session: Session, staff_id: int, group: str) -> str | None:
    """The words that lead a group, which looking at them records; None where there are none to be shown."""
    if not (group.isascii() and group.isdigit() and len(group) <= LONGEST_NUMBER):
        return None
    found = session.get(Group, int(group))
    if found is None or found.kind != ORDINARY or found.leader is None:
        return None
    enquiry = session.get(Enquiry, found.leader)
    if enquiry is None or enquiry.text is None:
        return None
    record(session, Act.VIEWED, staff_id, f"group:{found.id}", {"enquiries": [found.leader]})
    return enquiry.text

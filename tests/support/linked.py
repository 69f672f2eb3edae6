"""Staff who are known in a channel."""

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.messaging.arrivals import hash_of
from assistant.messaging.models import StaffIdentity
from assistant.staff.models import Staff
from assistant.staff.roles import Role


def add_linked(
    database: Database,
    user: str = "U1",
    role: Role = Role.REVIEWER,
    *,
    name: str = "Ada Lovelace",
    channel: str = "slack",
    is_active: bool = True,
) -> int:
    """A member of staff who is this user of the made-up channel; returns their number."""
    with database.write() as session:
        staff = Staff(email=f"{user}@example.org", name=name, role=role.value, is_active=is_active)
        session.add(staff)
        session.flush()
        identity = StaffIdentity(
            id=hash_of(channel, "T1", user), channel=channel, staff_id=staff.id, linked_at=now()
        )  # fmt: skip
        session.add(identity)
        return staff.id

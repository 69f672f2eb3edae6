"""Staff for tests, signed in without a page: what signing in takes is tested by itself."""

from dataclasses import dataclass

import httpx

from assistant.console.cookies import SECRET
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.staff.models import Staff
from assistant.staff.roles import Role
from assistant.staff.sessions import begin_session, form_token

NAMES = {Role.REVIEWER: "Robin Reviewer", Role.EDITOR: "Eden Editor", Role.ADMIN: "Ada Admin"}


@dataclass(frozen=True)
class Colleague:
    """A member of staff who is signed in."""

    id: int
    name: str
    secret: str

    @property
    def form_token(self) -> str:
        """What their forms carry."""
        return form_token(self.secret)

    @property
    def cookies(self) -> dict[str, str]:
        """What their browser holds."""
        return {SECRET: self.secret}


def add_colleague(database: Database, role: Role = Role.REVIEWER, *, email: str = "") -> Colleague:
    """Add a member of staff of this role and sign them in."""
    with database.write() as session:
        staff = Staff(email=email or f"{role.value}@example.org", name=NAMES[role], role=role.value)
        session.add(staff)
        session.flush()
        return Colleague(staff.id, staff.name, begin_session(session, staff, now(), is_complete=True))


class Desk:
    """The console as a member of staff uses it, through ASGI: pages are got, forms are sent with their token."""

    def __init__(self, client: httpx.AsyncClient, colleague: Colleague) -> None:
        self.client = client
        self.colleague = colleague
        client.cookies.update(colleague.cookies)

    async def get(self, path: str, **parameters: str) -> httpx.Response:
        """A page, redirects followed."""
        return await self.client.get(path, params=parameters or None, follow_redirects=True)

    async def post(self, path: str, **fields: str | list[str]) -> httpx.Response:
        """Send a form and see the page that it leads to."""
        data = {"form_token": self.colleague.form_token, **fields}
        return await self.client.post(path, data=data, follow_redirects=True)

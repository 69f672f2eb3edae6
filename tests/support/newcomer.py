"""Somebody who was added and signs in through the pages, with an authenticator app of their own."""

import re
from datetime import timedelta

import httpx
import pyotp

from assistant.console.cookies import SECRET
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.staff.accounts import add_staff
from assistant.staff.roles import Role

STEP = timedelta(seconds=30)
PASSWORD = "kettle orbit plum 42"
TOKEN = re.compile(r'name="form_token" value="([0-9a-f]{64})"')
KEY = re.compile(r'<code class="account-key">([A-Z2-7 ]+)</code>')
CODE = re.compile(r"<li><code>([A-Z0-9-]{19})</code></li>")


class Newcomer:
    """Fills in forms as a browser does: each from the page that shows it."""

    def __init__(self, client: httpx.AsyncClient, database: Database, role: Role = Role.REVIEWER) -> None:
        self.client = client
        self.email = f"new.{role}@example.org"
        with database.write() as session:
            self.first_password = add_staff(session, self.email, "Nadia Newcomer", role, now(), None) or ""
        self.key = ""
        self.recovery_codes: list[str] = []

    @property
    def secret(self) -> str:
        """What the browser holds at the moment."""
        return self.client.cookies.get(SECRET) or ""

    async def fill(self, path: str, **fields: str) -> httpx.Response:
        """Get the page, send its form to the same address, and see where it leads."""
        page = await self.client.get(path, follow_redirects=True)
        token = TOKEN.search(page.text)
        data = {"form_token": token[1] if token else "", **fields}
        return await self.client.post(path, data=data, follow_redirects=True)

    async def give_password(self, password: str = PASSWORD, next: str = "") -> httpx.Response:
        """The first step."""
        return await self.fill("/staff/sign-in", email=self.email, password=password, next=next)

    async def set_up(self) -> httpx.Response:
        """Everything that the first time asks for."""
        await self.give_password(self.first_password)
        page = await self.fill("/staff/set-up/password", password=PASSWORD, again=PASSWORD)
        self.key = KEY.findall(page.text)[0].replace(" ", "")
        page = await self.fill("/staff/set-up/second-factor", code=self.code())
        self.recovery_codes = CODE.findall(page.text)
        return page

    def code(self, ahead: int = 0) -> str:
        """What their app shows, or will in so many steps."""
        return pyotp.TOTP(self.key).at(now() + ahead * STEP)

    async def sign_in(self, next: str = "") -> httpx.Response:
        """Password, then the app's next code: the one before was taken when it was set up."""
        await self.give_password(next=next)
        return await self.fill("/staff/second-factor", code=self.code(1), next=next)

    async def sign_out(self) -> httpx.Response:
        """By the button in the head of every page."""
        page = await self.client.get("/staff/account")
        token = TOKEN.search(page.text)
        assert token
        return await self.client.post("/staff/sign-out", data={"form_token": token[1]}, follow_redirects=True)

    async def is_in(self) -> bool:
        """Whether they are signed in."""
        return (await self.client.get("/staff/account")).status_code == 200

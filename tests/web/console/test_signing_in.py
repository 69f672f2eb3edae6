"""Password, second factor, first time, sign-out: what each step lets in, and what the cookie before it is worth."""

from datetime import timedelta

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy import update

from assistant.console.cookies import SECRET, VISIT
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.staff import passwords
from assistant.staff.accounts import get_staff
from assistant.staff.models import AuditEntry, Staff, StaffSession
from assistant.staff.sessions import form_token
from tests.support.newcomer import PASSWORD, Newcomer
from tests.support.staff import Desk


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What hashing costs is tested with passwords."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def newcomer(stranger: httpx.AsyncClient, database: Database) -> Newcomer:
    """Was added a moment ago."""
    return Newcomer(stranger, database)


@pytest.fixture
async def regular(newcomer: Newcomer) -> Newcomer:
    """Has a password and a second factor of their own, and is signed out."""
    await newcomer.set_up()
    await newcomer.sign_out()
    return newcomer


async def is_good(app: FastAPI, secret: str) -> bool:
    """Whether a browser with this cookie is signed in."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="https://assistant.test") as thief:
        thief.cookies.set(SECRET, secret)
        return (await thief.get("/staff/account")).status_code == 200


class TestTheFirstTime:
    async def test_it_leads_through_password_and_second_factor_to_recovery_codes(self, newcomer: Newcomer) -> None:
        page = await newcomer.give_password(newcomer.first_password)
        assert page.url.path == "/staff/set-up/password"
        page = await newcomer.fill("/staff/set-up/password", password=PASSWORD, again=PASSWORD)
        assert page.url.path == "/staff/set-up/second-factor" and "<svg" in page.text
        assert not await newcomer.is_in()
        newcomer.key = "".join(page.text.split('account-key">')[1].split("<")[0].split())
        page = await newcomer.fill("/staff/set-up/second-factor", code=newcomer.code())
        assert page.status_code == 200 and page.text.count("<li><code>") == 10
        assert await newcomer.is_in()

    async def test_no_step_can_be_left_out(self, newcomer: Newcomer) -> None:
        await newcomer.give_password(newcomer.first_password)
        for path in ("/staff/second-factor", "/staff/set-up/second-factor"):
            assert (await newcomer.fill(path, code="123456")).url.path == "/staff/set-up/password"
        assert not await newcomer.is_in()

    @pytest.mark.parametrize(
        ("password", "again", "told"),
        [
            ("short", "short", "12 to 128 characters"),
            (PASSWORD, PASSWORD + "x", "not the same"),
            ("password12345", "password12345", "among the first"),
            ("", "", "12 to 128 characters"),
        ],
    )
    async def test_a_password_that_will_not_do_is_told(
        self, newcomer: Newcomer, password: str, again: str, told: str
    ) -> None:
        await newcomer.give_password(newcomer.first_password)
        page = await newcomer.fill("/staff/set-up/password", password=password, again=again)
        assert page.status_code == 422 and told in page.text

    async def test_the_password_they_were_given_will_not_do(self, newcomer: Newcomer) -> None:
        await newcomer.give_password(newcomer.first_password)
        given = newcomer.first_password
        page = await newcomer.fill("/staff/set-up/password", password=given, again=given)
        assert page.status_code == 422 and "another password" in page.text

    async def test_the_picture_stays_the_same_until_it_is_taken(self, newcomer: Newcomer) -> None:
        await newcomer.give_password(newcomer.first_password)
        page = await newcomer.fill("/staff/set-up/password", password=PASSWORD, again=PASSWORD)
        again = await newcomer.fill("/staff/set-up/second-factor", code="000000x")
        assert again.status_code == 422 and "not right" in again.text
        assert page.text.split("<path")[1].split("/>")[0] in again.text

    async def test_a_password_that_waited_a_week_no_longer_works(self, newcomer: Newcomer, database: Database) -> None:
        with database.write() as session:
            session.execute(update(Staff).values(password_until=now()))
        assert "not right" in (await newcomer.give_password(newcomer.first_password)).text


class TestSigningIn:
    async def test_it_takes_password_and_code(self, regular: Newcomer) -> None:
        await regular.sign_in()
        assert await regular.is_in()

    async def test_a_password_alone_is_not_enough(self, regular: Newcomer) -> None:
        page = await regular.give_password()
        assert page.url.path == "/staff/second-factor"
        assert not await regular.is_in()

    async def test_a_code_is_taken_once(self, regular: Newcomer) -> None:
        await regular.sign_in()
        await regular.sign_out()
        await regular.sign_in()
        assert not await regular.is_in()

    async def test_a_recovery_code_stands_in_once(self, regular: Newcomer) -> None:
        for may in (True, False):
            await regular.give_password()
            await regular.fill("/staff/second-factor", recovery=regular.recovery_codes[0])
            assert await regular.is_in() is may
            if may:
                await regular.sign_out()

    @pytest.mark.parametrize(
        ("next", "path"),
        [
            ("/staff/account", "/staff/account"),
            ("/staff/queue?state=waiting&q=how+much%3F", "/staff/queue?state=waiting&q=how+much%3F"),
            ("/staff/%2e%2e/chat", "/staff"),
            ("/staff/accounts/12", "/staff/accounts/12"),
            ("https://evil.example/staff", "/staff"),
            ("//evil.example/staff", "/staff"),
            ("/staff//evil.example", "/staff"),
            ("/staff/../admin", "/staff"),
            ("/staff\\evil", "/staff"),
            ("/staff@evil.example", "/staff"),
            ("/staffroom", "/staff"),
            ("/chat", "/staff"),
            ("javascript:alert(1)", "/staff"),
            ("/staff/sign-in", "/staff"),
            ("/staff\r\nX: y", "/staff"),
        ],
    )
    async def test_it_leads_on_to_pages_of_the_console_only(self, regular: Newcomer, next: str, path: str) -> None:
        page = await regular.sign_in(next)
        assert page.history[0].headers["location"] == path

    async def test_whose_access_ended_gets_in_no_more(self, regular: Newcomer, database: Database) -> None:
        with database.write() as session:
            get_staff(session, regular.email).is_active = False
        page = await regular.give_password()
        assert page.status_code == 422 and "not right" in page.text

    async def test_it_is_recorded_well_or_not(self, regular: Newcomer, database: Database) -> None:
        await regular.give_password("wrong password")
        await regular.fill("/staff/sign-in", email="nobody@example.org", password="secret words")
        await regular.give_password()
        await regular.fill("/staff/second-factor", code="000 000x")
        await regular.fill("/staff/second-factor", code=regular.code(1))
        await regular.sign_out()
        with database.read() as session:
            staff = get_staff(session, regular.email).id
            entries = session.query(AuditEntry).order_by(AuditEntry.number).all()
            acts = [(entry.act, entry.staff_id, entry.details) for entry in entries if entry.act.startswith("sign")][
                -5:
            ]
        assert acts == [
            ("sign_in_failed", staff, {"step": "password"}),
            ("sign_in_failed", None, {"step": "password"}),
            ("sign_in_failed", staff, {"step": "code"}),
            ("signed_in", staff, {"with": "code"}),
            ("signed_out", staff, {}),
        ]


class TestFixation:
    """E6: what a browser held before a step is worth nothing after it."""

    async def test_each_step_gives_a_new_secret_and_ends_the_old(self, app: FastAPI, newcomer: Newcomer) -> None:
        held = ["planted by somebody else"]
        newcomer.client.cookies.set(SECRET, held[0], domain="assistant.test")
        await newcomer.give_password(newcomer.first_password)
        held.append(newcomer.secret)
        page = await newcomer.fill("/staff/set-up/password", password=PASSWORD, again=PASSWORD)
        held.append(newcomer.secret)
        newcomer.key = "".join(page.text.split('account-key">')[1].split("<")[0].split())
        await newcomer.fill("/staff/set-up/second-factor", code=newcomer.code())
        assert len({*held, newcomer.secret}) == 4
        assert [await is_good(app, secret) for secret in held] == [False, False, False]
        assert await is_good(app, newcomer.secret)

    @pytest.mark.parametrize("change", ["second factor", "recovery codes", "reset password", "reset factor", "end"])
    async def test_every_change_of_an_account_ends_it(
        self, app: FastAPI, regular: Newcomer, admin: Desk, database: Database, change: str
    ) -> None:
        await regular.sign_in()
        before, token = regular.secret, form_token(regular.secret)
        with database.read() as session:
            number = get_staff(session, regular.email).id
        if change == "recovery codes":
            await regular.fill("/staff/account/recovery-codes", current=PASSWORD)
        elif change == "second factor":
            page = await regular.client.get("/staff/account/second-factor")
            regular.key = "".join(page.text.split('account-key">')[1].split("<")[0].split())
            await regular.fill("/staff/account/second-factor", current=PASSWORD, code=regular.code())
        else:
            action = {"reset password": "password", "reset factor": "second-factor", "end": "end"}[change]
            await admin.post(f"/staff/accounts/{number}/{action}")
        assert not await is_good(app, before)
        response = await regular.client.post("/staff/sign-out", data={"form_token": token})
        assert response.status_code in (401, 403)

    async def test_signing_out_ends_it(self, app: FastAPI, regular: Newcomer) -> None:
        await regular.sign_in()
        secret = regular.secret
        page = await regular.sign_out()
        assert "You are signed out" in page.text and regular.secret == ""
        assert not await is_good(app, secret)

    async def test_a_new_password_ends_all_others(self, app: FastAPI, regular: Newcomer, database: Database) -> None:
        await regular.sign_in()
        before = regular.secret
        page = await regular.fill(
            "/staff/account/password", current=PASSWORD, password="other kettle", again="other kettle"
        )
        assert page.url.path == "/staff/account" and "Your password is changed" in page.text
        assert not await is_good(app, before)
        assert await is_good(app, regular.secret)

    async def test_another_role_ends_it(self, app: FastAPI, regular: Newcomer, admin: Desk, database: Database) -> None:
        await regular.sign_in()
        with database.read() as session:
            number = get_staff(session, regular.email).id
        page = await admin.post(f"/staff/accounts/{number}/role", role="editor")
        assert "The role is editor now" in page.text
        assert not await is_good(app, regular.secret)

    @pytest.mark.parametrize(
        ("column", "minutes", "is_in"),
        [
            ("seen_at", 29, True),
            ("seen_at", 30, False),
            ("created_at", 12 * 60 - 1, True),
            ("created_at", 12 * 60, False),
        ],
    )
    async def test_it_ends_after_half_an_hour_idle_and_after_twelve_hours(
        self, regular: Newcomer, database: Database, column: str, minutes: int, is_in: bool
    ) -> None:
        await regular.sign_in()
        with database.write() as session:
            session.execute(update(StaffSession).values({column: now() - timedelta(minutes=minutes)}))
        assert await regular.is_in() is is_in

    async def test_the_cookie_is_for_this_host_and_no_script(self, regular: Newcomer) -> None:
        page = await regular.sign_in()
        cookie = next(c for c in page.history[0].headers.get_list("set-cookie") if c.startswith(SECRET))
        assert SECRET.startswith("__Host-")
        assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
        assert "Domain" not in cookie and "Max-Age" not in cookie


class TestFormsOfStrangers:
    """E5: nobody is signed in from another site, with whosever account."""

    @pytest.mark.parametrize("token", ["", "0" * 64, "\udc80"])
    async def test_a_form_without_its_token_is_refused(self, newcomer: Newcomer, token: str) -> None:
        await newcomer.client.get("/staff/sign-in")
        form = {
            "email": newcomer.email,
            "password": newcomer.first_password,
            "form_token": token.encode("utf-8", "replace"),
        }
        page = await newcomer.client.post("/staff/sign-in", data=form)
        assert page.status_code == 403 and not newcomer.secret

    async def test_a_form_made_for_another_browser_is_refused(self, app: FastAPI, newcomer: Newcomer) -> None:
        page = await newcomer.client.get("/staff/sign-in")
        token = page.text.split('name="form_token" value="')[1].split('"')[0]
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="https://assistant.test") as other:
            for visit in ("", "mine"):
                other.cookies.set(VISIT, visit)
                form = {"email": newcomer.email, "password": newcomer.first_password, "form_token": token}
                assert (await other.post("/staff/sign-in", data=form)).status_code == 403

    async def test_signing_out_needs_its_token_too(self, regular: Newcomer) -> None:
        await regular.sign_in()
        assert (await regular.client.post("/staff/sign-out")).status_code == 403
        assert (await regular.client.get("/staff/sign-out")).status_code == 404
        assert await regular.is_in()


class TestTheOwnAccount:
    async def test_it_shows_who_they_are(self, regular: Newcomer) -> None:
        page = await regular.sign_in("/staff/account")
        for shown in ("Nadia Newcomer", regular.email, "Reviewer", "10 left"):
            assert shown in page.text

    @pytest.mark.parametrize("path", ["password", "second-factor", "recovery-codes"])
    async def test_each_change_asks_for_the_current_password(self, regular: Newcomer, path: str) -> None:
        await regular.sign_in()
        fields = {"password": "other kettle", "again": "other kettle", "code": "123456"}
        page = await regular.fill(f"/staff/account/{path}", current="wrong password", **fields)
        assert page.status_code == 422 and "not your current password" in page.text
        assert await regular.is_in()

    async def test_guessing_the_current_password_is_slowed_down(self, regular: Newcomer) -> None:
        await regular.sign_in()
        pages = [await regular.fill("/staff/account/recovery-codes", current="wrong") for _ in range(6)]
        assert [page.status_code for page in pages] == [422] * 5 + [429]

    async def test_new_recovery_codes_end_the_old(self, regular: Newcomer) -> None:
        await regular.sign_in()
        page = await regular.fill("/staff/account/recovery-codes", current=PASSWORD)
        assert page.text.count("<li><code>") == 10
        assert not any(code in page.text for code in regular.recovery_codes)
        await regular.sign_out()
        await regular.give_password()
        await regular.fill("/staff/second-factor", recovery=regular.recovery_codes[0])
        assert not await regular.is_in()

    async def test_the_second_factor_stays_until_the_new_one_is_confirmed(self, regular: Newcomer) -> None:
        await regular.sign_in()
        page = await regular.client.get("/staff/account/second-factor")
        new = "".join(page.text.split('account-key">')[1].split("<")[0].split())
        assert new != regular.key
        page = await regular.fill("/staff/account/second-factor", current=PASSWORD, code=regular.code(1))
        assert page.status_code == 422 and "not right" in page.text
        regular.key = new
        page = await regular.fill("/staff/account/second-factor", current=PASSWORD, code=regular.code())
        assert page.text.count("<li><code>") == 10
        await regular.sign_out()
        await regular.sign_in()
        assert await regular.is_in()

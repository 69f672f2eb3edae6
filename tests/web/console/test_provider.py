"""Signing in with the organisation's own provider: a real one on loopback, which tells the truth or something else."""

import base64
import hmac
import json
import time
from collections.abc import AsyncIterator, Iterator
from html import unescape

import httpx
import pytest
from fastapi import FastAPI
from joserfc import jwt
from joserfc.jwk import RSAKey

from assistant.console.cookies import ERRAND, SECRET
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.errors import SettingError
from assistant.settings import Settings
from assistant.staff.accounts import add_staff, end_access, get_staff, is_without_admin
from assistant.staff.models import AuditEntry
from assistant.staff.provider import Provider, open_provider
from assistant.staff.roles import Role
from tests.support.addresses import ELSEWHERE, OWN
from tests.support.oidc_provider import CLIENT_ID, CLIENT_SECRET, FakeDirectory, running_directory

ADA = "ada@example.org"
CALLBACK = "/staff/sign-in/provider/callback"


@pytest.fixture(scope="module")
def running() -> Iterator[FakeDirectory]:
    """One for the module."""
    with running_directory() as directory:
        yield directory


@pytest.fixture
def directory(running: FakeDirectory) -> FakeDirectory:
    """Tells the truth about Ada until told otherwise."""
    running.user = {"sub": "ada-1", "email": "Ada@Example.org", "email_verified": True}
    running.claims, running.signing_key = {}, None
    return running


@pytest.fixture
def colleagues(database: Database) -> Database:
    """Ada, an administrator, who has no password here; and Bob."""
    with database.write() as session:
        add_staff(session, ADA, "Ada Admin", Role.ADMIN, now(), None, with_password=False)
        add_staff(session, "bob@example.org", "Bob", Role.ADMIN, now(), None, with_password=False)
    return database


class Browser:
    """Goes to the provider and comes back."""

    def __init__(self, console: httpx.AsyncClient) -> None:
        self.console = console

    async def goes(self, next: str = "") -> str:
        """To the provider; returns the address that it sends back to."""
        response = await self.console.get("/staff/sign-in/provider", params={"next": next})
        async with httpx.AsyncClient() as outside:
            return (await outside.get(response.headers["location"])).headers["location"]

    async def signs_in(self, next: str = "") -> httpx.Response:
        """There and back."""
        return await self.console.get(await self.goes(next))

    async def is_in(self) -> bool:
        """Whether they are signed in."""
        return (await self.console.get("/staff/account")).status_code == 200


@pytest.fixture
async def browser(  # type: ignore[override]
    app: FastAPI, stranger: httpx.AsyncClient, directory: FakeDirectory, colleagues: Database
) -> AsyncIterator[Browser]:
    """At the sign-in page of a console that knows the provider."""
    app.state.provider, settings = Provider(directory.issuer, CLIENT_ID, CLIENT_SECRET), app.state.settings
    app.state.settings = settings.model_copy(update={"public_url": "https://assistant.test/"})
    yield Browser(stranger)
    app.state.provider, app.state.settings = None, settings


def last_entry(database: Database) -> AuditEntry:
    """What was recorded last."""
    with database.read() as session:
        return session.query(AuditEntry).order_by(AuditEntry.number.desc()).limit(1).one()


def forged(claims: dict[str, object], algorithm: str, public_key: bytes) -> str:
    """A token made with what everybody knows: no signature, or the public key taken for a shared secret."""
    parts = ({"alg": algorithm, "kid": "first"}, claims)
    signed = b".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts)
    signature = hmac.digest(public_key, signed, "sha256") if algorithm == "HS256" else b""
    return (signed + b"." + base64.urlsafe_b64encode(signature).rstrip(b"=")).decode()


class TestWhoeverWasAdded:
    async def test_they_are_signed_in_with_a_page_that_leads_on(self, browser: Browser, colleagues: Database) -> None:
        page = await browser.signs_in("/staff/account")
        assert page.status_code == 200 and 'content="0; url=/staff/account"' in page.text
        assert await browser.is_in()
        assert last_entry(colleagues).act == "signed_in" and last_entry(colleagues).details == {"with": "provider"}

    @pytest.mark.parametrize("asked", [*ELSEWHERE, *OWN], ids=ascii)
    async def test_they_come_back_to_a_page_of_the_console_only(self, browser: Browser, asked: str) -> None:
        page = await browser.signs_in(asked)
        told = unescape(page.text.split('content="0; url=')[1].split('"')[0])
        assert told == (asked if asked in OWN else "/staff")

    async def test_the_provider_sends_them_back_to_us_whatever_host_is_asked(
        self, browser: Browser, directory: FakeDirectory
    ) -> None:
        directory.seen.clear()
        headers = {"Host": "evil.test", "X-Forwarded-Host": "evil.test", "Forwarded": "host=evil.test"}
        response = await browser.console.get("/staff/sign-in/provider", headers=headers)
        asked = httpx.URL(response.headers["location"]).params
        assert asked["redirect_uri"] == f"https://assistant.test{CALLBACK}"

    async def test_the_sign_in_page_offers_it(self, browser: Browser) -> None:
        page = await browser.console.get("/staff/sign-in")
        assert "Sign in with your organisation" in page.text

    async def test_the_request_carries_pkce_state_and_nonce_anew_each_time(
        self, browser: Browser, directory: FakeDirectory
    ) -> None:
        directory.seen.clear()
        for _ in range(2):
            await browser.goes()
        for name in ("state", "nonce", "code_challenge"):
            values = {asked[name] for asked in directory.seen}
            assert len(values) == 2 and min(map(len, values)) >= 20
        assert directory.seen[0]["redirect_uri"] == f"https://assistant.test{CALLBACK}"

    async def test_they_are_known_by_their_identity_once_they_were_there(
        self, browser: Browser, directory: FakeDirectory
    ) -> None:
        await browser.signs_in()
        directory.user["email"] = "ada.married@example.org"
        browser.console.cookies.clear()
        await browser.signs_in()
        assert await browser.is_in()

    async def test_a_key_that_was_changed_is_fetched(self, browser: Browser, directory: FakeDirectory) -> None:
        await browser.signs_in()
        old = directory.key
        directory.key = RSAKey.generate_key(2048, {"kid": "second", "use": "sig"})
        browser.console.cookies.clear()
        try:
            moment = int(time.time())
            directory_token = directory.id_token

            def signed_anew(asked: dict[str, str]) -> str:
                claims = {
                    **directory.user,
                    "iss": directory.issuer,
                    "aud": CLIENT_ID,
                    "iat": moment,
                    "exp": moment + 60,
                }
                return jwt.encode({"alg": "RS256", "kid": "second"}, {**claims, "nonce": asked["nonce"]}, directory.key)

            directory.id_token = signed_anew  # type: ignore[method-assign]
            await browser.signs_in()
            assert await browser.is_in()
        finally:
            directory.id_token, directory.key = directory_token, old  # type: ignore[method-assign]


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("claims", "reason"),
        [
            ({"nonce": "of another sign-in"}, "nonce"),
            ({"nonce": None}, "nonce"),
            ({"aud": "another application"}, "aud"),
            ({"aud": ["another application"], "azp": CLIENT_ID}, "aud"),
            ({"aud": None}, "aud"),
            ({"iss": "https://login.evil.example"}, "iss"),
            ({"iss": None}, "iss"),
            ({"exp": 1_700_000_000}, "Expired"),
            ({"exp": None}, "exp"),
            ({"iat": 4_000_000_000}, ""),
            ({"sub": None}, "sub"),
            ({"sub": "carol-1", "email": "carol@example.org"}, "not added"),
            ({"email_verified": False}, "no verified e-mail"),
            ({"email_verified": None}, "no verified e-mail"),
            ({"email": None}, "no verified e-mail"),
            ({"email": ["ada@example.org"]}, "no verified e-mail"),
        ],
        ids=str,
    )
    async def test_a_false_token_signs_nobody_in(
        self, browser: Browser, directory: FakeDirectory, colleagues: Database, claims: dict[str, object], reason: str
    ) -> None:
        directory.claims = claims
        page = await browser.signs_in()
        assert page.status_code == 403 and "could not be used to sign in" in page.text
        assert not await browser.is_in()
        entry = last_entry(colleagues)
        assert (entry.act, entry.staff_id) == ("sign_in_failed", None)
        assert reason in str(entry.details["reason"]) and "example.org" not in str(entry.details)

    async def test_a_token_signed_by_somebody_else(self, browser: Browser, directory: FakeDirectory) -> None:
        directory.signing_key = RSAKey.generate_key(2048, {"kid": "first"})
        assert (await browser.signs_in()).status_code == 403
        assert not await browser.is_in()

    @pytest.mark.parametrize("algorithm", ["none", "HS256"])
    async def test_a_token_that_anybody_could_have_signed(
        self, browser: Browser, directory: FakeDirectory, monkeypatch: pytest.MonkeyPatch, algorithm: str
    ) -> None:
        def id_token(asked: dict[str, str]) -> str:
            moment = int(time.time())
            claims = {**directory.user, "iss": directory.issuer, "aud": CLIENT_ID, "iat": moment, "exp": moment + 60}
            return forged({**claims, "nonce": asked["nonce"]}, algorithm, directory.key.as_pem(private=False))

        monkeypatch.setattr(directory, "id_token", id_token)
        assert (await browser.signs_in()).status_code == 403
        assert not await browser.is_in()

    @pytest.mark.parametrize("state", ["", "of another sign-in", "\u00e4"])
    async def test_a_wrong_state(self, browser: Browser, state: str) -> None:
        code = httpx.URL(await browser.goes()).params["code"]
        page = await browser.console.get(CALLBACK, params={"code": code, "state": state})
        assert page.status_code == 403 and not await browser.is_in()

    async def test_an_answer_for_another_browser(self, browser: Browser) -> None:
        back = await browser.goes()
        browser.console.cookies.clear()
        assert (await browser.console.get(back)).status_code == 403

    async def test_an_errand_that_was_made_up(self, browser: Browser) -> None:
        back = await browser.goes()
        browser.console.cookies.clear()
        browser.console.cookies.set(ERRAND, "made up")
        assert (await browser.console.get(back)).status_code == 403

    async def test_the_same_answer_twice(self, browser: Browser) -> None:
        back = await browser.goes()
        errand = browser.console.cookies[ERRAND]
        await browser.console.get(back)
        assert ERRAND not in browser.console.cookies
        browser.console.cookies.delete(SECRET)
        assert (await browser.console.get(back)).status_code == 403
        browser.console.cookies.set(ERRAND, errand)
        assert (await browser.console.get(back)).status_code == 403
        assert not await browser.is_in()

    async def test_an_answer_of_another_provider(self, browser: Browser) -> None:
        back = await browser.goes()
        assert (await browser.console.get(f"{back}&iss=https://login.evil.example")).status_code == 403

    async def test_a_refusal_of_the_provider(self, browser: Browser) -> None:
        state = httpx.URL(await browser.goes()).params["state"]
        page = await browser.console.get(CALLBACK, params={"error": "access_denied", "state": state})
        assert page.status_code == 403

    async def test_another_identity_with_an_address_that_was_theirs(
        self, browser: Browser, directory: FakeDirectory
    ) -> None:
        await browser.signs_in()
        browser.console.cookies.clear()
        directory.user["sub"] = "somebody-else"
        assert (await browser.signs_in()).status_code == 403
        assert not await browser.is_in()

    async def test_whose_access_ended(self, browser: Browser, colleagues: Database) -> None:
        await browser.signs_in()
        with colleagues.write() as session:
            end_access(session, get_staff(session, ADA), None)
        browser.console.cookies.clear()
        assert (await browser.signs_in()).status_code == 403

    async def test_a_provider_that_is_away_or_another_is_said(self, app: FastAPI, browser: Browser) -> None:
        issuer = app.state.provider.issuer
        for wrong in ("http://127.0.0.1:9", issuer + "/"):
            app.state.provider = Provider(wrong, CLIENT_ID, CLIENT_SECRET)
            page = await browser.console.get("/staff/sign-in/provider")
            assert page.status_code == 502 and "does not answer" in page.text

    async def test_a_console_without_a_provider_has_no_such_page(self, stranger: httpx.AsyncClient) -> None:
        assert (await stranger.get("/staff/sign-in/provider")).status_code == 404
        assert (await stranger.get(CALLBACK)).status_code == 404
        assert "organisation's account" not in (await stranger.get("/staff/sign-in")).text


class TestRolesFromTheProvider:
    @pytest.mark.parametrize(
        ("roles", "role"), [(["reviewer"], "reviewer"), (["editor", "reviewer", "else"], "editor"), ("admin", "admin")]
    )
    async def test_the_highest_is_taken_at_each_sign_in(
        self, app: FastAPI, browser: Browser, directory: FakeDirectory, colleagues: Database, roles: object, role: str
    ) -> None:
        app.state.provider = Provider(directory.issuer, CLIENT_ID, CLIENT_SECRET, role_claim="roles")
        directory.user["roles"] = roles
        await browser.signs_in()
        assert await browser.is_in()
        with colleagues.read() as session:
            assert get_staff(session, ADA).role == role

    async def test_the_last_administrator_may_lose_it_there_and_it_is_on_record(
        self,
        app: FastAPI,
        browser: Browser,
        directory: FakeDirectory,
        colleagues: Database,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        app.state.provider = Provider(directory.issuer, CLIENT_ID, CLIENT_SECRET, role_claim="roles")
        await browser.signs_in()
        with colleagues.write() as session:
            end_access(session, get_staff(session, "bob@example.org"), None)
        directory.user["roles"] = "admin"
        await browser.signs_in()
        before = browser.console.cookies[SECRET]
        directory.user["roles"] = "reviewer"
        await browser.signs_in()
        assert await browser.is_in()
        assert (await browser.console.get("/staff/accounts")).status_code == 403
        browser.console.cookies.set(SECRET, before, domain="assistant.test")
        assert not await browser.is_in()
        with colleagues.read() as session:
            assert is_without_admin(session)
            entry = (
                session.query(AuditEntry).filter_by(act="account_changed").order_by(AuditEntry.number.desc()).first()
            )
            assert entry is not None
        change = {"change": "role", "from": "admin", "to": "reviewer", "by": "provider", "no_admin_left": True}
        assert entry.details == change
        assert "demoted the last administrator" in caplog.text and "ada" not in caplog.text

    @pytest.mark.parametrize("roles", [None, [], ["owner"], 1, {"admin": True}])
    async def test_who_has_none_is_refused(
        self, app: FastAPI, browser: Browser, directory: FakeDirectory, roles: object
    ) -> None:
        app.state.provider = Provider(directory.issuer, CLIENT_ID, CLIENT_SECRET, role_claim="roles")
        directory.user["roles"] = roles
        assert (await browser.signs_in()).status_code == 403

    async def test_entra_vouches_for_addresses_by_another_claim(
        self, app: FastAPI, browser: Browser, directory: FakeDirectory
    ) -> None:
        app.state.provider = Provider(directory.issuer, CLIENT_ID, CLIENT_SECRET, verified_claim="xms_edov")
        assert (await browser.signs_in()).status_code == 403
        directory.user["xms_edov"] = "1"
        await browser.signs_in()
        assert await browser.is_in()


class TestTheSettings:
    def test_without_any_there_is_no_provider(self) -> None:
        assert open_provider(Settings()) is None

    @pytest.mark.parametrize("missing", ["oidc_issuer", "oidc_client_id", "oidc_client_secret", "public_url"])
    def test_one_that_is_missing_is_named(self, missing: str) -> None:
        given = {
            "oidc_issuer": "https://a.example",
            "oidc_client_id": "a",
            "oidc_client_secret": "b",
            "public_url": "https://ask.example",
        }
        del given[missing]
        with pytest.raises(SettingError, match=missing.upper()):
            open_provider(Settings.model_validate(given))

    @pytest.mark.parametrize("issuer", ["http://login.example", "login.example", "https://", "file:///etc"])
    def test_a_provider_is_asked_over_https_only(self, issuer: str) -> None:
        given = {"oidc_issuer": issuer, "oidc_client_id": "a", "oidc_client_secret": "b"}
        with pytest.raises(SettingError, match="https"):
            open_provider(Settings.model_validate(given))

"""/chat when something goes wrong: the page says so, and keeps what was typed."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from assistant.db.engine import Database, DatabaseUnavailableError
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.models import Conversation, Enquiry
from assistant.settings import Settings
from tests.support.asker import create_app
from tests.support.browser import Browser, check_page
from tests.support.fake_desk import make_desk
from tests.support.fake_engine import FakeEngine

CRISIS = "I want to kill myself"
FILLED = {"question": "Is there parking?", "name": "Ade Okafor", "email": "ade@nhs.net", "consent": "yes"}


def lose(database: Database, folder: Path) -> None:
    """Put a folder where the database file was, so that it cannot be opened."""
    database.close()
    for file in folder.glob("assistant.db*"):
        file.unlink()
    (folder / "assistant.db").mkdir()


def check_failure(browser: Browser, said: str) -> None:
    """An alert above everything, named in the title, with the ways to a person still there."""
    alert = browser.page.one("div", role="alert")
    assert said in alert.text and "autofocus" in alert.attributes
    assert browser.page.one("title").text.startswith("Error: ")
    assert {"mailto:enquiries@nhsconfed.org", "tel:02077996666"} <= {
        each.attributes["href"] for each in browser.page.all("a")
    }


class TestWhatCannotBeTaken:
    @pytest.mark.parametrize(
        ("text", "said"), [("", "is empty"), (" \n", "is empty"), ("\0", "is empty"), ("x" * 1001, "is too long")]
    )
    async def test_it_is_said_beside_the_box(self, browser: Browser, database: Database, text: str, said: str) -> None:
        response = await browser.posts(text=text)
        check_page(response, 422)
        check_failure(browser, said)
        assert browser.page.one("a", href="#text").is_in(browser.page.one("div", role="alert"))
        assert said in browser.page.by_id("text-error").text
        assert browser.page.by_id("text").attributes["aria-describedby"] == "hint text-error"
        assert browser.page.box() == text.strip(" \n\0") and "set-cookie" not in response.headers
        with database.read() as session:
            assert session.scalar(select(func.count()).select_from(Conversation)) == 0

    async def test_the_conversation_still_stands(self, browser: Browser) -> None:
        await browser.says("hello")
        await browser.posts(text="")
        assert len(browser.page.all("article")) == 2

    async def test_what_is_far_too_large_is_said_on_a_page(self, browser: Browser) -> None:
        for path in ("/chat", "/chat/question"):
            check_page(await browser.posts(path, text="x" * 20_000), 413)
            check_failure(browser, "too much for one message")

    async def test_1000_characters_of_any_kind_are_taken(self, browser: Browser) -> None:
        await browser.says("猫" * 1000)

    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (b"", ""),
            (b'{"text": "hello"}', "application/json"),
            (b"--x\r\n", "multipart/form-data; boundary=x"),
            (b"\xff\xfe&&==", "application/x-www-form-urlencoded"),
            (b"a=1&" * 500, "application/x-www-form-urlencoded"),
            (b"text=%00%ED%A0%80", "application/x-www-form-urlencoded"),
        ],
    )
    async def test_what_is_no_form_of_ours_is_refused_or_taken_as_text(
        self, client: httpx.AsyncClient, content: bytes, kind: str
    ) -> None:
        for path in ("/chat", "/chat/question"):
            response = await client.post(path, content=content, headers={"Content-Type": kind})
            assert response.status_code in (303, 422)


class TestTooMany:
    @pytest.fixture
    async def limited(
        self, database: Database, engine: FakeEngine, cipher: Cipher, settings: Settings
    ) -> AsyncIterator[Browser]:
        """Three requests a minute."""
        few = settings.model_copy(update={"messages_per_minute_per_address": 3})
        transport = httpx.ASGITransport(create_app(few, make_desk(database, engine, cipher, few)))
        async with httpx.AsyncClient(transport=transport, base_url="http://assistant.test") as client:
            yield Browser(client)

    async def test_it_is_said_with_the_text_kept(self, limited: Browser) -> None:
        for _ in range(3):
            await limited.opens()
        response = await limited.posts(text="peer support")
        check_page(response, 429)
        check_failure(limited, "Please try again in")
        assert limited.page.box() == "peer support" and int(response.headers["retry-after"]) > 0

    async def test_it_is_said_on_the_form_with_everything_kept(self, limited: Browser) -> None:
        for _ in range(3):
            await limited.opens("/chat/question")
        check_page(await limited.posts("/chat/question", **FILLED), 429)
        check_failure(limited, "Please try again in")
        assert limited.page.by_id("name").attributes["value"] == "Ade Okafor"


class TestAway:
    @pytest.fixture
    async def early(self, settings: Settings) -> AsyncIterator[Browser]:
        """At an app that has not opened its desk."""
        transport = httpx.ASGITransport(create_app(settings))
        async with httpx.AsyncClient(transport=transport, base_url="http://assistant.test") as client:
            yield Browser(client)

    async def test_before_the_assistant_is_ready_pages_say_so(self, early: Browser) -> None:
        for path in ("/chat", "/chat/question"):
            check_page(await early.opens(path), 503)
            check_failure(early, "I cannot save or answer anything just now.")
            response = await early.posts(path, text="peer support")
            check_page(response, 503)
            check_failure(early, "Nothing that you sent was saved.")
            assert int(response.headers["retry-after"]) > 0

    async def test_a_database_that_is_gone_keeps_the_text_in_the_box(
        self, browser: Browser, database: Database, tmp_path: Path
    ) -> None:
        lose(database, tmp_path)
        check_page(await browser.posts(text="peer support"), 503)
        check_failure(browser, "Nothing that you sent was saved.")
        assert browser.page.box() == "peer support"

    async def test_erasing_does_not_say_what_is_not_known_and_can_be_tried_again(
        self, browser: Browser, database: Database, tmp_path: Path
    ) -> None:
        await browser.says("hello")
        lose(database, tmp_path)
        check_page(await browser.posts("/chat/erase"), 503)
        check_failure(browser, "Your conversation may still be kept. Please try again to erase it.")
        assert "Nothing that you sent was saved" not in browser.page.markup
        assert browser.page.one("a", href="/chat/erase") and "conversation" in browser.client.cookies

    async def test_it_keeps_the_conversation_in_the_browser(
        self, browser: Browser, database: Database, tmp_path: Path
    ) -> None:
        await browser.says("hello")
        lose(database, tmp_path)
        for response in (await browser.opens(), await browser.posts(text="hello")):
            check_page(response, 503)
            assert "set-cookie" not in response.headers

    @pytest.mark.parametrize("greeting", [[], ["hello"]])
    async def test_somebody_in_need_is_answered_without_a_database(
        self, browser: Browser, database: Database, tmp_path: Path, greeting: list[str]
    ) -> None:
        for text in greeting:
            await browser.says(text)
        lose(database, tmp_path)
        check_page(await browser.posts(text=CRISIS))
        assert "Samaritans" in browser.newest

    async def test_an_answer_cut_off_is_taken_up_again(
        self, browser: Browser, engine: FakeEngine, database: Database
    ) -> None:
        for text in ("peer support", "gibberish"):  # as the first message and as a later one
            engine.failure = DatabaseUnavailableError("gone")
            check_page(await browser.posts(text=text), 503)
            check_failure(browser, "Your message is saved")
            engine.failure = None
            await browser.does(text=browser.page.box())
        with database.read() as session:
            assert session.scalar(select(func.count()).select_from(Enquiry)) == 2

    async def test_a_bug_is_a_page_and_its_words_are_not_logged(
        self, browser: Browser, engine: FakeEngine, caplog: pytest.LogCaptureFixture
    ) -> None:
        engine.failure = RuntimeError("Zanzibar")
        with caplog.at_level(logging.INFO, "assistant"):
            check_page(await browser.posts(text="Zanzibar"), 500)
        check_failure(browser, "Something went wrong on our side.")
        assert "RuntimeError" in caplog.text and "Zanzibar" not in caplog.text


class TestGone:
    @pytest.fixture
    async def stale(self, browser: Browser) -> Browser:
        """Holds a conversation that was erased elsewhere."""
        await browser.says("hello")
        conversation, _, token = browser.client.cookies["conversation"].partition(".")
        headers = {"Authorization": f"Bearer {token}"}
        await browser.client.delete(f"/api/conversations/{conversation}", headers=headers)
        return browser

    async def test_it_is_said_and_the_next_message_begins_anew(self, stale: Browser) -> None:
        response = await stale.posts(text="peer support")
        check_page(response, 404)
        check_failure(stale, "Your earlier conversation is no longer kept. The next message begins a new one.")
        assert stale.page.box() == "peer support" and "conversation" not in stale.client.cookies
        page = await stale.says(stale.page.box())
        assert len(page.all("article")) == 2

    async def test_it_is_said_on_opening_once(self, stale: Browser) -> None:
        check_page(await stale.opens(), 404)
        check_page(await stale.opens())

    async def test_erasing_it_again_says_the_same(self, stale: Browser) -> None:
        assert "is erased" in (await stale.does("/chat/erase")).by_id("note").text


class TestOtherSites:
    ELSEWHERE = [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.test"},
        {"Origin": "http://assistant.test:8000"},
        {"Origin": "http://["},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},  # over plain http, from a page that hides where it is
    ]
    OWN = [
        {},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://assistant.test"},
    ]

    @pytest.mark.parametrize("headers", ELSEWHERE)
    @pytest.mark.parametrize("path", ["", "/question", "/feedback", "/restart", "/erase"])
    async def test_their_forms_are_refused(self, browser: Browser, path: str, headers: dict[str, str]) -> None:
        await browser.says("hello")
        response = await browser.client.post(f"/chat{path}", data={"text": "theirs", **FILLED}, headers=headers)
        check_page(response, 403)
        assert "another website" in response.text and "theirs" not in response.text
        assert "set-cookie" not in response.headers
        assert len((await browser.says("hello")).all("article")) == 4

    @pytest.mark.parametrize("headers", OWN)
    async def test_our_own_are_taken(self, browser: Browser, headers: dict[str, str]) -> None:
        assert (await browser.client.post("/chat", data={"text": "hello"}, headers=headers)).status_code == 303

    async def test_their_links_are_followed(self, browser: Browser) -> None:
        check_page(await browser.client.get("/chat", headers={"Sec-Fetch-Site": "cross-site"}))

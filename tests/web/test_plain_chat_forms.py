"""/chat: leaving a question for a person, and the pages to start again, erase and take away."""

import asyncio

import httpx
import pytest
from sqlalchemy import func, select

from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.models import Conversation, FollowUp
from tests.support.browser import Browser, check_page

QUESTION = "/chat/question"
FILLED = {"question": "Is there parking?", "name": "Ade Okafor", "email": "ade@nhs.net", "consent": "yes"}
TOLD = {**FILLED, "question": "My manager called me a monkey in front of the ward"}


def left(database: Database) -> list[FollowUp]:
    """The questions that were left."""
    with database.read() as session:
        return list(session.scalars(select(FollowUp)))


class TestLeavingAQuestion:
    async def test_every_field_has_its_label_and_how_to_fill_it(self, browser: Browser, database: Database) -> None:
        check_page(await browser.opens(QUESTION))
        labelled = {each.attributes["for"] for each in browser.page.all("label")}
        assert labelled == {"question", "name", "email", "consent", "keep_words"}
        assert browser.page.by_id("name").attributes["autocomplete"] == "name"
        assert browser.page.by_id("email").attributes["autocomplete"] == "email"
        assert not any("checked" in each.attributes for each in browser.page.all("input"))
        with database.read() as session:
            assert session.scalar(select(func.count()).select_from(Conversation)) == 0

    async def test_it_leads_to_the_reply_with_the_reference(self, browser: Browser, database: Database) -> None:
        await browser.opens(QUESTION)
        response = await browser.posts(QUESTION, **FILLED)
        assert (response.status_code, response.headers["location"]) == (303, "/chat#newest")
        await browser.opens()
        (question,) = left(database)
        assert f"Your reference is {question.reference}" in browser.newest
        assert "ade@nhs.net" not in browser.page.markup

    async def test_it_is_left_in_the_conversation_that_is_open(self, browser: Browser) -> None:
        await browser.says("hello")
        await browser.opens(QUESTION)
        assert len((await browser.does(QUESTION, **FILLED)).all("article")) == 4

    async def test_sent_twice_it_is_left_once(self, browser: Browser, database: Database) -> None:
        await browser.opens(QUESTION)
        data = {**FILLED, "key": browser.page.key()}
        both = await asyncio.gather(*(browser.client.post(QUESTION, data=data) for _ in range(2)))
        assert [each.status_code for each in both] == [303, 303] and len(left(database)) == 1

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("question", "", "The message is empty"),
            ("question", "x" * 1001, "too long"),
            ("name", " ", "Please give a name"),
            ("name", "x" * 101, "up to 100 characters"),
            ("email", "ade", "does not look like an e-mail address"),
            ("consent", "", "Without your consent nothing may be kept"),
            ("consent", "no", "Without your consent nothing may be kept"),
        ],
    )
    async def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
        self, browser: Browser, database: Database, field: str, value: str, said: str
    ) -> None:
        await browser.opens(QUESTION)
        typed = {**FILLED, "keep_words": "yes", field: value}
        check_page(await browser.posts(QUESTION, **typed), 422)
        page = browser.page
        assert page.one("a", href=f"#{field}").is_in(page.one("div", role="alert"))
        assert said in page.one("a", href=f"#{field}").text and said in page.by_id(f"{field}-error").text
        assert f"{field}-error" in page.by_id(field).attributes["aria-describedby"].split()
        assert page.by_id(field).attributes["aria-invalid"] == "true"
        assert page.by_id("question").text.strip() == typed["question"]
        assert page.by_id("name").attributes["value"] == typed["name"]
        assert page.by_id("email").attributes["value"] == typed["email"]
        assert ("checked" in page.by_id("consent").attributes) == (typed["consent"] == "yes")
        assert "checked" in page.by_id("keep_words").attributes
        assert left(database) == []

    async def test_everything_wrong_is_said_at_once_in_the_order_of_the_page(self, browser: Browser) -> None:
        check_page(await browser.posts(QUESTION), 422)
        alert = browser.page.one("div", role="alert")
        links = [each.attributes["href"] for each in browser.page.all("a") if each.is_in(alert)]
        assert links == ["#question", "#name", "#email", "#consent"]

    @pytest.mark.parametrize("ticked", [True, False])
    async def test_words_about_racism_are_kept_only_with_the_tick(
        self, browser: Browser, database: Database, cipher: Cipher, ticked: bool
    ) -> None:
        await browser.opens(QUESTION)
        await browser.does(QUESTION, **TOLD, **({"keep_words": "yes"} if ticked else {}))
        assert f"Words: {'yes' if ticked else 'no'}." in browser.newest
        (question,) = left(database)
        assert question.email_encrypted is not None and cipher.decrypt(question.email_encrypted) == "ade@nhs.net"
        assert (question.words_encrypted is not None) == ticked


class TestStartingAgain:
    async def test_it_asks_first_and_then_forgets_the_cookie_only(self, browser: Browser, database: Database) -> None:
        await browser.says("hello")
        check_page(await browser.opens("/chat/restart"))
        assert "conversation" in browser.client.cookies
        page = await browser.does("/chat/restart")
        assert "started again" in page.by_id("note").text and not page.all("article")
        assert "conversation" not in browser.client.cookies
        with database.read() as session:
            assert session.scalar(select(func.count()).select_from(Conversation)) == 1


class TestErasing:
    async def test_it_asks_first_and_then_erases_everything(self, browser: Browser, database: Database) -> None:
        await browser.opens(QUESTION)
        await browser.does(QUESTION, **FILLED)
        check_page(await browser.opens("/chat/erase"))
        assert len(left(database)) == 1
        page = await browser.does("/chat/erase")
        assert "is erased" in page.by_id("note").text and not page.all("article")
        assert "conversation" not in browser.client.cookies and left(database) == []
        with database.read() as session:
            assert session.scalar(select(func.count()).select_from(Conversation)) == 0

    async def test_without_a_conversation_there_is_nothing_to_erase(self, browser: Browser) -> None:
        check_page(await browser.opens("/chat/erase"), 404)
        check_page(await browser.posts("/chat/erase"), 404)


class TestTheTranscript:
    async def test_it_is_a_text_file_of_the_whole_conversation(self, browser: Browser) -> None:
        for text in ("hello", "peer support", "What about boards?", "Who leads this?", "I want to kill myself"):
            await browser.says(text)
        response = await browser.opens("/chat/transcript")
        assert response.headers["content-type"] == "text/plain; charset=utf-8"
        assert response.headers["content-disposition"] == 'attachment; filename="conversation.txt"'
        assert response.headers["cache-control"] == "no-store"
        for line in ("You: hello", "Hello.", "You: peer support", "- None of these", "You: (not kept)"):
            assert line in response.text.splitlines()
        assert "No contact is published for this offer. The general contact: enquiries@nhsconfed.org" in response.text
        assert "- Matthew Taylor, Chief Executive" in response.text and "Your reference: ENQ-" in response.text
        assert "as published in November 2022." in response.text and "kill" not in response.text

    async def test_without_a_conversation_it_is_a_404(self, browser: Browser, client: httpx.AsyncClient) -> None:
        check_page(await client.get("/chat/transcript"), 404)

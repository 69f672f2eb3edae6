"""/chat, the conversation as plain HTML forms."""

import asyncio
import re

import httpx
import pytest
from sqlalchemy import func, select

from assistant.db.engine import Database
from assistant.enquiries.engine import TurnReply
from assistant.enquiries.models import Conversation, Enquiry
from tests.support.browser import Browser, check_page
from tests.support.fake_engine import REPLIES, FakeEngine

REFERENCE = re.compile(r"ENQ-[0-9A-Z]{4}-[0-9A-Z]{4}")
ABUSE = "you are a stupid bitch"


def count(database: Database, table: type[Conversation] | type[Enquiry]) -> int:
    """How many rows there are."""
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


class TestBeforeTheFirstMessage:
    async def test_it_sets_no_cookie_and_writes_nothing(self, client: httpx.AsyncClient, database: Database) -> None:
        response = await client.get("/chat")
        check_page(response)
        assert "set-cookie" not in response.headers and count(database, Conversation) == 0

    async def test_it_says_what_it_is_and_what_not_to_write(self, browser: Browser) -> None:
        text = browser.page.one("main").text
        assert "a computer program, not a person" in text and "November 2022" in text
        assert "Please do not include names or personal details" in text and "1,000 characters" in text

    async def test_its_box_has_a_label_and_a_hint(self, browser: Browser) -> None:
        assert browser.page.one("label", for_="text").text == "Your question"
        assert browser.page.by_id("text").attributes["aria-describedby"] == "hint"
        assert browser.page.by_id("hint").text

    async def test_it_shows_the_ways_to_a_person(self, browser: Browser) -> None:
        links = {each.attributes["href"]: each.text for each in browser.page.all("a")}
        assert links["/chat/question"] == "Leave a question for a person"
        assert links["mailto:enquiries@nhsconfed.org"] == "enquiries@nhsconfed.org"
        assert links["tel:02077996666"] == "020 7799 6666"

    async def test_its_privacy_button_asks_in_the_conversation(self, browser: Browser) -> None:
        button = browser.page.one("button", class_="link")
        await browser.does(**{button.attributes["name"]: button.attributes["value"]})
        assert "What happens to what I write?" in browser.page.all("article")[0].text

    async def test_what_it_loads_is_here(self, client: httpx.AsyncClient, browser: Browser) -> None:
        for link in browser.page.all("link"):
            assert (await client.get(link.attributes["href"])).status_code == 200


class TestTheCookie:
    async def test_it_is_for_these_pages_and_for_no_script_or_other_site(self, browser: Browser) -> None:
        response = await browser.posts(text="hello")
        assert (response.status_code, response.headers["location"]) == (303, "/chat#newest")
        value, *attributes = response.headers["set-cookie"].split("; ")
        assert value.startswith("conversation=") and set(attributes) == {"HttpOnly", "Path=/chat", "SameSite=strict"}

    async def test_it_is_secure_over_https(self, client: httpx.AsyncClient) -> None:
        response = await client.post("https://assistant.test/chat", data={"text": "hello"})
        assert "Secure" in response.headers["set-cookie"].split("; ")

    @pytest.mark.parametrize("value", ["x", ".", "a.b", "..", "a" * 3000 + ".b", "%00.%00", "é.é"])
    async def test_one_that_is_not_ours_is_forgotten(self, client: httpx.AsyncClient, value: str) -> None:
        response = await client.get("/chat", headers={b"Cookie": f"conversation={value}".encode()})
        assert response.status_code in (200, 404)
        if response.status_code == 404:
            check_page(response, 404)
            assert "Max-Age=0" in response.headers["set-cookie"]


class TestTheConversation:
    async def test_it_stands_whole_and_oldest_first(self, browser: Browser) -> None:
        await browser.says("hello")
        page = await browser.says("What is the observatory?")
        said = [re.sub(r"\s+", " ", each.text).strip() for each in page.all("article")]
        assert said[:3] == ["You hello", "Assistant Hello.", "You What is the observatory?"]
        assert said[3].startswith("Assistant The observatory.")

    async def test_its_newest_entry_can_be_led_to(self, browser: Browser) -> None:
        page = await browser.says("hello")
        assert page.by_id("newest") is page.all("article")[-1]
        assert page.by_id("newest").attributes["tabindex"] == "-1"

    async def test_an_offer_is_a_card(self, browser: Browser) -> None:
        page = await browser.says("peer support")
        card = page.one("section", class_="card")
        assert page.one("h4").is_in(card) and "Observatory" in card.text
        assert re.search(r"Stage: \w+.*\. (Current|Enhanced) support\.", card.text)
        assert "as published in November 2022." in card.text
        assert [each for each in page.all("a") if each.is_in(card) and each.attributes["href"].startswith("mailto:")]

    async def test_a_contact_that_is_not_published_says_so(
        self, browser: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        slugs = ("ics-diverse-boards", "ics-tailored-recruitment")
        monkeypatch.setitem(REPLIES, "both", TurnReply("list", ("Both.",), offers=slugs))
        page = await browser.says("both")
        boards, recruitment = page.texts("section", class_="card")
        assert "Contact: " in boards and "No contact" not in boards
        assert "No contact is published for this offer. The general contact: enquiries@nhsconfed.org" in recruitment

    async def test_many_offers_are_folded(self, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
        slugs = ("race-health-observatory", "lfhii", "bme-leadership-network", "ics-tailored-recruitment")
        monkeypatch.setitem(REPLIES, "everything", TurnReply("list", ("All of it.",), offers=slugs))
        page = await browser.says("everything")
        assert len(page.all("details", class_="card")) == len(page.all("summary")) == len(slugs)

    async def test_people_are_a_list(self, browser: Browser) -> None:
        await browser.says("Who leads this?")
        assert "Joan Saddler OBE, Director" in browser.newest and "Matthew Taylor, Chief" in browser.newest

    async def test_a_person_alone_is_shown_too(self, browser: Browser) -> None:
        page = await browser.says("who is Matthew Taylor?")
        assert "Matthew Taylor" in [each.text for each in page.all("strong")]

    async def test_an_enquiry_has_its_reference(self, browser: Browser) -> None:
        await browser.says("gibberish")
        assert re.search(r"Your reference: ENQ-", browser.newest) and REFERENCE.search(browser.newest)


class TestChoices:
    async def test_the_newest_are_buttons_that_work(self, browser: Browser) -> None:
        page = await browser.says("What about boards?")
        first, _ = page.all("button", name="choice")
        await browser.does(choice=first.attributes["value"])
        assert "For boards" in browser.page.all("article")[-2].text and "That one." in browser.newest

    async def test_older_ones_are_plain_text(self, browser: Browser) -> None:
        await browser.says("What about boards?")
        page = await browser.says("hello")
        assert not page.all("button", name="choice") and "None of these" in page.texts("li")

    async def test_an_unknown_one_is_refused_above_everything_and_the_box_is_not_to_blame(
        self, browser: Browser
    ) -> None:
        await browser.says("hello")
        check_page(await browser.posts(choice="x"), 422)
        alert = browser.page.one("div", role="alert")
        assert "There is no such choice" in alert.text
        assert not [each for each in browser.page.all("a") if each.is_in(alert)]
        assert "aria-invalid" not in browser.page.by_id("text").attributes
        assert browser.page.by_id("text").attributes["aria-describedby"] == "hint"


class TestSteps:
    async def test_what_is_expected_changes_the_box(self, browser: Browser) -> None:
        page = await browser.says("leave a question")
        assert page.one("label", for_="text").text == "Your question"
        expected = {
            "Is there parking?": ("Your name", "name", "text"),
            "Ade Okafor": ("Your e-mail address", "email", "email"),
            "ade@nhs.net": ("Yes or no", "off", "text"),
        }
        for text, (label, autocomplete, mode) in expected.items():
            page = await browser.says(text)
            box = page.by_id("text").attributes
            assert (page.one("label", for_="text").text, box["autocomplete"], box["inputmode"]) == (
                label,
                autocomplete,
                mode,
            )
        page = await browser.says("yes")
        assert "Your reference is ENQ-" in browser.newest and page.by_id("text").tag == "textarea"
        assert "ade@nhs.net" not in page.markup and "Okafor" not in page.markup


class TestSendingTwice:
    async def test_the_first_message_leaves_one_enquiry(self, browser: Browser, database: Database) -> None:
        data = {"key": browser.page.key(), "text": "peer support"}
        both = await asyncio.gather(*(browser.client.post("/chat", data=data) for _ in range(2)))
        assert [each.status_code for each in both] == [303, 303]
        assert both[0].headers["set-cookie"] == both[1].headers["set-cookie"]
        assert count(database, Conversation) == count(database, Enquiry) == 1

    async def test_a_later_message_leaves_one_enquiry(self, browser: Browser, database: Database) -> None:
        await browser.says("hello")
        data = {"key": browser.page.key(), "text": "peer support"}
        await asyncio.gather(*(browser.client.post("/chat", data=data) for _ in range(3)))
        assert count(database, Enquiry) == 1

    async def test_the_same_words_from_a_new_page_are_a_new_enquiry(self, browser: Browser, database: Database) -> None:
        await browser.says("peer support")
        await browser.says("peer support")
        assert count(database, Enquiry) == 2

    async def test_other_words_from_the_same_page_are_a_new_enquiry(self, browser: Browser, database: Database) -> None:
        await browser.posts(text="peer support")
        await browser.posts(text="gibberish")
        assert count(database, Enquiry) == 2

    @pytest.mark.parametrize("key", ["", "x", "1" * 42, "é" * 43])
    async def test_a_key_that_is_not_ours_is_none(self, browser: Browser, database: Database, key: str) -> None:
        for _ in range(2):
            browser.client.cookies.clear()
            await browser.posts(text="hello", key=key)
        assert count(database, Conversation) == 2

    async def test_two_askers_never_share_a_conversation(self, client: httpx.AsyncClient, database: Database) -> None:
        for _ in range(2):
            client.cookies.clear()
            browser = Browser(client)
            await browser.opens()
            await browser.says("hello")
        assert count(database, Conversation) == 2


class TestFeedback:
    @pytest.mark.parametrize(("useful", "kept"), [("yes", True), ("no", False)])
    async def test_it_is_kept_and_thanked_for(
        self, browser: Browser, database: Database, useful: str, kept: bool
    ) -> None:
        page = await browser.says("peer support")
        reference = page.one("input", name="enquiry").attributes["value"]
        page = await browser.does("/chat/feedback", enquiry=reference, useful=useful)
        assert "Thank you for telling us." in page.by_id("note").text
        assert ("other words, or leave a question for a person" in page.by_id("note").text) == (useful == "no")
        assert not page.all("button", name="useful")
        with database.read() as session:
            assert session.get_one(Enquiry, reference).useful is kept

    @pytest.mark.parametrize("text", ["hello", "leave a question", ABUSE, "I want to kill myself"])
    async def test_it_is_not_asked_for_at_a_wrong_moment(self, browser: Browser, text: str) -> None:
        await browser.says("peer support")
        assert not (await browser.says(text)).all("button", name="useful")

    async def test_of_nothing_it_is_a_404_that_keeps_the_conversation(self, browser: Browser) -> None:
        check_page(await browser.posts("/chat/feedback", enquiry="ENQ-0000-0000", useful="yes"), 404)
        await browser.says("peer support")
        response = await browser.posts("/chat/feedback", enquiry="ENQ-0000-0000", useful="yes")
        check_page(response, 404)
        assert "set-cookie" not in response.headers
        check_page(await browser.posts("/chat/feedback", enquiry="x", useful="perhaps"), 422)
        assert "aria-invalid" not in browser.page.by_id("text").attributes


class TestRepliesThatAreNotWrittenDown:
    async def test_the_pause_after_abuse_is_shown_all_the_same(self, browser: Browser) -> None:
        for _ in range(3):
            page = await browser.says(ABUSE)
        paused = await browser.posts(text="hello")
        check_page(paused)
        assert "hello" in browser.page.all("article")[-2].text
        assert browser.page.texts("p", class_="words")[-1] == page.texts("p", class_="words")[-1]

    async def test_a_failed_turn_is_an_apology(self, browser: Browser, engine: FakeEngine) -> None:
        engine.failure = TimeoutError()
        await browser.says("peer support")
        assert "something went wrong on our side" in browser.newest


class TestNotes:
    NOTES = ("useful", "not-useful", "restarted", "erased")

    @pytest.mark.parametrize("note", NOTES)
    async def test_a_link_from_elsewhere_makes_none(self, browser: Browser, note: str) -> None:
        await browser.opens(f"/chat?note={note}")
        assert 'id="note"' not in browser.page.markup

    async def test_one_is_for_the_next_page_and_for_no_script_or_other_site(self, browser: Browser) -> None:
        response = await browser.posts("/chat/restart")
        assert response.headers["location"] == "/chat#note"
        (kept,) = [each for each in response.headers.get_list("set-cookie") if each.startswith("note=")]
        assert set(kept.split("; ")) == {
            "note=restarted",
            "HttpOnly",
            "Max-Age=60",
            "Path=/chat",
            "SameSite=strict",
        }

    async def test_one_is_shown_once(self, browser: Browser) -> None:
        page = await browser.does("/chat/restart")
        assert page.by_id("note").text and "note" not in browser.client.cookies
        await browser.opens()
        assert 'id="note"' not in browser.page.markup

    async def test_one_of_ours_only_is_shown(self, client: httpx.AsyncClient) -> None:
        response = await client.get("/chat", headers={"Cookie": "note=gone"})
        check_page(response)
        assert 'id="note"' not in response.text

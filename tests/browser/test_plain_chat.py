"""The conversation without JavaScript, in a real browser: by mouse, by keyboard, small, and free of barriers."""

import re
import shutil
from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.sites import Site

REFERENCE = re.compile(r"ENQ-[0-9A-Z]{4}-[0-9A-Z]{4}")
OPTIONS = {
    "wide": {},
    "320 px": {"viewport": {"width": 320, "height": 640}},
    "400 % zoom": {"viewport": {"width": 320, "height": 256}},
    "forced colours": {"forced_colors": "active"},
}


@pytest.fixture(params=OPTIONS)
def chat(request: pytest.FixtureRequest, new_page: Callable[..., Page], home: str) -> Page:
    """The plain page with scripts switched off, in each kind of window."""
    page = new_page(java_script_enabled=False, **OPTIONS[request.param])
    page.goto(f"{home}/chat")
    return page


def ask(page: Page, text: str) -> None:
    page.get_by_label("Your question").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()


def test_a_question_is_answered(chat: Page) -> None:
    ask(chat, "Who do I contact about peer mentoring?")
    expect(chat.get_by_role("link", name="miranda.seed@nhsconfed.org")).to_be_visible()
    expect(chat.locator("#newest")).to_contain_text(REFERENCE)
    chat.reload()
    expect(chat.get_by_role("article")).to_have_count(2)


def test_nothing_is_wider_than_the_window(chat: Page) -> None:
    ask(chat, "What is there under act?")
    box = chat.locator("main").bounding_box()
    assert box and chat.viewport_size and box["x"] >= 0
    assert box["x"] + box["width"] <= chat.viewport_size["width"]


def test_a_choice_is_pressed(chat: Page) -> None:
    ask(chat, "I want consulting")
    chat.get_by_role("button", name="Nursing and midwifery consulting and coaching").click()
    expect(chat.locator("#newest")).to_contain_text("carol.hill@nhsconfed.org")


def test_a_question_is_left_by_keyboard(chat: Page) -> None:
    chat.get_by_role("link", name="Leave a question for a person").press("Enter")
    chat.get_by_role("button", name="Send my question").press("Enter")
    expect(chat.get_by_role("alert")).to_contain_text("There is a problem")
    chat.get_by_role("textbox", name="Your question").fill("Is there parking?")
    chat.get_by_role("textbox", name="Your name").fill("Sam Example")
    chat.get_by_role("textbox", name="Your e-mail address").fill("sam@example.org")
    chat.get_by_role("checkbox").first.press("Space")
    chat.get_by_role("button", name="Send my question").press("Enter")
    expect(chat.locator("#newest")).to_contain_text(REFERENCE)


def test_it_is_erased_when_that_is_confirmed(chat: Page) -> None:
    ask(chat, "hello")
    chat.get_by_role("link", name="Erase my conversation").click()
    chat.get_by_role("button", name=re.compile("Erase")).click()
    expect(chat.get_by_text("Your conversation is erased.")).to_be_visible()
    expect(chat.get_by_role("article")).to_have_count(0)


def test_an_empty_question_is_asked_for(chat: Page) -> None:
    chat.get_by_role("button", name="Send", exact=True).click()
    expect(chat.get_by_role("alert")).to_be_visible()
    expect(chat.get_by_label("Your question")).to_have_attribute("aria-invalid", "true")


def test_what_is_too_large_is_refused_at_once(home: str) -> None:
    """By the real server, whose body comes once and ends."""
    for path in ("/chat", "/chat/question"):
        response = httpx.post(f"{home}{path}", data={"text": "a" * 20_000, "question": "b" * 20_000}, timeout=10)
        assert response.status_code == 413
        assert "text/html" in response.headers["content-type"]


class TestPlainHttp:
    """From a name that is not this machine's own, without https: browsers say nothing of the site of a request."""

    THEIRS = (
        '<!doctype html><html lang="en"><meta name="referrer" content="{referrers}"><title>Elsewhere</title>'
        '<form method="post" action="{chat}"><button name="text" value="theirs">Win</button></form></html>'
    )

    @pytest.fixture
    def address(self, home: str) -> str:
        """Where the plain page is under such a name."""
        return f"http://assistant.test:{home.rpartition(':')[2]}/chat"

    @pytest.fixture
    def visitor(self, browser: Browser) -> Iterator[Page]:
        """A page of a browser that knows the name."""
        chromium = browser.browser_type.launch(
            executable_path=shutil.which("chromium"), args=["--host-resolver-rules=MAP assistant.test 127.0.0.1"]
        )
        yield chromium.new_page(java_script_enabled=False)
        chromium.close()

    def test_a_question_is_answered(self, visitor: Page, address: str) -> None:
        visitor.goto(address)
        with visitor.expect_request(lambda request: request.method == "POST") as sent:
            ask(visitor, "Who do I contact about peer mentoring?")
        expect(visitor.locator("#newest")).to_contain_text(REFERENCE)
        headers = sent.value.all_headers()
        assert "sec-fetch-site" not in headers and headers["origin"] == address.removesuffix("/chat")

    def test_it_is_erased(self, visitor: Page, address: str) -> None:
        visitor.goto(address)
        ask(visitor, "hello")
        visitor.get_by_role("link", name="Erase my conversation").click()
        visitor.get_by_role("button", name=re.compile("Erase")).click()
        expect(visitor.get_by_text("Your conversation is erased.")).to_be_visible()

    @pytest.mark.parametrize("referrers", ["no-referrer", "origin"])
    def test_another_site_plants_no_conversation(
        self, visitor: Page, address: str, sites: dict[str, Site], referrers: str
    ) -> None:
        visitor.goto(sites["stranger"].add(self.THEIRS.format(chat=address, referrers=referrers)))
        visitor.get_by_role("button", name="Win").click()
        expect(visitor.get_by_role("alert")).to_contain_text("This was sent from another website")
        assert visitor.context.cookies() == []


def test_a_note_is_shown_once(chat: Page) -> None:
    ask(chat, "hello")
    chat.get_by_role("link", name="Start again").click()
    chat.get_by_role("button", name="Start again").click()
    expect(chat.get_by_text("You have started again.")).to_be_visible()
    chat.reload()
    expect(chat.get_by_text("You have started again.")).to_have_count(0)

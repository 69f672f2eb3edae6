"""The plain pages and the demonstration page are free of barriers that axe-core can find, in every kind of window."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.support.axe import violations

WINDOWS = {
    "wide": {},
    "400 % zoom": {"viewport": {"width": 320, "height": 256}},
    "forced colours": {"forced_colors": "active"},
}
PATHS = ["/", "/chat", "/chat/question", "/chat/restart", "/withdraw/unknown"]
QUESTIONS = ["Who do I contact about peer mentoring?", "What is there under act?", "I want consulting", "hello", ""]


def ask(page: Page, text: str) -> None:
    page.get_by_label("Your question").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_load_state()  # with its style sheet


@pytest.mark.parametrize("window", WINDOWS)
def test_no_page_has_a_barrier(new_page: Callable[..., Page], home: str, window: str, troubles: list[str]) -> None:
    page = new_page(**WINDOWS[window])  # axe is a script: here they are on, though no page has one of its own
    found = {}
    for path in PATHS:
        page.goto(home + path)
        found[path] = violations(page)
    for question in QUESTIONS:
        page.goto(f"{home}/chat")
        ask(page, question)
        found[f"asked: {question}"] = violations(page)
    page.goto(f"{home}/chat/erase")
    found["/chat/erase"] = violations(page)
    page.goto(f"{home}/chat/question")
    page.get_by_role("button", name="Send my question").click()
    page.wait_for_load_state()
    found["form with errors"] = violations(page)
    troubles.clear()  # the unknown link is a 404, as it should be
    assert {state: each for state, each in found.items() if each} == {}

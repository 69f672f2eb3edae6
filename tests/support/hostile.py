"""What is hostile, and how it is seen that it did nothing."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from playwright.sync_api import Locator, Page, Route

# Too long to write down.
LONG = ["a" * 1000, "<" * 1000, "&" * 1000, "W\u0301" * 500, "<b>" * 300, "(" * 900 + "@" + "." * 90, "@a.b" * 250]

# All that the widget makes of what somebody said.
TAGS_OF_A_MESSAGE = {"article", "p"}
TAGS_OF_A_PROBLEM = {"div", "p", "a"}
TAGS_OF_A_REPLY = TAGS_OF_A_MESSAGE | set("a section details summary h3 span ul li strong div button".split())
ATTRIBUTES = {"aria-label", "class", "disabled", "href", "role", "tabindex", "type"}

FIELDS_OF_A_CARD = 8
LOOK = """entry => {
    const all = [entry, ...entry.querySelectorAll("*")];
    const links = all.filter((each) => each.hasAttribute("href"));
    return {
        text: entry.textContent,
        tags: all.map((each) => each.localName),
        attributes: all.flatMap((each) => each.getAttributeNames()),
        protocols: links.map((each) => each.protocol),
        queries: links.map((each) => each.search + each.hash),
        fits: entry.scrollWidth <= entry.clientWidth,
    };
}"""
LOOK_AT_PAGE = """() => [
    location.href,
    document.title,
    [...document.querySelectorAll("*")].map((each) => each.localName).join(" "),
    Object.keys(Object.prototype).join(" "),
]"""


def read_payloads(file: Path) -> dict[str, list[str]]:
    """All of them, by kind."""
    payloads: dict[str, list[str]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {**payloads, "long words": LONG}


def look_at(entry: Locator, tags: set[str]) -> str:
    """The text of an entry, once it is seen that nothing but these elements is in it and that it keeps its width."""
    seen = entry.evaluate(LOOK)
    assert set(seen["tags"]) <= tags
    assert set(seen["attributes"]) <= ATTRIBUTES
    assert set(seen["protocols"]) <= {"mailto:", "tel:"}
    assert not any(seen["queries"])
    assert seen["fits"]
    text: str = seen["text"]
    return text


@dataclass
class MadeUpApi:
    """Answers a page in place of the server, with what a test puts here."""

    page: Page
    reply: dict[str, Any] = field(default_factory=dict)
    history: list[dict[str, Any]] = field(default_factory=list)
    problem: dict[str, Any] | None = None
    sent: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.route("**/api/conversations**", self._answer)
        self.page.route("**/api/conversations/**", self._answer)

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if route.request.method == "GET":
            route.fulfill(json=self.history)
        elif path == "/api/conversations":
            route.fulfill(status=201, json={"conversation": "made-up", "token": "made-up"})
        else:
            self.sent.append((path, route.request.post_data_json))
            status = 400 if self.problem else 200
            route.fulfill(status=status, json=self.problem or self.reply)


def made_up_reply(words: str, cards: int = 2) -> dict[str, Any]:
    """A reply that has these words wherever it can have words: 5 times, and FIELDS_OF_A_CARD times on each card."""
    contact = {"email": words, "phone": words, "published": True}
    offer = {
        "slug": words,
        "name": words,
        "summary": words,
        "stages": [words],
        "tier": words,
        "contact": contact,
        "source": {"title": words, "published": words},
    }
    return {
        "enquiry": words,
        "outcome": "offers",
        "replies": [{"text": words}],
        "offers": [offer] * cards,
        "topic": words,
        "person": None,
        "people": [{"name": words, "role": words}],
        "choices": [{"id": words, "label": words}],
        "expects": None,
    }

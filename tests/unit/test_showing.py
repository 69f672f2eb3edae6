"""How replies are put on pages."""

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.showing.words import cards, linked, standing_of, texts_beside_cards

CONTACT = {"email": "edi@nhsconfed.org", "phone": None, "published": True}
SOURCE = {"title": "Commit, understand, act", "published": "2022-11"}
OFFER = {"name": "An offer", "contact": CONTACT, "source": SOURCE}
TEXTS = [
    "An offer. It helps.",
    "It belongs to the commit stage and is current support.",
    "The strategy does not say what it costs.",
    "To find out more, write to edi@nhsconfed.org.",
    "From “Commit, understand, act”, as published in November 2022.",
]


def reply(outcome: str, *offers: dict[str, Any]) -> dict[str, Any]:
    return {"outcome": outcome, "replies": [{"text": text} for text in TEXTS], "offers": list(offers)}


def read(markup: str) -> tuple[str, list[str]]:
    """The text of some markup, and the targets of its links."""
    texts, targets = [], []

    class Reader(HTMLParser):
        def handle_data(self, data: str) -> None:
            texts.append(data)

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            targets.append(f"{tag} {dict(attrs).get('href')}")

    Reader().feed(markup)
    return "".join(texts), targets


class TestTextsBesideCards:
    def test_what_the_card_of_the_only_offer_shows_is_not_said_again(self) -> None:
        assert texts_beside_cards(reply("offer", OFFER)) == [TEXTS[0], TEXTS[2]]

    def test_the_lines_of_a_list_are_not_said_beside_its_cards(self) -> None:
        said = {**reply("list", OFFER, OFFER), "replies": [{"text": "2 programmes:\n• One\n• Two"}]}
        assert texts_beside_cards(said) == ["2 programmes:"]

    def test_what_is_to_be_chosen_has_no_cards(self) -> None:
        assert cards(reply("clarify", OFFER, OFFER)) == []
        assert cards(reply("list", OFFER, OFFER)) == [OFFER, OFFER]

    @pytest.mark.parametrize(
        "said",
        [
            reply("list", OFFER, OFFER),
            {**reply("offer", OFFER), "topic": "complaint"},
            reply("info", OFFER),
            reply("offer"),
        ],
    )
    def test_everything_is_said_otherwise(self, said: dict[str, Any]) -> None:
        assert texts_beside_cards(said) == TEXTS


class TestLinks:
    def test_addresses_and_numbers_become_links(self) -> None:
        text = "Write to a.b@example.org, ring 020 7799 6666 or Samaritans on 116 123; in danger, 999."
        assert read(linked(text)) == (
            text,
            ["a mailto:a.b@example.org", "a tel:02077996666", "a tel:116123", "a tel:999"],
        )

    @pytest.mark.parametrize("text", ["In 2022 there were 1999 people", "ENQ-1119-9990", "27 of 999,000"])
    def test_other_numbers_do_not(self, text: str) -> None:
        assert read(linked(text))[1] == []

    @given(st.text(alphabet="<>&\"'@. abc0123456789=/:", max_size=60))
    def test_no_text_becomes_markup(self, text: str) -> None:
        shown, targets = read(linked(text))
        assert shown == text
        assert all(target.startswith(("a mailto:", "a tel:")) for target in targets)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ({"published": "2022-11"}, "as published in November 2022"),
        ({"published": "2022"}, "as published in 2022"),
        ({"published": "2022-13", "edited_on": None, "checked_on": "2026-11-04"}, "as published in 2022-13"),
        (
            {"published": "2022-11", "edited_on": "2026-11-03", "checked_on": None},
            "edited by our staff on 3 November 2026",
        ),
        (
            {"published": "2022-11", "edited_on": "2026-11-03", "checked_on": "2026-11-14"},
            "edited by our staff on 3 November 2026, last checked on 14 November 2026",
        ),
        ({"published": "2022-11", "edited_on": "<b>", "checked_on": None}, "edited by our staff on <b>"),
    ],
)
def test_since_when_an_offer_stands_is_said_in_words(source: dict[str, Any], words: str) -> None:
    assert standing_of(source) == words

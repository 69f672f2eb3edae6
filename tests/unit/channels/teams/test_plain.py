"""What is said where Teams does not take a card."""

import pytest

from assistant.channels import wording
from assistant.channels.readable import units
from assistant.channels.teams.plain import LONGEST_PLAIN, plain_text
from assistant.channels.teams.rendering import render
from assistant.db.engine import Database
from assistant.settings import Settings
from tests.support.made_up_posts import HOSTILE, post_of, posts_that_say, real_offers, reply_of

SETTINGS = Settings()


def words_of(**fields: object) -> str:
    """A reply in words."""
    card = render(post_of("reply", reply=reply_of(**fields)), SETTINGS).card
    assert card is not None
    return plain_text(card)


def test_the_words_say_what_the_card_says(database: Database) -> None:
    offers = real_offers(database)[:2]
    words = words_of(outcome="offer", offers=offers)
    for offer in offers:
        assert f"{offer['name']}\n{offer['summary']}\n" in words
        assert f"Contact: {offer['contact']['email']}" in words
        assert offer["source"]["title"] in words
    assert "Your reference: ENQ-ABCD-EFGH" in words
    assert words.endswith(wording.WITHOUT_BUTTONS)


def test_choices_are_named_and_other_buttons_are_not() -> None:
    words = words_of(choices=[{"id": "1", "label": "For boards"}, {"id": "2", "label": "For staff"}])
    assert "• For boards\n• For staff" in words
    assert f"\n{wording.IS_USEFUL}" not in words


def test_what_does_not_fit_is_said_to_be_left_out() -> None:
    words = words_of(replies=[{"text": "so " * 300}] * 40)
    assert units(words) < LONGEST_PLAIN + 500
    assert "more parts are left out" in words


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_neither_markup_nor_too_long(words: str) -> None:
    for post in posts_that_say(words, 3):
        card = render(post, SETTINGS).card
        if card is not None:
            text = plain_text(card)
            assert text.strip() and units(text) < LONGEST_PLAIN + 500
            assert not set(text) & set("<>[]&*`\\\x00\u202e")
            text.encode()

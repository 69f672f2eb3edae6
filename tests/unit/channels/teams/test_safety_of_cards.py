import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.channels.teams import elements
from assistant.channels.teams.rendering import render
from assistant.settings import Settings
from tests.support.adaptive_card_checks import check_message
from tests.support.made_up_posts import HOSTILE, post_of, posts_that_say

SETTINGS = Settings()


def check_all(words: str, times: int = 1) -> None:
    for post in posts_that_say(words, times):
        message = render(post, SETTINGS)
        check_message(message.text, message.card)


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_neither_ping_nor_link_nor_break_a_card(words: str) -> None:
    check_all(words)
    check_all(f"Before {words} and after.", 20 if len(words) < 100 else 1)


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=300))
def test_no_words_break_a_card(words: str) -> None:
    check_all(words)


def test_without_defusing_these_tests_would_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elements, "defuse", lambda text: text)
    for words in ("{{DATE(2017-02-14T06:00:00Z, SHORT)}}", "${name}"):
        message = render(post_of("notice", texts=[words]), SETTINGS)
        with pytest.raises(AssertionError):
            check_message(message.text, message.card)

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.channels.slack import escaping
from assistant.channels.slack.rendering import form_view, home_view, render
from assistant.settings import Settings
from tests.support.block_kit_checks import check_message, check_view
from tests.support.made_up_posts import HOSTILE, post_of, posts_that_say

SETTINGS = Settings()


def check_all(words: str, times: int = 1) -> None:
    for post in posts_that_say(words, times):
        if post.kind == "home":
            check_view(home_view(post.content))
        else:
            message = render(post, SETTINGS)
            check_message(message.text, message.blocks)
    check_view(form_view("metadata", words))


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_neither_ping_nor_disguise_a_link_nor_break_a_message(words: str) -> None:
    check_all(words)
    check_all(f"Before {words} and after.", 20 if len(words) < 100 else 1)


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=300))
def test_no_words_break_a_message(words: str) -> None:
    check_all(words)


def test_without_escaping_these_tests_would_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escaping, "_escape", lambda text: text)
    for words in ("<!channel>", "<@U1>", "<https://evil|nhs.net>", "@channel"):
        message = render(post_of("notice", texts=[words]), SETTINGS)
        with pytest.raises(AssertionError):
            check_message(message.text, message.blocks)


def test_an_address_of_a_page_is_a_link_only_where_all_of_it_is_plain() -> None:
    link = escaping.link_addresses
    assert link("See https://nhs.uk/a?b=c&d.") == "See <https://nhs.uk/a?b=c&amp;d|https://nhs.uk/a?b=c&amp;d>."
    for other in ("https://a@evil.example/", "https://\u0430.uk/x", "http://nhs.uk"):
        assert "<" not in link(other).replace("<mailto:a@evil.example|a@evil.example>", "")

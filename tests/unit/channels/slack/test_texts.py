import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.channels.slack.texts import plain_text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Tom &amp; Jerry &lt;3 &gt;", "Tom & Jerry <3 >"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("<@UBOT> what is it?", "what is it?"),
        ("<@UBOT|assistant> what is it?", "what is it?"),
        ("ask <@U2> or <@W3|jo>", "ask somebody or somebody"),
        ("in <#C1|general> and <#C2>", "in #general and a channel"),
        ("<!here> <!channel> <!subteam^S1|@leads> <!subteam^S1>", "@here @channel @leads @subteam"),
        ("write to <mailto:a@nhs.net|a@nhs.net>", "write to a@nhs.net"),
        ("write to <mailto:a@nhs.net|me>", "write to me (a@nhs.net)"),
        ("ring <tel:02071|02071>", "ring 02071"),
        ("see <https://nhs.net/a?b=1&amp;c=2>", "see https://nhs.net/a?b=1&c=2"),
        ("see <https://nhs.net|nhs.net>", "see https://nhs.net"),
        ("see <https://evil.example|nhs.net>", "see nhs.net (https://evil.example)"),
        ("a < b > c <", "a  b  c <"),
        ("", ""),
    ],
)
def test_marks_of_slack_become_plain_text(text: str, plain: str) -> None:
    assert plain_text(text, "UBOT") == plain


@given(st.text())
def test_what_slack_escaped_comes_back_as_it_was_typed(typed: str) -> None:
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert plain_text(escaped) == typed.strip()


@given(st.text(alphabet="<>@#!|&;ltgamp:/U1x ", max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    plain_text(text, "U1")

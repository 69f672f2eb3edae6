"""Messages to Slack and Teams, told to a real server on this machine."""

import logging

import pytest

from assistant.mail.webhooks import WebhookError, WebhookRefusedError, post, slack_message, teams_message
from tests.support.sites import free_port
from tests.support.webhook import SECRET, listening

LINES = ["3 new questions to look at", "1 person waiting for an answer for more than 7 days"]
LINK = "https://ask.example.org/staff/queue"


class TestShapes:
    def test_slack_gets_blocks_and_a_text_for_notifications(self) -> None:
        message = slack_message("Title", LINES, LINK)
        assert message["text"] == f"Title: {LINES[0]}, {LINES[1]}"
        assert [block["type"] for block in message["blocks"]] == ["header", "section", "section"]
        assert message["blocks"][1]["text"] == {"type": "mrkdwn", "text": f"• {LINES[0]}\n• {LINES[1]}"}
        assert message["blocks"][2]["text"]["text"] == f"<{LINK}|Open the queue>"

    def test_teams_gets_an_adaptive_card(self) -> None:
        message = teams_message("Title", LINES, LINK)
        [attachment] = message["attachments"]
        card = attachment["content"]
        assert (message["type"], attachment["contentType"]) == ("message", "application/vnd.microsoft.card.adaptive")
        assert (card["type"], card["version"]) == ("AdaptiveCard", "1.5")
        assert [block["text"] for block in card["body"]] == ["Title", *(f"- {line}" for line in LINES)]
        assert card["actions"] == [{"type": "Action.OpenUrl", "title": "Open the queue", "url": LINK}]

    def test_without_a_public_address_there_is_no_link(self) -> None:
        assert len(slack_message("Title", LINES, None)["blocks"]) == 2
        assert "actions" not in teams_message("Title", LINES, None)["attachments"][0]["content"]


class TestPosting:
    @pytest.mark.parametrize("status", [200, 202])
    def test_it_is_told(self, status: int) -> None:
        with listening() as hook:
            hook.answers = [status]
            post(hook.url, {"text": "Hello"})
        assert (hook.told, hook.paths) == ([{"text": "Hello"}], [SECRET])

    @pytest.mark.parametrize(
        ("status", "fault"),
        [
            (400, WebhookRefusedError),
            (404, WebhookRefusedError),
            (302, WebhookRefusedError),
            (307, WebhookRefusedError),
            (429, WebhookError),
            (500, WebhookError),
            (503, WebhookError),
        ],
    )
    def test_a_fault_says_what_was_answered_and_nothing_else_is_called(
        self, status: int, fault: type[WebhookError]
    ) -> None:
        with listening() as hook, pytest.raises(WebhookError, match=f"^answered {status}$") as refusal:
            hook.answers = [status]
            post(hook.url, {})
        assert type(refusal.value) is fault and hook.paths == [SECRET]

    def test_nobody_there_is_a_fault_too(self) -> None:
        with pytest.raises(WebhookError, match="^ConnectError$") as refusal:
            post(f"http://127.0.0.1:{free_port()}{SECRET}", {})
        assert refusal.value.__suppress_context__

    def test_the_address_is_in_no_log(self, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.INFO), listening() as hook:
            post(hook.url, {})
        assert "hunter2" not in caplog.text

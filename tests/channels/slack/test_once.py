"""C2 and C3 of the security reference: however often Slack delivers, there is one enquiry and one answer."""

import asyncio
import json
from typing import Any

import pytest
from sqlalchemy import func, select

from assistant.db.engine import Database
from assistant.enquiries.models import Enquiry
from assistant.messaging.models import InboxMessage
from assistant.settings import Settings
from tests.channels.slack.conftest import Assistant
from tests.support.slack_caller import DIRECT, PATH, SlackCaller, direct, mention, signed
from tests.support.slack_stand_in import BOT_USER, SlackStandIn

REASONS = ("http_timeout", "http_error", "connection_failed", "ssl_error", "too_many_redirects", "unknown_error")
NOBODYS: list[dict[str, Any]] = [
    {"subtype": "message_changed"}, {"subtype": "message_deleted"}, {"subtype": "bot_message"}, {"bot_id": "B1"},
    {"subtype": "channel_join"}, {"channel": "C1", "channel_type": "channel"}, {"user": BOT_USER}, {"user": ""},
    {"subtype": "channel_name", "channel": "C1"}, {"hidden": True, "subtype": "message_replied"},
]  # fmt: skip
QUESTION = "What is the observatory?"


RETRIES = [{"X-Slack-Retry-Num": number, "X-Slack-Retry-Reason": reason} for reason in REASONS for number in "123"]


async def has_settled(database: Database, slack: SlackStandIn, posts: int = 1) -> None:
    """Everything was dealt with, and this is all that came of it."""
    await slack.has_posted(posts)

    def waits() -> int:
        with database.read() as session:
            open_ones = select(func.count()).select_from(InboxMessage).where(InboxMessage.next_try_at.is_not(None))
            return session.scalar(open_ones) or 0

    await slack.has(lambda _: waits() == 0)
    assert len(slack.messages) == posts
    with database.read() as session:
        assert session.scalar(select(func.count(Enquiry.reference))) == posts


async def test_a_retry_of_what_was_taken_is_acknowledged_and_no_more(
    caller: SlackCaller, slack: SlackStandIn, database: Database
) -> None:
    for posts, headers in enumerate(RETRIES, 1):
        message = direct(QUESTION)
        assert (await caller.delivers(message)).status_code == 200, headers
        assert (await caller.delivers(message, **headers)).status_code == 200, headers
        await has_settled(database, slack, posts)


async def test_a_retry_whose_first_was_lost_is_answered(
    caller: SlackCaller, slack: SlackStandIn, database: Database
) -> None:
    for posts, headers in enumerate(RETRIES, 1):
        assert (await caller.delivers(direct(QUESTION), **headers)).status_code == 200, headers
        await has_settled(database, slack, posts)


async def test_the_same_signed_request_is_taken_once(
    caller: SlackCaller, slack: SlackStandIn, database: Database
) -> None:
    body = json.dumps(direct(QUESTION))
    headers = {**signed(body), "Content-Type": "application/json"}
    responses = await asyncio.gather(*(caller.client.post(PATH, content=body, headers=headers) for _ in range(8)))
    assert {response.status_code for response in responses} == {200}
    await has_settled(database, slack)


async def test_the_same_signed_request_is_taken_once_even_over_a_restart(
    assistant: Assistant, slack_settings: Settings, slack: SlackStandIn, database: Database
) -> None:
    body = json.dumps(direct(QUESTION))
    headers = {**signed(body), "Content-Type": "application/json"}
    for _ in range(3):
        async with assistant(slack_settings) as caller:
            assert (await caller.client.post(PATH, content=body, headers=headers)).status_code == 200
            await has_settled(database, slack)


async def test_what_was_taken_before_a_restart_is_answered_after(
    assistant: Assistant, slack_settings: Settings, slack: SlackStandIn, database: Database
) -> None:
    async with assistant(slack_settings) as caller:
        await caller.delivers(direct(QUESTION))
    async with assistant(slack_settings):
        await has_settled(database, slack)


@pytest.mark.parametrize("is_mention_first", [True, False])
async def test_a_message_and_a_mention_for_one_text_are_one(
    caller: SlackCaller, slack: SlackStandIn, database: Database, is_mention_first: bool
) -> None:
    same = {"ts": "1700000000.000900", "channel": DIRECT}
    both = [mention(QUESTION, **same), direct(f"<@{BOT_USER}> {QUESTION}", **same)]
    for each in both if is_mention_first else reversed(both):
        assert (await caller.delivers(each)).status_code == 200
    await has_settled(database, slack)


async def test_what_no_person_wrote_to_the_assistant_is_only_acknowledged(
    caller: SlackCaller, slack: SlackStandIn, database: Database
) -> None:
    for more in NOBODYS:
        assert (await caller.delivers(direct(QUESTION, **more))).status_code == 200, more
    await caller.delivers(direct(QUESTION))
    await has_settled(database, slack)

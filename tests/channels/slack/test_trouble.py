"""C8 of the security reference, and answers of Slack that are lost on the way."""

from collections.abc import Callable

import httpx
import pytest
from pydantic import HttpUrl
from sqlalchemy import func, select

from assistant.channels.slack import api
from assistant.db.engine import Database
from assistant.messaging.models import Post
from assistant.settings import Settings
from tests.channels.slack.conftest import Assistant
from tests.support.sites import free_port
from tests.support.slack_caller import CHANNEL, Payload, SlackCaller, direct, mention
from tests.support.slack_stand_in import Fault, SlackStandIn

POST = "chat.postMessage"
PASSING = [
    Fault(POST, 429, retry_after="1"),
    Fault(POST, error="ratelimited"),
    Fault(POST, error="service_unavailable"),
    Fault(POST, error="internal_error"),
    Fault(POST, error="invalid_auth"),
    Fault(POST, error="fatal_error", stored=True),
    Fault(POST, 500, stored=True),
    Fault(POST, 503, text="upstream"),
    Fault(POST, 200, text="a proxy's page"),
    Fault(POST, drops=True),
    Fault(POST, drops=True, stored=True),
]


NEVER = (
    "channel_not_found", "is_archived", "not_in_channel", "account_inactive",
    "missing_scope", "user_not_found",
)  # fmt: skip


@pytest.mark.parametrize("said", [mention, direct])
async def test_trouble_passes_and_the_answer_is_there_once(
    caller: SlackCaller, slack: SlackStandIn, database: Database, said: Callable[[str], Payload]
) -> None:
    for answers, fault in enumerate(PASSING, 1):
        slack.faults.append(fault)
        await caller.delivers(said("What is the observatory?"))

        def sent() -> int:
            with database.read() as session:
                return session.scalar(select(func.count(Post.sent_as))) or 0

        await slack.has(lambda _, answers=answers: sent() == answers)
        assert (len(slack.faults), len(slack.messages)) == (0, answers), fault


async def test_what_got_through_is_found_behind_other_messages(
    caller: SlackCaller, slack: SlackStandIn, database: Database
) -> None:
    slack.page_size = 1
    for text in ("hello", "everything please"):
        await caller.delivers(direct(text))
    await slack.has_posted(2)
    slack.faults.append(Fault(POST, drops=True, stored=True))
    await caller.delivers(direct("What is the observatory?"))
    await slack.has(lambda slack: [method for method, _ in slack.calls].count("conversations.history") == 3)
    assert len(slack.messages) == 3


async def test_a_slack_that_hangs_holds_nobody_up(caller: SlackCaller, slack: SlackStandIn) -> None:
    slack.faults.append(Fault(POST, hangs=True))
    await caller.delivers(direct("hello"))
    await slack.has(lambda slack: not slack.faults)
    response = await caller.delivers(direct("hello", user="U2", channel="D2"))
    assert response.status_code == 200
    assert (await caller.client.get("/healthz")).status_code == 200
    [message] = await slack.has_posted(1)
    assert message["channel"] == "D2"
    slack.let_go()


async def test_a_slack_that_hangs_is_left_and_tried_again(
    assistant: Assistant, slack_settings: Settings, slack: SlackStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "TIMEOUT", 0.3)
    async with assistant(slack_settings) as caller:
        slack.faults.append(Fault(POST, hangs=True))
        await caller.delivers(direct("hello"))
        assert len(await slack.has_posted(1)) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "no-such-host.invalid"])
async def test_a_slack_that_is_not_there_is_waited_for(
    assistant: Assistant, slack_settings: Settings, slack: SlackStandIn, database: Database, host: str
) -> None:
    nowhere = HttpUrl(f"http://{host}:{free_port()}/api/")
    async with assistant(slack_settings.model_copy(update={"slack_api_url": nowhere})) as caller:
        await caller.delivers(direct("hello"))

        def fault() -> str | None:
            with database.read() as session:
                return session.scalars(select(Post.last_error)).one_or_none()

        assert "ClientConnector" in await slack.has(lambda _: fault())
        with database.read() as session:
            assert session.scalars(select(Post.is_unsure)).one() is False


async def test_what_slack_will_never_take_is_given_up(
    caller: SlackCaller, slack: SlackStandIn, database: Database
) -> None:
    slack.faults += [Fault(POST, error=code) for code in NEVER]

    def faults() -> list[str | None]:
        with database.read() as session:
            return list(session.scalars(select(Post.last_error).where(Post.is_given_up).order_by(Post.id)))

    for number, _ in enumerate(NEVER, 1):
        await caller.delivers(direct("hello"))
        await slack.has(lambda _, number=number: len(faults()) == number)
    assert faults() == list(NEVER)


async def test_nothing_that_was_said_and_no_token_is_logged(
    caller: SlackCaller, slack: SlackStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    slack.faults += [Fault(POST, 500, text="xoxb-1-made-up"), Fault(POST, error="Said: parsnips")]
    response: httpx.Response = await caller.delivers(direct("parsnips"))
    assert response.status_code == 200
    await slack.has(lambda slack: not slack.faults)
    assert "parsnips" not in caplog.text and "xoxb" not in caplog.text


async def test_where_we_may_not_look_an_answer_is_sent_again(caller: SlackCaller, slack: SlackStandIn) -> None:
    slack.faults += [Fault(POST, 500), Fault("conversations.history", error="missing_scope")]
    await caller.delivers(direct("hello"))
    assert len(await slack.has_posted(1)) == 1


@pytest.mark.parametrize("code", ["missing_scope", "cannot_dm_bot"])
async def test_who_is_in_need_and_cannot_be_told_alone_is_told_where_they_asked(
    caller: SlackCaller, slack: SlackStandIn, code: str
) -> None:
    slack.faults.append(Fault("conversations.open", error=code))
    await caller.delivers(mention("I want to kill myself", ts="1700000000.000900"))
    [message] = await slack.has_posted(1)
    assert (message["channel"], message["thread_ts"]) == (CHANNEL, "1700000000.000900")


@pytest.mark.parametrize("code", ["channel_not_found", "restricted_action"])
async def test_the_same_where_their_direct_messages_take_nothing(
    caller: SlackCaller, slack: SlackStandIn, code: str
) -> None:
    slack.faults.append(Fault(POST, error=code))
    await caller.delivers(mention("I want to kill myself", ts="1700000000.000900"))
    [message] = await slack.has_posted(1)
    assert (message["channel"], message["thread_ts"]) == (CHANNEL, "1700000000.000900")


@pytest.mark.parametrize("code", ["invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long"])
async def test_what_slack_refuses_for_its_content_is_said_in_words_alone(
    caller: SlackCaller, slack: SlackStandIn, code: str
) -> None:
    slack.faults.append(Fault(POST, error=code))
    await caller.delivers(direct("What is the observatory?"))
    [message] = await slack.has_posted(1)
    assert "blocks" not in message and message["text"]
    assert [method for method, _ in slack.calls].count(POST) == 2


async def test_what_is_refused_in_words_alone_too_is_given_up(
    caller: SlackCaller, slack: SlackStandIn, database: Database
) -> None:
    slack.faults += [Fault(POST, error="invalid_blocks"), Fault(POST, error="msg_too_long")]
    await caller.delivers(direct("hello"))

    def given_up() -> str | None:
        with database.read() as session:
            return session.scalar(select(Post.last_error).where(Post.is_given_up))

    assert await slack.has(lambda _: given_up()) == "msg_too_long"

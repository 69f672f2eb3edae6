from tests.support.slack_caller import DIRECT, SlackCaller, direct
from tests.support.slack_stand_in import SlackStandIn


async def test_a_direct_message_is_answered(caller: SlackCaller, slack: SlackStandIn) -> None:
    response = await caller.delivers(direct("What is the observatory?"))
    assert (response.status_code, response.text) == (200, "")
    [message] = await slack.has_posted(1)
    assert message["channel"] == DIRECT and "thread_ts" not in message
    assert message["metadata"]["event_type"] == "assistant_post"
    assert (message["unfurl_links"], message["unfurl_media"]) == (False, False)

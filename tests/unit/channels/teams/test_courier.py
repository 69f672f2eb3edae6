"""What the courier does with posts, and with all that may go wrong on the way."""

import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from assistant.channels.teams import connector
from assistant.channels.teams import courier as courier_module
from assistant.channels.teams.courier import TeamsCourier
from assistant.messaging.errors import PostDelayedError, PostRefusedError
from assistant.messaging.models import PostKind
from assistant.messaging.outbox import OpenPost
from tests.support.teams_stand_in import TENANT, TOO_LATE, Fault, TeamsStandIn

REPLY = {
    "enquiry": "E-1",
    "outcome": "offer",
    "replies": [{"text": "The observatory."}],
    "offers": [],
    "topic": None,
    "person": None,
    "people": [],
    "choices": [],
    "expects": None,
}


class Kept:
    """How far a try got."""

    def __init__(self) -> None:
        self.progress: list[str | None] = []

    async def __call__(self, progress: str | None) -> None:
        """Keep it."""
        self.progress.append(progress)


@pytest.fixture
def kept() -> Kept:
    """Nothing yet."""
    return Kept()


@pytest.fixture
async def courier(teams: TeamsStandIn, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TeamsCourier]:
    """With little patience."""
    monkeypatch.setattr(connector, "STEP_SECONDS", 0.3)
    courier = TeamsCourier(teams.settings())
    yield courier
    await courier.close()


def post_to(
    teams: TeamsStandIn,
    kind: PostKind = PostKind.REPLY,
    progress: str | None = None,
    content: Any = None,
    **address: str,
) -> OpenPost:
    """A post to a personal chat."""
    where = {
        "service_url": teams.service_url,
        "conversation": "a:personal",
        "tenant": TENANT,
        "user": "29:member",
        "bot": "28:bot",
        "is_personal": "yes",
        "reply_to": "1",
    }
    content = {"reply": REPLY} if content is None else content
    return OpenPost(1, "teams", kind, {**where, **address}, content, progress, datetime.now(UTC))


async def test_a_reply_in_a_personal_chat_begins_with_a_sign_and_is_one_message(
    teams: TeamsStandIn, courier: TeamsCourier, kept: Kept
) -> None:
    sent_as = await courier.deliver(post_to(teams), kept)
    assert [each.body["type"] for each in teams.calls] == ["typing", "message"]
    assert kept.progress == [sent_as] == [each.id for each in teams.shown()]
    assert "text" not in teams.calls[1].body and teams.calls[1].body["summary"] == "The observatory."


async def test_a_reply_whose_last_answer_was_lost_is_still_one_message(
    teams: TeamsStandIn, courier: TeamsCourier, kept: Kept
) -> None:
    stream = await _stream_only(teams, courier, kept)
    teams.faults = [Fault(is_done=True)]
    with pytest.raises(PostDelayedError) as lost:
        await courier.deliver(post_to(teams, progress=stream), kept)
    assert lost.value.is_unsure
    assert await courier.find(post_to(teams, progress=stream)) is None
    assert await courier.deliver(post_to(teams, progress=stream), kept) == stream
    assert [each.times_shown for each in teams.shown()] == [1]


async def _stream_only(teams: TeamsStandIn, courier: TeamsCourier, kept: Kept) -> str | None:
    """Begin a reply, and fail before it has its content."""

    async def keep_and_die(progress: str | None) -> None:
        await kept(progress)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await courier.deliver(post_to(teams), keep_and_die)
    return kept.progress[-1]


async def test_a_process_killed_between_the_two_steps_leaves_one_message(
    teams: TeamsStandIn, courier: TeamsCourier, kept: Kept
) -> None:
    stream = await _stream_only(teams, courier, kept)
    assert teams.shown() == []
    assert await courier.deliver(post_to(teams, progress=stream), kept) == stream
    assert [each.id for each in teams.shown()] == [stream]


@pytest.mark.parametrize("reason", [TOO_LATE, "Content stream was canceled by user", "Message size too large"])
async def test_a_stream_that_is_over_is_given_its_content_all_the_same(
    teams: TeamsStandIn, courier: TeamsCourier, kept: Kept, reason: str
) -> None:
    stream = await _stream_only(teams, courier, kept)
    for _ in range(2):
        teams.faults = [Fault(403, message=reason)]
        assert await courier.deliver(post_to(teams, progress=stream), kept) == stream
    assert [each.id for each in teams.shown()] == [stream]


async def test_a_stream_that_is_gone_is_begun_anew(teams: TeamsStandIn, courier: TeamsCourier, kept: Kept) -> None:
    sent_as = await courier.deliver(post_to(teams, progress="1699999999999"), kept)
    assert kept.progress == [None, sent_as]
    assert len(teams.shown()) == 1


async def test_where_streams_are_not_taken_the_reply_is_posted(
    teams: TeamsStandIn, courier: TeamsCourier, kept: Kept
) -> None:
    teams.takes_streams = False
    await courier.deliver(post_to(teams), kept)
    assert kept.progress == []
    assert len(teams.shown()) == 1


async def test_in_a_channel_the_reply_goes_into_the_thread(
    teams: TeamsStandIn, courier: TeamsCourier, kept: Kept
) -> None:
    thread = "19:channel@thread.tacv2;messageid=1"
    await courier.deliver(post_to(teams, conversation=thread, is_personal=""), kept)
    assert [each.body["type"] for each in teams.calls] == ["message"]
    assert len(teams.shown(thread)) == 1


async def test_an_update_takes_the_place_of_its_message(teams: TeamsStandIn, courier: TeamsCourier, kept: Kept) -> None:
    sent_as = await courier.deliver(post_to(teams), kept)
    content = {"reply": REPLY, "pressed": {"useful": True}, "message": sent_as}
    assert await courier.deliver(post_to(teams, PostKind.UPDATE, content=content), kept) == sent_as
    assert (teams.calls[-1].method, len(teams.shown())) == ("PUT", 1)


async def test_an_update_of_a_message_that_was_deleted_is_given_up(
    teams: TeamsStandIn, courier: TeamsCourier, kept: Kept
) -> None:
    with pytest.raises(PostRefusedError):
        await courier.deliver(post_to(teams, PostKind.UPDATE, content={"reply": REPLY, "message": "1"}), kept)


async def test_what_is_for_one_person_goes_to_a_chat_of_their_own(
    teams: TeamsStandIn, courier: TeamsCourier, kept: Kept
) -> None:
    await courier.deliver(post_to(teams, is_personal="", aside="yes", conversation="19:channel"), kept)
    assert len(teams.shown("a:alone-29:member")) == 1
    assert teams.shown("19:channel") == []


async def test_who_is_in_need_is_told_in_the_thread_where_no_chat_of_their_own_can_be_opened(
    teams: TeamsStandIn, courier: TeamsCourier, kept: Kept
) -> None:
    teams.refused_users.add("29:member")
    address = {"is_personal": "", "aside": "yes", "conversation": "19:channel"}
    await courier.deliver(post_to(teams, content={"reply": {**REPLY, "outcome": "crisis"}}, **address), kept)
    assert len(teams.shown("19:channel")) == 1
    with pytest.raises(PostRefusedError):
        await courier.deliver(post_to(teams, PostKind.NOTICE, content={"texts": ["Erased."]}, **address), kept)
    assert len(teams.shown("19:channel")) == 1


@pytest.mark.parametrize(
    ("fault", "retry_after", "is_away", "is_unsure"),
    [
        (Fault(429, {"Retry-After": "7"}), 7.0, False, False),
        (Fault(429, {"Retry-After": "Sat, 28 Nov 2026 12:00:00 GMT"}), None, False, False),
        (Fault(500), None, True, True),
        (Fault(503, {"Retry-After": "30"}), 30.0, True, True),
        (Fault(502), None, True, True),
        (Fault(0), None, True, True),
        (Fault(0, is_done=True), None, True, True),
        (Fault(200, seconds=0.6), None, True, True),
    ],
    ids=["busy", "busy with a date", "broken", "away", "bad gateway", "hangs up", "hangs up afterwards", "hangs"],
)
async def test_what_may_pass_is_put_off(
    teams: TeamsStandIn,
    courier: TeamsCourier,
    kept: Kept,
    fault: Fault,
    retry_after: float | None,
    is_away: bool,
    is_unsure: bool,
) -> None:
    teams.faults = [fault]
    with pytest.raises(PostDelayedError) as put_off:
        await courier.deliver(post_to(teams, PostKind.NOTICE, content={"texts": ["Erased."]}), kept)
    error = put_off.value
    assert (error.retry_after, error.is_away, error.is_unsure) == (retry_after, is_away, is_unsure)


async def test_no_post_is_tried_for_longer_than_others_keep_off_it(
    teams: TeamsStandIn, courier: TeamsCourier, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courier_module, "LONGEST", 0.1)
    teams.faults = [Fault(201, seconds=0.2)]
    with pytest.raises(PostDelayedError) as put_off:
        await courier.deliver(post_to(teams), kept)
    assert put_off.value.is_unsure


async def test_nothing_is_logged_of_where_a_post_went(
    teams: TeamsStandIn, courier: TeamsCourier, kept: Kept, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        await courier.deliver(post_to(teams), kept)
    assert caplog.text == ""


@pytest.mark.parametrize("status", [400, 403, 404, 413, 302])
async def test_what_will_not_pass_is_refused(
    teams: TeamsStandIn, courier: TeamsCourier, kept: Kept, status: int
) -> None:
    teams.faults = [Fault(status, {"Location": "http://127.0.0.1:9/elsewhere"}, message="who said what")]
    with pytest.raises(PostRefusedError) as refused:
        await courier.deliver(post_to(teams, PostKind.NOTICE, content={"texts": ["Erased."]}), kept)
    assert str(refused.value) == f"Answered{status}"


async def test_nothing_got_through_to_where_nobody_listens(kept: Kept, teams: TeamsStandIn) -> None:
    courier = TeamsCourier(teams.settings(teams_service_hosts=("127.0.0.1:9",)))
    with pytest.raises(PostDelayedError) as away:
        await courier.deliver(post_to(teams, service_url="http://127.0.0.1:9/"), kept)
    assert (away.value.is_away, away.value.is_unsure) == (True, False)
    await courier.close()


async def test_a_token_that_no_longer_holds_is_asked_for_anew_once(
    teams: TeamsStandIn, courier: TeamsCourier, kept: Kept
) -> None:
    await courier.deliver(post_to(teams), kept)
    teams.revoked.add("token-1")
    await courier.deliver(post_to(teams), kept)
    assert teams.tokens == ["token-1", "token-2"]
    teams.revoked |= {"token-2", "token-3"}
    with pytest.raises(PostDelayedError) as put_off:
        await courier.deliver(post_to(teams), kept)
    assert put_off.value.is_away and not put_off.value.is_unsure
    assert len(teams.tokens) == 3


@pytest.mark.parametrize("fault", [401, 500, 400])
async def test_without_a_token_posts_wait(teams: TeamsStandIn, courier: TeamsCourier, kept: Kept, fault: int) -> None:
    teams.login_faults = [fault]
    with pytest.raises(PostDelayedError) as put_off:
        await courier.deliver(post_to(teams), kept)
    assert put_off.value.is_away and not put_off.value.is_unsure
    assert teams.calls == []  # msal itself asks again after a minute


async def test_the_token_goes_to_no_other_host(teams: TeamsStandIn, kept: Kept) -> None:
    courier = TeamsCourier(teams.settings(teams_service_hosts=("smba.trafficmanager.net",)))
    with pytest.raises(PostRefusedError):
        await courier.deliver(post_to(teams), kept)
    assert (teams.calls, teams.tokens) == ([], [])
    await courier.close()


async def test_nothing_in_an_id_leads_to_another_path(teams: TeamsStandIn, courier: TeamsCourier, kept: Kept) -> None:
    post = post_to(teams, PostKind.NOTICE, content={"texts": ["Erased."]}, conversation="x/../../../y?z#1")
    with pytest.raises(PostRefusedError):
        await courier.deliver(post, kept)
    assert teams.calls[0].path == "/emea/v3/conversations/x%2F..%2F..%2F..%2Fy%3Fz%231/activities"
    teams.problems.clear()


async def test_the_playground_is_given_no_token(teams: TeamsStandIn, kept: Kept) -> None:
    teams.is_playground = True
    courier = TeamsCourier(teams.settings(teams_app_id=None, teams_app_secret=None, teams_playground=True))
    await courier.deliver(post_to(teams), kept)
    assert {each.authorization for each in teams.calls} == {""}
    assert (len(teams.shown()), teams.tokens) == (1, [])
    await courier.close()


@pytest.mark.parametrize("tenant", [None, TENANT])
async def test_a_registration_for_one_tenant_has_its_token_there(
    teams: TeamsStandIn, kept: Kept, tenant: str | None
) -> None:
    courier = TeamsCourier(teams.settings(teams_tenant_id=tenant))
    await courier.deliver(post_to(teams), kept)
    assert teams.logins == [f"/{tenant or 'botframework.com'}/oauth2/v2.0/token"]
    await courier.close()

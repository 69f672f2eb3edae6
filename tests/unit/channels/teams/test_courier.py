"""What becomes of posts in Teams: one message each, in the right place."""

import time

import pytest

from assistant.channels.teams import courier as courier_module
from assistant.channels.teams.courier import PACE, TeamsCourier
from assistant.messaging.errors import PostDelayedError, PostRefusedError
from assistant.messaging.models import PostKind
from tests.support.teams_messages import Fault
from tests.support.teams_posts import REPLY, Kept, post_to
from tests.support.teams_stand_in import TOO_LATE, TeamsStandIn


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


@pytest.mark.parametrize("status", [403, 400])
async def test_where_streams_are_not_taken_the_reply_is_posted(
    teams: TeamsStandIn, courier: TeamsCourier, kept: Kept, status: int
) -> None:
    teams.takes_streams, teams.refuses_streams_with = False, status
    await courier.deliver(post_to(teams), kept)
    assert kept.progress == []
    assert len(teams.shown()) == 1


async def test_the_steps_of_a_stream_are_as_far_apart_as_teams_wants(
    teams: TeamsStandIn, courier: TeamsCourier, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert courier_module.PACE == 0.0 and PACE >= 1.0
    monkeypatch.setattr(courier_module, "PACE", 0.2)
    started = time.monotonic()
    await courier.deliver(post_to(teams), kept)
    assert time.monotonic() - started >= 0.2


@pytest.mark.parametrize("step", [0, 1], ids=["begun", "completed"])
async def test_a_stream_that_comes_too_soon_waits_as_long_as_teams_says_and_is_one_message(
    teams: TeamsStandIn, courier: TeamsCourier, kept: Kept, step: int
) -> None:
    teams.faults = [*[None] * step, Fault(429, {"Retry-After": "3"})]
    with pytest.raises(PostDelayedError) as put_off:
        await courier.deliver(post_to(teams), kept)
    assert (put_off.value.retry_after, put_off.value.is_unsure, teams.shown()) == (3.0, False, [])
    await courier.deliver(post_to(teams, progress=kept.progress[-1] if kept.progress else None), kept)
    assert [each.times_shown for each in teams.shown()] == [1]
    assert len(kept.progress) == 1


@pytest.mark.parametrize("status", [400, 413, 403])
@pytest.mark.parametrize("is_personal", ["yes", ""])
async def test_a_reply_whose_card_is_refused_is_told_in_words(
    teams: TeamsStandIn, courier: TeamsCourier, kept: Kept, status: int, is_personal: str
) -> None:
    teams.refuses_cards_with = status
    await courier.deliver(post_to(teams, is_personal=is_personal), kept)
    [message] = teams.shown()
    assert "attachments" not in message.activity
    assert message.activity["text"].startswith("The observatory.\n\nYour reference: E-1")
    assert (message.activity["textFormat"], message.times_shown) == ("plain", 1)


@pytest.mark.parametrize("status", [400, 413])
async def test_a_message_shown_anew_whose_card_is_refused_is_told_in_words(
    teams: TeamsStandIn, courier: TeamsCourier, kept: Kept, status: int
) -> None:
    sent_as = await courier.deliver(post_to(teams), kept)
    teams.refuses_cards_with = status
    content = {"reply": REPLY, "pressed": {"useful": True}, "message": sent_as}
    assert await courier.deliver(post_to(teams, PostKind.UPDATE, content=content), kept) == sent_as
    assert "Thank you for telling us." in teams.shown()[0].activity["text"]


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

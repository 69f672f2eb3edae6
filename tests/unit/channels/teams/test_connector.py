"""What may go wrong on the way to Teams, and where the token goes."""

import logging

import pytest

from assistant.channels.teams import courier as courier_module
from assistant.channels.teams.courier import TeamsCourier
from assistant.messaging.errors import PostDelayedError, PostRefusedError
from assistant.messaging.models import PostKind
from tests.support.teams_messages import Fault
from tests.support.teams_posts import Kept, post_to
from tests.support.teams_stand_in import TENANT, TeamsStandIn


@pytest.mark.parametrize(
    ("fault", "retry_after", "is_away", "is_unsure"),
    [
        (Fault(429, {"Retry-After": "7"}), 7.0, False, False),
        (Fault(429, {"Retry-After": "Sat, 28 Nov 2026 12:00:00 GMT"}), None, False, False),
        (Fault(412), None, False, False),
        (Fault(500), None, True, True),
        (Fault(503, {"Retry-After": "30"}), 30.0, True, True),
        (Fault(502), None, True, True),
        (Fault(0), None, True, True),
        (Fault(0, is_done=True), None, True, True),
        (Fault(200, seconds=0.6), None, True, True),
    ],
    ids=[
        "busy",
        "busy with a date",
        "not just now",
        "broken",
        "away",
        "bad gateway",
        "hangs up",
        "hangs up afterwards",
        "hangs",
    ],
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


async def test_the_secret_is_taken_nowhere_else(teams: TeamsStandIn, courier: TeamsCourier, kept: Kept) -> None:
    teams.login_faults = [307]
    with pytest.raises(PostDelayedError):
        await courier.deliver(post_to(teams), kept)
    assert len(teams.logins) == 1


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

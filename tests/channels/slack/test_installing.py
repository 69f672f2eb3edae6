"""Several workspaces: each installs the assistant by itself, and is answered with its own token."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import HttpUrl, SecretStr
from sqlalchemy import select, update

from assistant.channels.slack.install_pages import INSTALL, OAUTH, SCOPES
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.messaging.models import Post, SlackInstallation, SlackInstallState
from assistant.settings import Settings
from tests.channels.slack.conftest import Assistant
from tests.support.slack_caller import SlackCaller, direct, event
from tests.support.slack_stand_in import SlackStandIn

THEIRS = "xoxb-2-theirs"
COOKIE = "slack-app-oauth-state"


@pytest.fixture
def several(slack_settings: Settings) -> Settings:
    return slack_settings.model_copy(
        update={
            "slack_bot_token": None,
            "slack_client_id": "1.2",
            "slack_client_secret": SecretStr("between us"),
            "public_url": HttpUrl("https://assistant.test"),
        }
    )


def ready(slack: SlackStandIn) -> str:
    """Slack will give the token for this code."""
    slack.tokens.add(THEIRS)
    slack.codes["the-code"] = {
        "access_token": THEIRS, "token_type": "bot", "scope": ",".join(SCOPES), "bot_user_id": "UBOT", "app_id": "A1",
        "team": {"id": "T1", "name": "A trust"}, "enterprise": None, "authed_user": {"id": "U9"},
    }  # fmt: skip
    return "the-code"


async def begins(caller: SlackCaller) -> str:
    """Begins an installation; gives its state, which the browser keeps."""
    response = await caller.client.get(INSTALL)
    assert response.status_code == 302
    target = urlsplit(response.headers["location"])
    asked = parse_qs(target.query)
    assert (target.scheme, target.netloc) == ("https", "slack.com")
    assert set(asked["scope"][0].split(",")) == set(SCOPES)
    assert asked["redirect_uri"] == [f"https://assistant.test{OAUTH}"]
    assert "HttpOnly" in response.headers["set-cookie"] and "Secure" in response.headers["set-cookie"]
    return asked["state"][0]


async def finishes(caller: SlackCaller, code: str, state: str, cookie: str | None = None) -> int:
    headers = {"Cookie": f"{COOKIE}={state if cookie is None else cookie}"}
    response = await caller.client.get(OAUTH, params={"code": code, "state": state}, headers=headers)
    return response.status_code


def installed(database: Database) -> list[bytes]:
    with database.read() as session:
        return list(session.scalars(select(SlackInstallation.installation_encrypted)))


async def test_a_workspace_installs_and_is_answered_with_its_own_token(
    assistant: Assistant, several: Settings, slack: SlackStandIn, database: Database
) -> None:
    async with assistant(several) as caller:
        assert await finishes(caller, ready(slack), await begins(caller)) == 200
        [kept] = installed(database)
        assert THEIRS.encode() not in kept
        await caller.delivers(direct("hello"))
        await slack.has_posted(1)
        assert slack.bearers[-1] == THEIRS


async def test_a_state_is_good_once(
    assistant: Assistant, several: Settings, slack: SlackStandIn, database: Database
) -> None:
    async with assistant(several) as caller:
        state = await begins(caller)
        assert await finishes(caller, "no-such-code", state) == 401
        assert await finishes(caller, ready(slack), state) == 401
        assert installed(database) == []


async def test_a_state_is_good_for_ten_minutes(
    assistant: Assistant, several: Settings, slack: SlackStandIn, database: Database
) -> None:
    async with assistant(several) as caller:
        state = await begins(caller)
        with database.write() as session:
            kept = session.scalars(select(SlackInstallState)).one()
            assert state not in kept.state_hash
            assert timedelta(minutes=9) < kept.expires_at - now() <= timedelta(minutes=10)
            session.execute(update(SlackInstallState).values(expires_at=now()))
        assert await finishes(caller, ready(slack), state) == 401
        assert installed(database) == []


async def test_a_state_of_nobody_or_of_another_browser_is_refused(
    assistant: Assistant, several: Settings, slack: SlackStandIn, database: Database
) -> None:
    async with assistant(several) as caller:
        assert await finishes(caller, ready(slack), "made-up") == 401
        assert await finishes(caller, "the-code", await begins(caller), cookie="another") == 400
        assert (await caller.client.get(OAUTH)).status_code == 400
        assert installed(database) == []


async def test_what_slack_says_went_wrong_is_inert(assistant: Assistant, several: Settings) -> None:
    async with assistant(several) as caller:
        response = await caller.client.get(OAUTH, params={"error": "<script>alert(1)</script>"})
        assert "<script>" not in response.text


async def test_when_slack_does_not_answer_installing_says_so(
    assistant: Assistant, several: Settings, slack: SlackStandIn
) -> None:
    async with assistant(several) as caller:
        state = await begins(caller)
        await slack.shut()
        assert await finishes(caller, "the-code", state) == 503
        await slack.open()


@pytest.mark.parametrize(
    "gone", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["UBOT"]}}]
)
async def test_whoever_takes_it_out_again_is_forgotten_and_not_written_to(
    assistant: Assistant, several: Settings, slack: SlackStandIn, database: Database, gone: dict[str, object]
) -> None:
    async with assistant(several) as caller:
        await finishes(caller, ready(slack), await begins(caller))
        assert (await caller.delivers(event(gone))).status_code == 200
        assert installed(database) == []
        await caller.delivers(direct("hello"))

        def fault() -> str | None:
            with database.read() as session:
                return session.scalars(select(Post.last_error)).one_or_none()

        assert await slack.has(lambda _: fault()) == "not_installed"


async def test_a_workspace_that_installed_it_anew_meanwhile_keeps_it(
    assistant: Assistant, several: Settings, slack: SlackStandIn, database: Database
) -> None:
    gone = {**event({"type": "app_uninstalled"}), "event_time": int(now().timestamp()) - 60}
    async with assistant(several) as caller:
        await finishes(caller, ready(slack), await begins(caller))
        assert (await caller.delivers(gone)).status_code == 200
        assert len(installed(database)) == 1


async def test_an_organisation_that_takes_it_out_is_forgotten_whole(
    assistant: Assistant, several: Settings, slack: SlackStandIn, database: Database
) -> None:
    async with assistant(several) as caller:
        code = ready(slack)
        slack.codes[code] |= {
            "team": None,
            "enterprise": {"id": "E1", "name": "A trust"},
            "is_enterprise_install": True,
        }
        assert await finishes(caller, code, await begins(caller)) == 200
        [_] = installed(database)
        gone = event({"type": "app_uninstalled"})
        gone["authorizations"][0] |= {"enterprise_id": "E1", "is_enterprise_install": True}
        assert (await caller.delivers(gone)).status_code == 200
        assert installed(database) == []

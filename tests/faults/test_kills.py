"""The server is killed 25 times while a channel delivers to it: nothing is lost and nothing comes twice."""

import asyncio
import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from sqlalchemy import func, select

from assistant.db.engine import Database
from assistant.enquiries.encryption import make_key
from assistant.enquiries.models import Enquiry, Message
from assistant.messaging.models import InboxMessage, Post, PostKind
from tests.support.killed_server import Deliveries, KilledServer, kill_often
from tests.support.sites import free_port
from tests.support.slack_caller import SECRET, direct, signed
from tests.support.slack_stand_in import BOT_TOKEN, SlackStandIn
from tests.support.slow_engine import SECONDS
from tests.support.small_data import ROOT
from tests.support.teams_server import teams_standing_in
from tests.support.teams_stand_in import APP
from tests.support.teams_stand_in import SECRET as TEAMS_SECRET

KILLS = 25
ASKERS = 40  # so that some have several messages waiting in order
SEED = int(os.environ.get("KILL_SEED", "20261128"))
DRAIN_SECONDS = 120.0


@contextmanager
def killed_server(folder: Path, database_url: str, **settings: str) -> Iterator[KilledServer]:
    """With a fake engine whose turns take some milliseconds."""
    environment = {
        "ASSISTANT_DATABASE_URL": database_url,
        "ASSISTANT_DATA_FOLDER": str(ROOT / "data"),
        "ASSISTANT_VAR_FOLDER": str(folder / "var"),
        "ASSISTANT_CONTACT_KEY": make_key(),
        SECONDS: "0.03",
        **settings,
    }
    server = KilledServer(environment, free_port(), folder / "server.log")
    server.start()
    try:
        yield server
    finally:
        server.stop()


async def test_slack_loses_and_doubles_nothing(tmp_path: Path, database_url: str) -> None:
    slack = SlackStandIn()
    await slack.open()
    given = {"SIGNING_SECRET": SECRET, "BOT_TOKEN": BOT_TOKEN, "API_URL": slack.url}
    with killed_server(
        tmp_path, database_url, **{f"ASSISTANT_SLACK_{name}": value for name, value in given.items()}
    ) as server:

        def deliver(number: int, before: int) -> bool:
            asker = number % ASKERS
            event = direct(f"Question {number}", event_id=f"Ev{number}", ts=f"1.{number:06d}", user=f"U{asker}")
            event["event"]["channel"] = f"D{asker}"
            body = json.dumps(event)
            retry = {"X-Slack-Retry-Num": str(before), "X-Slack-Retry-Reason": "http_timeout"} if before else {}
            headers = {**signed(body), "Content-Type": "application/json", **retry}
            return _is_taken(
                lambda client: client.post(f"{server.origin}/webhooks/slack", content=body, headers=headers)
            )

        total = await asyncio.to_thread(_kill_while_delivering, server, deliver, database_url)
        answers = Counter(message["metadata"]["event_payload"]["post"] for message in slack.messages)
        per_asker = Counter(message["channel"] for message in slack.messages)
    await slack.shut()
    assert slack.wrong == []
    assert len(answers) == total and set(answers.values()) == {1}
    assert per_asker == Counter(f"D{number % ASKERS}" for number in range(total))


async def test_teams_loses_and_doubles_nothing(tmp_path: Path, database_url: str) -> None:
    with teams_standing_in() as teams:
        given = {
            "APP_ID": APP,
            "APP_SECRET": TEAMS_SECRET,
            "OPENID_URL": f"{teams.url}/openid",
            "LOGIN_URL": teams.url,
            "SERVICE_HOSTS": teams.url.removeprefix("http://"),
        }
        settings = {f"ASSISTANT_TEAMS_{name}": value for name, value in given.items()}
        with killed_server(tmp_path, database_url, **settings) as server:

            def deliver(number: int, before: int) -> bool:
                asker = number % ASKERS
                activity = teams.activity(
                    f"Question {number}",
                    id=f"{number}",
                    conversation={"id": f"a:{asker}", "conversationType": "personal", "tenantId": "the-tenant"},
                )
                headers = {"Authorization": f"Bearer {teams.token()}"}
                return _is_taken(
                    lambda client: client.post(f"{server.origin}/webhooks/teams", json=activity, headers=headers)
                )

            total = await asyncio.to_thread(_kill_while_delivering, server, deliver, database_url)
        shown = Counter(message.conversation for message in teams.messages.values() if not message.is_open)
        assert sum(shown.values()) == total
        assert shown == Counter(f"a:{number % ASKERS}" for number in range(total))


def _is_taken(send: Callable[[httpx.Client], httpx.Response]) -> bool:
    try:
        with httpx.Client(timeout=3) as client:
            return send(client).is_success
    except httpx.TransportError:
        return False  # the vendor would see the same, and deliver it again


def _kill_while_delivering(server: KilledServer, deliver: Callable[[int, int], bool], database_url: str) -> int:
    """Returns how many messages there were, once all are answered."""
    print(f"KILL_SEED={SEED}")
    deliveries = Deliveries(deliver)
    deliveries.begin()
    kill_often(server, KILLS, random.Random(SEED))
    total = deliveries.end()
    print(f"{total} messages, {deliveries.repeated} delivered again")
    assert deliveries.repeated > 0
    database = Database(database_url)
    try:
        _wait_until_drained(database)
        _check_log(database, total)
    finally:
        database.close()
    return total


def _wait_until_drained(database: Database) -> None:
    deadline = time.monotonic() + DRAIN_SECONDS
    while time.monotonic() < deadline:
        with database.read() as session:
            waiting = [
                session.scalar(select(func.count()).select_from(table).where(table.next_try_at.is_not(None)))
                for table in (InboxMessage, Post)
            ]
        if waiting == [0, 0]:
            return
        time.sleep(0.2)
    raise AssertionError(f"Still waiting, inbox and outbox: {waiting}")


def _check_log(database: Database, total: int) -> None:
    """One enquiry, one answer and one reply for each message; nothing was given up."""
    with database.read() as session:
        assert session.scalar(select(func.count(Enquiry.reference)).where(Enquiry.outcome.is_not(None))) == total
        assert session.scalar(select(func.count(Message.id)).where(Message.reply.is_not(None))) == total
        sent = select(func.count(Post.id)).where(Post.kind == PostKind.REPLY.value, Post.sent_at.is_not(None))
        assert session.scalar(sent) == total
        assert session.scalar(select(func.count(InboxMessage.id)).where(InboxMessage.is_given_up.is_(True))) == 0

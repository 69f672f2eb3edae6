"""The pages about Slack and Teams: linking the own account, and how the channels do."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.messaging.arrivals import hash_of
from assistant.messaging.lanes import give_up
from assistant.messaging.models import InboxMessage, LinkCode, Post, StaffIdentity
from assistant.messaging.outbox import note_sent
from assistant.staff.models import AuditEntry
from assistant.staff.roles import Role
from assistant.tokens import hash_token
from tests.support.staff import Desk

LINKS, CHANNELS = "/staff/account/channels", "/staff/channels"
CODE = re.compile(r"LINK(?:-[0-9A-Z]{4}){3}")


def link(database: Database, staff: int, user: str = "U1") -> str:
    with database.write() as session:
        identity = StaffIdentity(id=hash_of("slack", "T1", user), channel="slack", staff_id=staff)
        session.add(identity)
        return identity.id


class TestLinks:
    async def test_a_code_is_shown_once_and_its_hash_kept(self, reviewer: Desk, database: Database) -> None:
        assert "Nowhere yet" in (await reviewer.get(LINKS)).text
        page = (await reviewer.post(f"{LINKS}/code")).text
        [code] = set(CODE.findall(page))
        assert f'<code id="code">{code}</code>' in page
        with database.read() as session:
            kept = session.scalars(select(LinkCode)).one()
        assert (kept.code_hash, kept.staff_id) == (hash_token(code), reviewer.colleague.id)
        assert not CODE.search((await reviewer.get(LINKS)).text)

    async def test_a_link_is_listed_and_removed(self, reviewer: Desk, database: Database) -> None:
        identity = link(database, reviewer.colleague.id)
        assert "1 link" in (await reviewer.get("/staff/account")).text
        page = await reviewer.get(LINKS)
        assert identity in page.text and "Slack" in page.text
        page = await reviewer.post(f"{LINKS}/remove", link=identity)
        assert "Removed." in page.text and "Nowhere yet" in page.text
        with database.read() as session:
            entries = session.scalars(select(AuditEntry)).all()
        assert [(each.act, each.details) for each in entries] == [("unlinked", {"channel": "slack"})]

    @pytest.mark.parametrize("wanted", ["", "none-such", "\0"])
    async def test_what_is_no_link_is_said_to_be_none(self, reviewer: Desk, wanted: str) -> None:
        assert (await reviewer.post(f"{LINKS}/remove", link=wanted)).status_code == 404

    async def test_nobody_removes_anothers(
        self, reviewer: Desk, sign_in: Callable[..., Desk], database: Database
    ) -> None:
        identity = link(database, reviewer.colleague.id)
        admin = sign_in(Role.ADMIN)
        assert (await admin.post(f"{LINKS}/remove", link=identity)).status_code == 404
        assert identity not in (await admin.get(LINKS)).text
        assert identity in (await reviewer.get(LINKS)).text


class TestHealth:
    async def test_it_says_what_is_off(self, reviewer: Desk) -> None:
        page = (await reviewer.get(CHANNELS)).text
        assert page.count(">\n  Off\n") + page.count("Off<") >= 1 and "Messages wait" not in page
        assert "Slack" in page and "Microsoft Teams" in page

    async def test_it_says_what_waits_too_long_and_what_was_given_up(self, reviewer: Desk, database: Database) -> None:
        moment = now()
        with database.write() as session:
            session.add(InboxMessage(channel="slack", key="a", lane="l", created_at=moment - timedelta(minutes=6)))
            posts = [Post(channel="teams", key=key, lane="l", kind="reply") for key in "bc"]
            session.add_all(posts)
            session.flush()
            give_up(session, posts[0], "<b>403</b>")
            note_sent(session, posts[1], "m")
        page = (await reviewer.get(CHANNELS)).text
        assert "In Slack messages have waited for more than 5 minutes." in " ".join(page.split())
        assert "6 minutes ago" in page and "Too long" in page
        assert "&lt;b&gt;403&lt;/b&gt;" in page and "<b>403" not in page
        assert page.count("1 message") == 2

    async def test_metrics_say_it_too(self, reviewer: Desk, database: Database) -> None:
        with database.write() as session:
            session.add(InboxMessage(channel="slack", key="a", lane="l"))
        text = (await reviewer.client.get("/metrics")).text
        assert 'assistant_inbox{channel="slack",state="waiting"} 1.0' in text
        assert 'assistant_outbox{channel="teams",state="given_up"} 0.0' in text

from datetime import timedelta

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.engine.channel_checkup import find_faults, list_names
from assistant.messaging.models import InboxMessage, Post, PostKind
from assistant.settings import Settings


def test_it_says_which_channels_are_on() -> None:
    assert list_names(Settings()) == []
    assert list_names(Settings(teams_app_id=None, teams_playground=True)) == ["Microsoft Teams"]


def test_it_counts_what_waits_for_long_and_what_was_given_up(database: Database) -> None:
    with database.write() as session:
        for minutes in (4, 6):
            row = {"channel": "slack", "lane": "l", "created_at": now() - timedelta(minutes=minutes)}
            session.add(InboxMessage(key=f"{minutes}", **row))
            session.add(Post(key=f"{minutes}", kind=PostKind.NOTICE, is_given_up=minutes == 6, **row))
    with database.read() as session:
        assert find_faults(session, Settings(), now() - timedelta(hours=1)) == ["Messages to channels given up: 1."]
        assert find_faults(session, Settings(), now()) == [
            "Messages that have waited for an answer for five minutes or more: 1.",
            "Messages to channels that have waited as long: 1.",
            "Messages to channels given up: 1.",
        ]

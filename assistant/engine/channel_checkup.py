"""What `assistant doctor` says of Slack and Teams. Nothing is asked of either: their settings and our tables tell."""

from datetime import datetime

from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.engine.findings import Finding, State
from assistant.messaging.backlog import count_backlog
from assistant.messaging.models import InboxMessage, Post
from assistant.settings import Settings


def look_at_channels(settings: Settings) -> Finding:
    database = Database(settings.database_url)
    try:
        with database.read() as session:
            faults = find_faults(session, now())
    finally:
        database.close()
    found = f"On: {' and '.join(channels_on(settings)) or 'neither Slack nor Microsoft Teams'}."
    if faults:
        advice = "See that the server runs with the channel's settings, and the server's log for why."
        return Finding("channels", State.WARNING, " ".join([found, *faults]), advice)
    return Finding("channels", State.OK, found)


def channels_on(settings: Settings) -> list[str]:
    """The channels that the settings switch on, as people call them."""
    is_on = {
        "Slack": settings.slack_signing_secret is not None or settings.slack_app_token is not None,
        "Microsoft Teams": settings.teams_app_id is not None or settings.teams_playground,
    }
    return [name for name, on in is_on.items() if on]


def find_faults(session: Session, moment: datetime) -> list[str]:
    """What went wrong between channels and the desk, in sentences; nothing where all is well."""
    came, goes = count_backlog(session, InboxMessage, moment), count_backlog(session, Post, moment)
    counts = {
        "Messages that have waited for an answer for five minutes or more": came.late,
        "Messages to channels that have waited as long": goes.late,
        "Messages given up": came.given_up,
        "Messages to channels given up": goes.given_up,
    }
    return [f"{words}: {count}." for words, count in counts.items() if count]

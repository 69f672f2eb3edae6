"""What `assistant doctor` says of Slack and Teams. Nothing is asked of either: their settings and our tables tell."""

from datetime import datetime

from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.engine.findings import Finding, State
from assistant.messaging.health import read_channels
from assistant.messaging.switched_on import channels_on
from assistant.review.queue import CHANNELS
from assistant.settings import Settings


def look_at_channels(settings: Settings) -> Finding:
    database = Database(settings.database_url)
    try:
        with database.read() as session:
            faults = find_faults(session, settings, now())
    finally:
        database.close()
    found = f"On: {' and '.join(list_names(settings)) or 'neither Slack nor Microsoft Teams'}."
    if faults:
        advice = "See that the server runs with the channel's settings, and the server's log for why."
        return Finding("channels", State.WARNING, " ".join([found, *faults]), advice)
    return Finding("channels", State.OK, found)


def list_names(settings: Settings) -> list[str]:
    """The channels that the settings switch on, as people call them."""
    return [CHANNELS[channel] for channel in channels_on(settings)]


def find_faults(session: Session, settings: Settings, moment: datetime) -> list[str]:
    """What went wrong between channels and the desk, in sentences; nothing where all is well."""
    channels = read_channels(session, settings, moment)
    counts = {
        "Messages that have waited for an answer for five minutes or more": [each.inbox.late for each in channels],
        "Messages to channels that have waited as long": [each.outbox.late for each in channels],
        "Messages given up": [each.inbox.given_up for each in channels],
        "Messages to channels given up": [each.outbox.given_up for each in channels],
    }
    return [f"{words}: {sum(numbers)}." for words, numbers in counts.items() if any(numbers)]

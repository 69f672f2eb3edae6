"""Which channels the settings switch on, and where in them staff review the queue."""

from collections.abc import Iterator

from assistant.messaging.arrivals import hash_of
from assistant.messaging.models import ChannelName
from assistant.messaging.outbox import Letterhead
from assistant.settings import Settings


def channels_on(settings: Settings) -> list[str]:
    """The names of the channels that are on."""
    is_on = {
        ChannelName.SLACK: settings.slack_signing_secret is not None or settings.slack_app_token is not None,
        ChannelName.TEAMS: settings.teams_app_id is not None or settings.teams_playground,
    }
    return [channel.value for channel, on in is_on.items() if on]


def review_channels(settings: Settings) -> list[Letterhead]:
    """Where posts for whoever reviews go: one place in each channel that is on and has one."""
    on = channels_on(settings)
    return [head for head in _review_channels(settings) if head.channel in on]


def _review_channels(settings: Settings) -> Iterator[Letterhead]:
    if settings.slack_review_channel:
        team, _, channel = settings.slack_review_channel.rpartition("/")
        address = {"team": team, "enterprise": "", "channel": channel, "thread": "", "user": ""}
        yield _head(ChannelName.SLACK, settings.slack_review_channel, address)
    if settings.teams_review_channel:
        address = {
            "service_url": f"https://{settings.teams_service_hosts[0]}/teams/",
            "conversation": settings.teams_review_channel,
            "tenant": settings.teams_tenant_id or "",
            "user": "",
            "bot": settings.teams_app_id or "",
            "is_personal": "",
            "reply_to": "",
        }
        yield _head(ChannelName.TEAMS, settings.teams_review_channel, address)


def _head(channel: ChannelName, place: str, address: dict[str, str]) -> Letterhead:
    return Letterhead(channel.value, hash_of(channel.value, "review", place), address)

"""Posts to Teams, for tests of its courier."""

from datetime import UTC, datetime
from typing import Any

from assistant.messaging.models import PostKind
from assistant.messaging.outbox import OpenPost
from tests.support.teams_stand_in import TENANT, TeamsStandIn

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

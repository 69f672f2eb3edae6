"""Load the month into a database that holds nothing of anybody's."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.demo.acts import Acts
from assistant.demo.colleagues import add_colleagues
from assistant.demo.deciding import Deciding
from assistant.demo.editing import edit
from assistant.demo.errors import NotForDemoError
from assistant.demo.grouping import Encode
from assistant.demo.month import DAYS, working_moment
from assistant.demo.replies import Replies
from assistant.demo.script import Script
from assistant.demo.visits import Visit, make_visits
from assistant.demo.writing import MARK, Writer
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.engine import TurnReply
from assistant.enquiries.models import Conversation
from assistant.settings import Settings
from assistant.staff.audit import Act
from assistant.staff.models import Staff
from assistant.staff.roles import Role

ENQUIRIES = 900
SEED = 1
Track = Callable[[Sequence[Visit]], Iterator[Visit]]
"""Hands the visits on, and shows how far it got."""


class Held(StrEnum):
    """Whose a database is."""

    NOTHING = "nothing"
    """Nobody's yet."""
    DEMO = "demo"
    """The demonstration's."""
    REAL = "real"
    """Somebody's own: real conversations or staff."""


@dataclass(frozen=True)
class Tools:
    """What loading needs of the rest.

    `redact` takes out of a text what is personal, `encode` gives its vector, `model` is the name of the model that is
    said to have answered, `told` what the engine made of redacted texts where it was asked.
    """

    settings: Settings
    cipher: Cipher
    redact: Callable[[str], str]
    encode: Encode
    model: str
    told: Mapping[str, TurnReply]
    track: Track = iter


def find_held(session: Session) -> Held:
    """Whose the database is. One demonstration's conversation makes it a demonstration's."""
    if session.scalar(select(Conversation.id).where(Conversation.id.startswith(MARK)).limit(1)):
        return Held.DEMO
    is_used = session.scalar(select(Conversation.id).limit(1)) or session.scalar(select(Staff.id).limit(1))
    return Held.REAL if is_used else Held.NOTHING


def load_demo(
    session: Session, script: Script, tools: Tools, moment: datetime, *, seed: int = SEED, enquiries: int = ENQUIRIES
) -> int:
    """Write about so many invented enquiries of the month before `moment`, and what staff did; returns how many.

    Texts, times, outcomes, numbers and references are the same for the same seed and moment. Raises NotForDemoError
    unless the database is empty but for the catalogue.
    """
    if find_held(session) is not Held.NOTHING:
        raise NotForDemoError("This database is in use already, so no invented enquiries are put into it.")
    random, acts = Random(seed), Acts()
    visits = make_visits(random, script.asks, script.askers, moment, enquiries)
    replies = Replies(session, tools.settings, tools.told)
    writer = Writer(session, replies, tools.settings, tools.cipher, tools.redact, tools.model, random)
    written = sum(writer.write(visit) for visit in tools.track(visits))
    staff = add_colleagues(session, script.story.staff, acts, moment - timedelta(days=DAYS))
    deciding = Deciding(session, staff, writer.queued, tools.encode, tools.cipher, acts, random, moment)
    deciding.work_through(script.story)
    edit(session, script.story, staff, acts, random, moment)
    _come_and_go(session, staff, acts, random, moment)
    acts.write(session)
    return written


def _come_and_go(session: Session, staff: Mapping[Role, int], acts: Acts, random: Random, moment: datetime) -> None:
    """On working days staff sign in and look for something."""
    for days_ago in range(DAYS - 1, 0, -1):
        at = working_moment(random, moment, days_ago)
        if (moment - timedelta(days=days_ago)).date() != at.date():
            continue  # a weekend
        who = staff[random.choice((Role.REVIEWER, Role.REVIEWER, Role.EDITOR))]
        acts.add(at, Act.SIGNED_IN, who, f"staff:{who}")
        acts.add(at + timedelta(minutes=4), Act.SEARCHED, who, "queue", found=random.randrange(1, 30))
        session.get_one(Staff, who).signed_in_at = at

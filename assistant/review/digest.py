"""Whether the queue needs somebody, as counts. Once a weekday, whichever of several servers comes first."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.catalogue.models import Contact
from assistant.catalogue.reminders import count_due
from assistant.catalogue.signposts import SignpostState, in_force, read_signposts
from assistant.db.base import LONDON
from assistant.db.locks import Lock, wait_for_turn
from assistant.enquiries.models import FollowUp, FollowUpState, Group, GroupState
from assistant.enquiries.outbox import count_letters
from assistant.registry.models import Run, RunOutcome
from assistant.registry.promotions import find_live
from assistant.review.models import Digest
from assistant.review.weeks import day_of

WAITING = timedelta(days=7)  # after which somebody who left a question has waited long
SATURDAY, MONDAY = 5, 0


@dataclass(frozen=True)
class Counts:
    """What there is to do; `new` since the digest before."""

    new: int = 0
    waiting: int = 0
    failed_letters: int = 0
    signposts: int = 0
    contacts: int = 0
    candidates: int = 0
    failed_runs: int = 0

    def needs_somebody(self, before: "Counts", day: date) -> bool:
        """Whether to tell staff: of new questions and of people who wait each time, of the rest when it got more.

        On Mondays of everything.
        """
        rest = ("failed_letters", "signposts", "contacts", "candidates", "failed_runs")
        is_more = any(getattr(self, name) > getattr(before, name) for name in rest)
        return self.new + self.waiting > 0 or is_more or (day.weekday() == MONDAY and self != Counts())

    @property
    def lines(self) -> list[str]:
        """One for each kind of which there is any."""
        told = {
            "new question to look at": self.new,
            f"person waiting for an answer for more than {WAITING.days} days": self.waiting,
            "letter that could not be sent": self.failed_letters,
            "signpost to be confirmed": self.signposts,
            "contact to be confirmed": self.contacts,
            "model that was trained at night and waits to go live": self.candidates,
            "training at night that failed": self.failed_runs,
        }
        return [f"{count:,} {words if count == 1 else _several(words)}" for words, count in told.items() if count]


def count_work(session: Session, moment: datetime, catalogue: Path) -> Counts:
    """What there is to do now. Raises SignpostFileError."""
    since = session.scalar(select(func.max(Digest.sent_at)))
    new = select(func.count()).where(Group.state == GroupState.OPEN.value)
    waiting = select(func.count()).where(
        FollowUp.state == FollowUpState.OPEN.value, FollowUp.consent_at <= moment - WAITING
    )
    today = day_of(moment)
    signposts = in_force(session, read_signposts(catalogue))
    return Counts(
        new=session.scalar(new if since is None else new.where(Group.first_at > since)) or 0,
        waiting=session.scalar(waiting) or 0,
        failed_letters=count_letters(session)["failed"],
        signposts=sum(post.state(today) is not SignpostState.CONFIRMED for post in signposts),
        contacts=count_due(session, Contact, today),
        candidates=_count_nights(session, RunOutcome.DONE),
        failed_runs=_count_nights(session, RunOutcome.FAILED),
    )


def _count_nights(session: Session, outcome: RunOutcome) -> int:
    """Trainings at night that ended so, since the live model went live."""
    live = find_live(session)
    nights = select(func.count()).where(Run.is_nightly, Run.outcome == outcome.value)
    if live is not None:
        nights = nights.where(Run.finished_at > live.at, Run.model_id.is_distinct_from(live.model_id))
    return session.scalar(nights) or 0


def note_digest(session: Session, moment: datetime, catalogue: Path) -> tuple[Counts, bool]:
    """Write down the digest of this moment, so that nobody else sends it; returns it, and whether it needs sending.

    Commit before sending it. Raises SignpostFileError.
    """
    before = _last_counts(session)
    counts = count_work(session, moment, catalogue)
    session.add(Digest(sent_at=moment, counts=asdict(counts)))
    return counts, counts.needs_somebody(before, day_of(moment))


def is_due(session: Session, moment: datetime, hour: int) -> bool:
    """Whether today's digest is still to be sent, from this hour in London; nobody else can send it meanwhile."""
    local = moment.astimezone(LONDON)
    if local.weekday() >= SATURDAY or local.hour < hour:
        return False
    wait_for_turn(session, Lock.DIGEST)
    last = session.scalar(select(func.max(Digest.sent_at)))
    return last is None or day_of(last) < local.date()


def _last_counts(session: Session) -> Counts:
    last = session.scalar(select(Digest.counts).order_by(Digest.sent_at.desc()).limit(1))
    return Counts(**last) if last else Counts()


def _several(words: str) -> str:
    noun, _, rest = words.partition(" ")
    if noun == "new":
        return words.replace("question", "questions")
    if noun == "model":
        return "models that were trained at night and wait to go live"
    return f"{'people' if noun == 'person' else noun + 's'} {rest}"

"""Have the live model judge the queue: what it suggests for each group, and which groups it needs nobody for any more.

A group closes by itself when the model now answers its question, has not been asked it before, and nobody waits for a
person. Where an asker found an answer not useful, or waits for one in writing, it stays and only has the suggestion.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.engine import Engine, TurnFailedError, Understanding
from assistant.enquiries.grouping import is_waiting
from assistant.enquiries.models import MODEL_LENGTH, Enquiry, Group, GroupKind, GroupState, QueuedEnquiry
from assistant.enquiries.queueing import UNCERTAIN_BELOW
from assistant.errors import detail_of
from assistant.review.meanings import list_titles, title_of
from assistant.review.models import Decision, DecisionKind

logger = logging.getLogger(__name__)

BATCH = 50
# What another process judged by another model meanwhile is looked for that often; new groups at each round.
LOOK_AT_ALL = timedelta(hours=1)
IN_QUEUE = (GroupState.OPEN.value, GroupState.WAITING.value)


class Rereader:
    """Goes the rounds after the sorter. Two at once do the same work twice, and no harm."""

    def __init__(self, database: Database, live: Callable[[], Engine], clock: Callable[[], datetime] = now) -> None:
        """`live` gives the engine that answers at the time."""
        self._database = database
        self._live = live
        self._clock = clock
        self._all_judged_by = ""
        self._looked_at = clock()

    async def go_round(self) -> None:
        """Judge every group in the queue that the live model has not. Never raises; faults are logged by name."""
        try:
            while await self._judge_some():
                pass
        except Exception as error:
            logger.error("Groups wait to be judged: %s", detail_of(error))

    async def _judge_some(self) -> bool:
        engine = self._live()
        model = engine.model[:MODEL_LENGTH]
        is_late = self._clock() - self._looked_at >= LOOK_AT_ALL
        looks_at_all = is_late or self._all_judged_by != model
        to_judge = await asyncio.to_thread(self._find, model if looks_at_all else None)
        for number, words in to_judge:
            understood = await _understand(engine, words)
            await asyncio.to_thread(self._keep, number, understood, model)
        if looks_at_all and not to_judge:
            self._all_judged_by, self._looked_at = model, self._clock()
        return bool(to_judge)

    def _find(self, model: str | None) -> Sequence[tuple[int, str | None]]:
        """Some groups that no model has judged, or that this one has not, with their leaders' words."""
        is_due: ColumnElement[bool] = Group.judged_by.is_(None)
        if model is not None:
            is_due = or_(is_due, Group.judged_by != model)
        due = (
            select(Group.id, Enquiry.text)
            .outerjoin(Enquiry, Enquiry.reference == Group.leader)
            .where(is_due, Group.state.in_(IN_QUEUE), Group.kind == GroupKind.QUESTION.value)
            .limit(BATCH)
        )
        with self._database.read() as session:
            return [(number, words) for number, words in session.execute(due)]

    def _keep(self, number: int, understood: Understanding | None, model: str) -> None:
        with self._database.write() as session:
            group = session.get(Group, number, with_for_update=True)
            if group is None:
                return
            group.judged_by = model
            group.label = understood.label if understood else None
            group.confidence = understood.confidence if understood else None
            group.others = list(understood.others) if understood else None
            if understood is not None and self._is_known(session, group, understood, model):
                _close_as_known(session, group, self._clock())

    def _is_known(self, session: Session, group: Group, understood: Understanding, model: str) -> bool:
        if not understood.is_answered or understood.confidence < UNCERTAIN_BELOW or group.state != GroupState.OPEN:
            return False
        return not group.not_useful and not _needs_somebody(session, group.id, model)


async def _understand(engine: Engine, words: str | None) -> Understanding | None:
    """What the model makes of a leader's words; None where none are kept, or it fails on them."""
    if words is None:
        return None
    try:
        return await engine.understand(words)
    except TurnFailedError as error:
        logger.warning("A group is left without a suggestion: %s", error)
        return None


def _needs_somebody(session: Session, number: int, model: str) -> bool:
    """Whether an asker of the group waits for a person, or asked this very model, which did not settle it."""
    needs = exists().where(
        QueuedEnquiry.group_id == number,
        Enquiry.reference == QueuedEnquiry.reference,
        or_(Enquiry.model == model, is_waiting()),
    )
    return bool(session.scalar(select(needs)))


def _close_as_known(session: Session, group: Group, moment: datetime) -> None:
    group.state, group.closed_as, group.closed_at = GroupState.CLOSED.value, DecisionKind.KNOWN.value, moment
    group.version += 1
    note = f"Now answered with “{title_of(group.label or '', list_titles(session))}”."
    session.add(Decision(group_id=group.id, kind=DecisionKind.KNOWN.value, label=group.label, note=note, at=moment))

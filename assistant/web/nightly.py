"""Asks for a training at night, where the operator wants that, when there is something new to learn."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.db.base import LONDON, now
from assistant.db.engine import Database
from assistant.learning.ingredients import fingerprint
from assistant.registry.errors import RunInProgressError
from assistant.registry.models import Run, RunKind, TrainedModel
from assistant.registry.runs import ask_for_run
from assistant.settings import NightlyTraining, Settings


class NightlyRun:
    """Looks whether tonight's training is due; of several servers the first asks for it."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime] = now) -> None:
        self._settings = settings
        self._clock = clock

    def look(self, database: Database) -> Run | None:
        """Ask for a training, once a night and only for what no model was trained on yet."""
        if self._settings.nightly_training is NightlyTraining.OFF:
            return None
        begins = self._last_hour()
        with database.read() as session:
            if not self._is_due(session, begins):
                return None
        with database.write() as session:
            try:
                run = ask_for_run(session, RunKind.TRAIN, None, is_nightly=True)
            except RunInProgressError:
                return None  # it is looked again in ten minutes
            return run

    def _last_hour(self) -> datetime:
        """When tonight's training became due, or last night's while tonight's is not."""
        moment = self._clock().astimezone(LONDON)
        # The first of two hours of that name, when the clocks go back.
        due = moment.replace(hour=self._settings.nightly_hour, minute=0, second=0, microsecond=0, fold=0)
        return due if due <= moment else due - timedelta(days=1)

    def _is_due(self, session: Session, begins: datetime) -> bool:
        last = select(Run.id).where(Run.is_nightly, Run.asked_at >= begins).limit(1)
        if session.scalars(last).first() is not None:
            return False
        newest = select(TrainedModel.fingerprint).order_by(TrainedModel.id.desc()).limit(1)
        return session.scalars(newest).first() != fingerprint(session, self._settings)

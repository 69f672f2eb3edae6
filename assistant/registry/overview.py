"""The models as a page shows them: what became of each, when each was live, and the last runs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.db.base import UTCDateTime
from assistant.registry.models import Judgement, Promotion, Run, RunKind, TrainedModel
from assistant.registry.promotions import find_live

PAGE = 20  # of models, periods or runs


class State(StrEnum):
    """What a model is at present."""

    LIVE = "live"
    """It answers."""
    WAS_LIVE = "was_live"
    """It answered before, and can be rolled back to."""
    CANDIDATE = "candidate"
    """It may go live: judged no worse than the live one, or there is none."""
    WORSE = "worse"
    """It was judged worse than the live one beyond noise."""
    NOT_JUDGED = "not_judged"
    """It was not judged against the model that is live now."""


GATED = frozenset({State.WORSE, State.NOT_JUDGED})
"""A model of these goes live only with a reason."""


@dataclass(frozen=True)
class Standing:
    """A model with its newest judgement: that against the live model, else one against another."""

    model: TrainedModel
    state: State
    judgement: Judgement | None

    @property
    def is_gated(self) -> bool:
        """Whether it goes live only with a reason."""
        return self.state in GATED


@dataclass(frozen=True)
class Period:
    """From a promotion to the next one; `until` is None while it lasts."""

    promotion: Promotion
    until: datetime | None


def count_pages(session: Session, table: type[TrainedModel | Promotion | Run]) -> int:
    """How many pages its rows take, one where there is none."""
    count = session.scalar(select(func.count()).select_from(table)) or 0
    return max(1, -(-count // PAGE))


def list_standings(session: Session, page: int = 1) -> list[Standing]:
    """A page of the models, newest first."""
    newest = select(TrainedModel).order_by(TrainedModel.id.desc())
    return stand(session, session.scalars(newest.limit(PAGE).offset((page - 1) * PAGE)).all())


def stand(session: Session, models: Sequence[TrainedModel]) -> list[Standing]:
    """What these models are at present."""
    live, numbers = find_live(session), [model.id for model in models]
    live_id = live.model_id if live else None
    were_live = set(session.scalars(select(Promotion.model_id).where(Promotion.model_id.in_(numbers))))
    # The last one of a candidate counts: the newest against the live model, else the newest of all.
    query = select(Judgement).where(Judgement.candidate_id.in_(numbers))
    in_order = query.order_by(Judgement.against_id == live_id, Judgement.id) if live else query.order_by(Judgement.id)
    judgements = {judgement.candidate_id: judgement for judgement in session.scalars(in_order)}
    return [
        Standing(
            model, _state(model.id, live_id, model.id in were_live, judgements.get(model.id)), judgements.get(model.id)
        )
        for model in models
    ]


def list_periods(session: Session, model_id: int | None = None, page: int = 1, limit: int = PAGE) -> list[Period]:
    """A page of the periods in which some model was live, newest first; of one model, or of all."""
    following = func.lead(Promotion.at, type_=UTCDateTime()).over(order_by=Promotion.id).label("until")
    ends = select(Promotion.id, following).subquery()
    query = select(Promotion, ends.c.until).join(ends, ends.c.id == Promotion.id).order_by(Promotion.id.desc())
    if model_id is not None:
        query = query.where(Promotion.model_id == model_id)
    rows = session.execute(query.limit(limit).offset((page - 1) * limit))
    return [Period(promotion, until) for promotion, until in rows]


def list_runs(session: Session, page: int = 1, limit: int = PAGE) -> Sequence[Run]:
    """A page of the runs that ended, newest first."""
    ended = select(Run).where(Run.finished_at.is_not(None)).order_by(Run.id.desc())
    return session.scalars(ended.limit(limit).offset((page - 1) * limit)).all()


def find_training(session: Session, model_id: int) -> Run | None:
    """The run that made the model, unless that came from elsewhere."""
    made = select(Run).where(Run.model_id == model_id, Run.kind == RunKind.TRAIN.value)
    return session.scalars(made.order_by(Run.id).limit(1)).first()


def number_models(session: Session, names: Iterable[str]) -> dict[str, int]:
    """The numbers of those models among these names that are registered."""
    rows = session.execute(select(TrainedModel.name, TrainedModel.id).where(TrainedModel.name.in_(set(names))))
    return {name: number for name, number in rows}


def name_models(session: Session, numbers: Iterable[int | None]) -> dict[int, str]:
    """The names of the models of these numbers."""
    wanted = {number for number in numbers if number is not None}
    rows = session.execute(select(TrainedModel.id, TrainedModel.name).where(TrainedModel.id.in_(wanted)))
    return {number: name for number, name in rows}


def _state(model_id: int, live_id: int | None, was_live: bool, judgement: Judgement | None) -> State:
    if model_id == live_id:
        return State.LIVE
    if was_live:
        return State.WAS_LIVE
    if live_id is None:
        return State.CANDIDATE
    if judgement is None or judgement.against_id != live_id:
        return State.NOT_JUDGED
    return State.WORSE if judgement.is_worse else State.CANDIDATE

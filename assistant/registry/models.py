"""The tables of models: each archive, when it was live, the runs that train and judge, and what judging found."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assistant.db.base import Base, UTCDateTime, now
from assistant.staff.models import HASH_LENGTH, Staff

MODEL_LENGTH = 100  # as in the log of enquiries, which says of each which model answered it


class TrainedModel(Base):
    """An archive in the store. `name` is that of its file; `sha256` is of its bytes, and what differs is not loaded.

    `fingerprint` is the same for models that were trained on the same, `parameters` says on what, `seconds` how long
    that took.
    """

    __tablename__ = "trained_models"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(MODEL_LENGTH), unique=True)
    sha256: Mapped[str] = mapped_column(String(HASH_LENGTH))
    size: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(HASH_LENGTH))
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    seconds: Mapped[float]
    trained_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey(Staff.id, ondelete="SET NULL"))


class PromotionKind(StrEnum):
    """Why a model went live."""

    FIRST = "first"
    """There was none before."""
    PROMOTED = "promoted"
    """It was judged, and put in the place of the one before."""
    ROLLED_BACK = "rolled_back"
    """It had been live before."""


class Promotion(Base):
    """A model went live. Rows are only added: the newest names the live model, and each ends what the one before began.

    `follows` is the number of the promotion before, 0 for the first, so that of two at the same moment one is refused.
    Nobody's name stands here when the server did it by itself.
    """

    __tablename__ = "promotions"

    id: Mapped[int] = mapped_column(primary_key=True)
    follows: Mapped[int] = mapped_column(unique=True)
    model_id: Mapped[int] = mapped_column(ForeignKey(TrainedModel.id), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey(Staff.id, ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(Text, default="")

    model: Mapped[TrainedModel] = relationship(lazy="joined", innerjoin=True)


class RunKind(StrEnum):
    """What a run does."""

    TRAIN = "train"
    """Train a candidate, and judge it against the live model."""
    JUDGE = "judge"
    """Judge a model that there is against the live one."""


class RunOutcome(StrEnum):
    """How a run ended."""

    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Run(Base):
    """A training or judging: asked for, claimed by a process, which says now and then that it is alive and how far.

    `stage` is in words, `done` from 0 to 1. `cancel_at` is set by whoever wants it to end. `findings` is what the check
    of the labels pointed out before training, `model_id` the model that was made, or is judged.
    """

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey(Staff.id, ondelete="SET NULL"))
    is_nightly: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    started_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    cancel_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    stage: Mapped[str] = mapped_column(String(100), default="")
    done: Mapped[float] = mapped_column(default=0.0)
    outcome: Mapped[str | None] = mapped_column(String(20))
    error: Mapped[str | None] = mapped_column(Text)
    findings: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    model_id: Mapped[int | None] = mapped_column(ForeignKey(TrainedModel.id))


class Judgement(Base):
    """A candidate and another model, asked the same. `is_worse` when it is that beyond noise on a guarded measure.

    `result` holds the measures and what got better and worse (assistant/learning/judging.py). What members asked is
    named by reference, never in their words.
    """

    __tablename__ = "judgements"

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey(TrainedModel.id), index=True)
    against_id: Mapped[int] = mapped_column(ForeignKey(TrainedModel.id))
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    seconds: Mapped[float]
    is_worse: Mapped[bool]
    result: Mapped[dict[str, Any]] = mapped_column(JSON)

"""Effects that were asked for: who works one out claims it, and whoever finds a claim grown stale takes it up again."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session

from assistant.catalogue.models import Example
from assistant.db.base import now
from assistant.review.errors import ChangedMeanwhileError, DecisionRefusedError, EffectNotFoundError
from assistant.review.examples import approve, hash_examples, list_proposed
from assistant.review.models import Effect
from assistant.staff.audit import Act, record

LONGEST = timedelta(minutes=8)  # one takes a minute or two
STALE = timedelta(minutes=10)  # after which whoever worked on it is gone


def ask_for_effect(session: Session, ids: Collection[int], staff_id: int) -> Effect:
    """Have it worked out what these examples would change. Raises DecisionRefusedError when none is proposed."""
    proposed = list_proposed(session, ids)
    if not proposed:
        raise DecisionRefusedError("Tick at least one proposed example.")
    examples = [example.id for example in proposed]
    effect = Effect(staff_id=staff_id, examples=examples, covers=hash_examples(session, proposed))
    session.add(effect)
    session.flush()
    record(session, Act.VIEWED, staff_id, f"effect:{effect.id}", {"examples": examples})
    return effect


def get_effect(session: Session, effect_id: int) -> Effect:
    """The effect. Raises EffectNotFoundError."""
    effect = session.get(Effect, effect_id)
    if effect is None:
        raise EffectNotFoundError
    return effect


def is_effect_free(session: Session, moment: datetime) -> bool:
    """Whether an effect waits for somebody to work it out."""
    return session.scalars(_free(moment)).first() is not None


def claim_effect(session: Session, moment: datetime) -> Effect | None:
    """The effect that has waited longest, now claimed, or None. Commit before working on it."""
    effect = session.scalars(_free(moment).with_for_update(skip_locked=True)).first()
    if effect is not None:
        effect.started_at = moment
    return effect


def release_effect(session: Session, effect_id: int) -> None:
    """Give a claim back, so that the next process takes it up at once."""
    unfinished = update(Effect).where(Effect.id == effect_id, Effect.finished_at.is_(None))
    session.execute(unfinished.values(started_at=None))


def finish_effect(session: Session, effect_id: int, result: dict[str, Any] | None, error: str | None = None) -> None:
    """Keep what came of it, unless that is known already."""
    unfinished = update(Effect).where(Effect.id == effect_id, Effect.finished_at.is_(None))
    session.execute(unfinished.values(finished_at=now(), result=result, error=error))


def covered_examples(session: Session, effect: Effect) -> list[Example]:
    """The examples that the effect is about. Raises ChangedMeanwhileError when they, or those approved, changed."""
    proposed = list_proposed(session, effect.examples)
    if len(proposed) != len(effect.examples) or hash_examples(session, proposed) != effect.covers:
        raise ChangedMeanwhileError("Examples were edited, withdrawn or approved meanwhile. See the effect again.")
    return proposed


def approve_with_effect(session: Session, effect_id: int, staff_id: int) -> int:
    """Approve exactly the examples whose effect was seen; returns how many.

    Raises EffectNotFoundError, DecisionRefusedError before the effect is known, ChangedMeanwhileError.
    """
    effect = get_effect(session, effect_id)
    if effect.result is None:
        raise DecisionRefusedError("What these examples would change is not known yet.")
    return approve(session, covered_examples(session, effect), staff_id)


def _free(moment: datetime) -> Select[tuple[Effect]]:
    is_free = or_(Effect.started_at.is_(None), Effect.started_at <= moment - STALE)
    return select(Effect).where(Effect.finished_at.is_(None), is_free).order_by(Effect.id).limit(1)

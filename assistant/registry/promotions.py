"""Which model is live: registering archives, promoting one, rolling back to an earlier one."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.db.locks import Lock, wait_for_turn
from assistant.registry.errors import (
    DamagedModelError,
    ModelNotFoundError,
    NoModelError,
    PromotionRefusedError,
    ReasonNeededError,
)
from assistant.registry.models import Judgement, Promotion, PromotionKind, TrainedModel
from assistant.registry.store import Manifest, Store
from assistant.staff.audit import Act, record

ENDING = ".tar.gz"
OUTDATED = "The model before was trained by another release."
CHANGED_MEANWHILE = "Another model went live meanwhile. Look at the models again."


def register(session: Session, manifest: Manifest, staff_id: int | None = None) -> TrainedModel:
    """Note an archive that was put into the store."""
    model = TrainedModel(**manifest.model_dump(), staff_id=staff_id)
    session.add(model)
    session.flush()
    return model


def get_model(session: Session, name: str) -> TrainedModel:
    """The model of this name, with or without its ending. Raises ModelNotFoundError."""
    whole = name.removesuffix(ENDING) + ENDING
    model = session.scalars(select(TrainedModel).where(TrainedModel.name == whole)).first()
    if model is None:
        raise ModelNotFoundError(name)
    return model


def list_models(session: Session) -> Sequence[TrainedModel]:
    """All, newest first."""
    return session.scalars(select(TrainedModel).order_by(TrainedModel.id.desc())).all()


def find_live(session: Session) -> Promotion | None:
    """The newest promotion, whose model is live; None before the first."""
    return session.scalars(select(Promotion).order_by(Promotion.id.desc()).limit(1)).first()


def list_promotions(session: Session) -> Sequence[Promotion]:
    """All, newest first: each was live from its time to that of the one before it in this list."""
    return session.scalars(select(Promotion).order_by(Promotion.id.desc())).all()


def find_judgement(session: Session, candidate_id: int, against_id: int) -> Judgement | None:
    """The newest judgement of a candidate against another model."""
    newest = select(Judgement).where(Judgement.candidate_id == candidate_id, Judgement.against_id == against_id)
    return session.scalars(newest.order_by(Judgement.id.desc()).limit(1)).first()


def promote(
    session: Session, model: TrainedModel, staff_id: int | None, reason: str = "", *, seen: int | None = None
) -> Promotion:
    """Put a model live. One that was live before is rolled back to, which needs no judging.

    `seen` is the number of the promotion that whoever decided saw as the newest, if they saw one. Raises
    ReasonNeededError when the model is worse than the live one beyond noise, or was never judged against it, and no
    named person gives a reason; PromotionRefusedError when it is live already, or another went live meanwhile.
    """
    live = find_live(session)
    if seen is not None and (live is None or live.id != seen):
        raise PromotionRefusedError(CHANGED_MEANWHILE)
    if live is None:
        return _add(session, 0, model, PromotionKind.FIRST, staff_id, reason)
    if live.model_id == model.id:
        raise PromotionRefusedError(f"The model {model.name} is live already.")
    was_live = session.scalars(select(Promotion.id).where(Promotion.model_id == model.id)).first() is not None
    if not was_live and not (reason.strip() and staff_id is not None):
        _demand_good_judgement(session, model, live.model)
    kind = PromotionKind.ROLLED_BACK if was_live else PromotionKind.PROMOTED
    return _add(session, live.id, model, kind, staff_id, reason)


def replace_outdated(session: Session, model: TrainedModel, staff_id: int | None) -> Promotion:
    """Put a model that was just trained live in the place of one that this release cannot open."""
    live = find_live(session)
    follows = live.id if live else 0
    return _add(session, follows, model, PromotionKind.PROMOTED, staff_id, OUTDATED)


def _demand_good_judgement(session: Session, model: TrainedModel, live: TrainedModel) -> None:
    judgement = find_judgement(session, model.id, live.id)
    if judgement is None:
        raise ReasonNeededError(f"{model.name} was not judged against the live model. Judge it, or give a reason.")
    if judgement.is_worse:
        raise ReasonNeededError(f"{model.name} is worse than the live model. It goes live only with a written reason.")


def _add(
    session: Session, follows: int, model: TrainedModel, kind: PromotionKind, staff_id: int | None, reason: str
) -> Promotion:
    promotion = Promotion(follows=follows, model=model, kind=kind.value, staff_id=staff_id, reason=reason.strip())
    session.add(promotion)
    try:
        session.flush()
    except IntegrityError:
        raise PromotionRefusedError(CHANGED_MEANWHILE) from None
    record(session, Act.PUBLISHED, staff_id, f"model:{model.id}", {"kind": kind.value, "name": model.name})
    return promotion


def fetch_live(session: Session, store: Store) -> Path:
    """The live model's archive, verified. Where none is live yet, the newest whole archive of the store goes live.

    Raises NoModelError, DamagedModelError, StoreError. The transaction has to be one that writes.
    """
    live = find_live(session)
    if live is None:
        live = _begin(session, store)
    return store.fetch(live.model.name, live.model.sha256)


def _begin(session: Session, store: Store) -> Promotion:
    """Put the newest whole archive live, unless another process was quicker."""
    manifest = _find_newest_whole(session, store)
    # After fetching, which may take long: whoever waits here waits for rows only.
    wait_for_turn(session, Lock.MODELS)
    live = find_live(session)
    if live is not None:
        return live
    if manifest is None:
        raise NoModelError
    return promote(session, _find_registered(session, manifest) or register(session, manifest), None)


def _find_newest_whole(session: Session, store: Store) -> Manifest | None:
    for manifest in store.manifests():
        registered = _find_registered(session, manifest)
        try:
            store.fetch(manifest.name, registered.sha256 if registered else manifest.sha256)
        except DamagedModelError:
            continue
        return manifest
    return None


def _find_registered(session: Session, manifest: Manifest) -> TrainedModel | None:
    return session.scalars(select(TrainedModel).where(TrainedModel.name == manifest.name)).first()

"""Judge a model against the live one, and keep what was found: the gate looks for it."""

from assistant.db.engine import Database
from assistant.learning.judging.judge import judge
from assistant.learning.telling import Tell
from assistant.registry.errors import NoModelError
from assistant.registry.models import Judgement, TrainedModel
from assistant.registry.overview import find_training
from assistant.registry.promotions import find_live
from assistant.registry.store import open_store
from assistant.settings import Settings

DOUBTED = "Before its training, more labels were contradicted by the other sentences than in a set without mistakes."


def judge_against_live(database: Database, settings: Settings, model: TrainedModel, tell: Tell) -> Judgement:
    """Both archives come from the store, verified.

    Raises NoModelError when none is live, LiveOutdatedError, DamagedModelError, StoreError, and what `judge` raises.
    """
    with database.read() as session:
        promotion = find_live(session)
    if promotion is None:
        raise NoModelError
    store, live = open_store(settings), promotion.model
    archive, candidate = store.fetch(live.name, live.sha256), store.fetch(model.name, model.sha256)
    result = judge(database, settings, archive, candidate, tell)
    if _has_doubted_labels(database, model):
        result = result.model_copy(update={"is_worse": True, "why": (*result.why, DOUBTED)})
    judgement = Judgement(
        candidate_id=model.id,
        against_id=live.id,
        seconds=result.seconds,
        is_worse=result.is_worse,
        result=result.model_dump(mode="json"),
    )
    with database.write() as session:
        session.add(judgement)
    return judgement


def _has_doubted_labels(database: Database, model: TrainedModel) -> bool:
    with database.read() as session:
        training = find_training(session, model.id)
    return bool(training and training.findings and training.findings["is_suspicious"])
